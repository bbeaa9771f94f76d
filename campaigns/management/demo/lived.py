"""A deal of the demo as it was lived through: mornings on which the calendar looked at it, posts, orders."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from campaigns.management.demo.agreed import sign_both
from campaigns.management.demo.drafts import draft_of, say_yes
from campaigns.management.demo.online import looked_at
from campaigns.management.demo.people import marked
from campaigns.management.demo.under_contract import instagram
from campaigns.planning.models import QuotaPost
from crm.ambassadors.making.actions import make_deal
from crm.ambassadors.making.terms import DealTerms, QuotaTerms
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Program, Sale
from crm.ambassadors.pay.commissions import Order, record_sale
from crm.ambassadors.pay.paying import settle_together
from crm.ambassadors.pay.rates import Claim, Price
from crm.ambassadors.quotas.by_hand import note_post
from crm.ambassadors.schedule.calendar import keep_in_order
from crm.base.windows import months_later
from crm.base.zones import local_date, local_instant
from crm.contracts.actions.by_date import bring_up_to_date
from crm.contracts.models import Contract
from crm.exclusivity.models import Clause
from crm.influencers.models import Influencer
from crm.payments.models import LedgerLine
from crm.payments.queries import open_amounts
from crm.team.models import User
from crm.timeline.record import Actor, subject_of

DAYS = dt.timedelta(days=1)
MORNING, EVENING = dt.time(8, 30), dt.time(19, 20)


@dataclass(frozen=True)
class Met:
    """Who agrees with whom, and when it is now."""

    program: Program
    person: Influencer
    team: dict[str, User]
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return local_date(self.now, self.person.zone)


def agree(met: Met, start_on: dt.date, months: int | None, posts: dict[str, int], fee: int, **more: Any) -> "Lived":
    """Written down ten days before its first day, or today where that is still far."""
    owner = met.team["coordinator"]
    end_on = months_later(start_on, months) - DAYS if months else None
    at = min(met.now, local_instant(start_on - 10 * DAYS, MORNING, met.person.zone))
    terms = DealTerms(
        program=met.program, person=met.person, start_on=start_on, end_on=end_on, zone=met.person.zone, owner=owner,
        quotas=[QuotaTerms(instagram(code), many) for code, many in posts.items()], retainer=Money(fee, "IDR"), **more,
    )  # fmt: skip
    deal = make_deal(terms, at=at, actor=Actor.user(owner))
    AmbassadorDeal.objects.filter(pk=deal.pk).update(created_at=at)
    Contract.objects.filter(pk=deal.contract_id).update(created_at=at)
    promised = Clause.objects.filter(work_ref=subject_of(deal.contract.parties.talents().get()))
    marked(deal.contract, deal, *promised)
    return Lived(deal, met, at)


@dataclass(frozen=True)
class Lived:
    """One deal, and what happened in it. Tell it in the order of its days."""

    deal: AmbassadorDeal
    met: Met
    written_at: dt.datetime

    @property
    def colleague(self) -> Actor:
        return Actor.user(self.met.team["coordinator"])

    def at(self, on: dt.date, clock: dt.time = MORNING) -> dt.datetime:
        """An hour of a day in her zone, never in the future."""
        return min(self.met.now, local_instant(on, clock, self.met.person.zone))

    def sign(self) -> None:
        sign_both(self.deal.contract, self.met.team, self.written_at + 2 * DAYS)

    def look(self, *days: dt.date) -> None:
        """The calendar looks at it on the morning of these days."""
        for on in days:
            self._kept(self.at(on))

    def look_now(self) -> None:
        self._kept(self.met.now)

    def _kept(self, at: dt.datetime) -> None:
        bring_up_to_date(self.deal.contract_id, at)
        keep_in_order(self.deal.pk, at)
        self.deal.refresh_from_db()
        self.deal.contract.refresh_from_db()

    def period(self, number: int) -> DealPeriod:
        return self.deal.periods.get(number=number)

    def told(self, on: dt.date, code: str = "reel") -> None:
        """She told us by chat what she posted; somebody noted it the same evening."""
        line, handle = self.deal.quotas.get(format=instagram(code)), self.met.person.main_handle
        url = f"https://www.instagram.com/{handle}/p/{on:%m%d}{code}"
        note_post(line, on=on, told=url, once=url, at=self.at(on, EVENING), actor=self.colleague)

    def post(self, code: str, on: dt.date | None = None) -> None:
        """The next of her cards in the standing campaign is out, on its day or another; what lasts was agreed to first."""
        planned = QuotaPost.objects.planned().unposted().filter(line__deal=self.deal, line__format=instagram(code))
        row = planned.with_work().order_by("deliverable__post_due_on", "pk").first()
        if row is None:
            raise LookupError(f"nothing is planned for {self.deal}: {code}")
        piece, herself = row.deliverable, Actor("contact", self.met.person.stage_name)
        on = on or piece.post_due_on
        say_yes(draft_of(piece, at=self.at(on - 2 * DAYS)), self.met.team["coordinator"], at=self.at(on - DAYS))
        piece.refresh_from_db()
        link = f"https://www.instagram.com/p/{self.met.person.main_handle.replace('.', '')}{piece.pk}/"
        piece.publish(at=self.at(on, EVENING), actor=herself, post_url="" if piece.format.lasts_hours else link)
        looked_at(piece, at=self.at(on + DAYS), actor=self.colleague)

    def sold(self, number: int, on: dt.date, gross: int, discount: int = 0) -> Sale:
        """An order with her code, from the file of the shop the day after."""
        code = f"{self.met.person.stage_name.split()[0]}10".upper()
        price = Price(Decimal(gross), "IDR", Decimal(discount))
        order = Order(f"LS-{number}", on, price, [Claim(self.deal, Sale.Via.CODE, code=code)])
        return record_sale(order, at=self.at(on + DAYS), actor=self.colleague)

    def pay(self) -> None:
        """Finance paid what was to be paid by today, each on its day; the newest of it waits for the next round."""
        lines = LedgerLine.objects.due().of_contract(self.deal.contract_id)
        by = Actor.user(self.met.team["finance"]).label
        for line in lines.filter(due_on__lt=self.met.today - 5 * DAYS, amount__gt=0).order_by("due_on", "pk"):
            if open_amounts([line])[line.pk] and line.due_on:
                settle_together([line], on=line.due_on, at=self.at(line.due_on), by=by)
