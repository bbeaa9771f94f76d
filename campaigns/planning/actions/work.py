"""Work for many people at once: planning it, moving its days, moving cards, dropping; a verdict for every row."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.planning.models import Collaboration, Deliverable, Refused, ring_after_commit
from campaigns.planning.verdicts import Verdict
from crm.base.formats import day_in_words
from crm.influencers.models import Format, SocialAccount
from crm.timeline.record import Actor, record
from crm.timeline.transitions import TransitionRefused


@dataclass(frozen=True)
class Plan:
    """So many of one format, with their days."""

    format: Format
    count: int
    draft_due_on: dt.date | None
    post_due_on: dt.date
    zone: str
    title: str = ""


def each(cards: Iterable[Collaboration], do: Callable[[Collaboration], Any]) -> list[Verdict]:
    """Do one thing to every card; a refusal is that card's verdict and stops nobody else."""
    verdicts = []
    for card in cards:
        url = reverse("collaboration", args=[card.pk])
        try:
            text = do(card)
        except TransitionRefused as refused:
            verdicts.append(Verdict(card.influencer.stage_name, str(refused), False, url, card.influencer_id))
        else:
            verdicts.append(Verdict(card.influencer.stage_name, text, True, url, card.influencer_id))
    return verdicts


def plan_work(cards: Sequence[Collaboration], plan: Plan, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Plan the same work for every card that is going ahead."""
    accounts = accounts_on(plan.format, cards)
    return each(cards, lambda card: plan_for(card, plan, accounts.get(card.influencer_id), at=at, actor=actor))


def plan_for(card: Collaboration, plan: Plan, account: int | None, *, at: dt.datetime, actor: Actor) -> Any:
    """Plan work for one card; a finished card goes back to making. Refused when it is not going ahead."""
    with card.held():
        card.refresh_from_db(fields=["status"])
        if card.is_off:
            raise Refused(card, _("Is not going ahead. Bring the card back first."))
        made = Deliverable.objects.bulk_create(
            Deliverable(
                collaboration=card,
                format=plan.format,
                account_id=account,
                title=plan.title,
                draft_due_on=plan.draft_due_on,
                post_due_on=plan.post_due_on,
                zone=plan.zone,
                dates_set_at=at,
                day_set_at=at,
            )
            for _number in range(plan.count)
        )
        tell_plan(card, plan, made[0], at, actor)
        card.back_to_making(at=at, actor=actor)
        card.keep_promises(at=at, actor=actor)
        ring_after_commit()
    if account is None:
        return _now("Planned. There is no %(platform)s account on file.") % {"platform": plan.format.platform.name}
    return _now("Planned.")


def tell_plan(card: Collaboration, plan: Plan, first: Deliverable, at: dt.datetime, actor: Actor) -> None:
    record(
        "deliverable.planned",
        _("Planned for %(campaign)s: %(count)s × %(what)s, posting day %(day)s"),
        at=at,
        actor=actor,
        subject=first,
        params={
            "campaign": card.campaign,
            "count": plan.count,
            "what": first,
            "day": day_in_words(plan.post_due_on),
        },
        influencer=card.influencer_id,
        brand=card.campaign.brand_id,
    )


def accounts_on(wanted: Format, cards: Iterable[Collaboration]) -> dict[int, int]:
    """Each person's largest account on the format's platform."""
    people = [card.influencer_id for card in cards]
    found = SocialAccount.objects.filter(influencer_id__in=people, platform_id=wanted.platform_id).largest_first()
    accounts: dict[int, int] = {}
    for person, account in found.values_list("influencer_id", "pk"):
        accounts.setdefault(person, account)
    return accounts


def put_many(cards: Sequence[Collaboration], to: str, *, at: dt.datetime, actor: Actor, why: str = "") -> list[Verdict]:
    """Put every card into one column."""

    def put(card: Collaboration) -> Any:
        card.put(to, at=at, actor=actor, why=why)
        return _now("Now in %(column)s.") % {"column": card.get_status_display()}

    return each(cards, put)


@dataclass(frozen=True)
class Days:
    """How days move: to fixed days, or by a number of days; a fixed day left out stays as it is."""

    draft_due_on: dt.date | None = None
    post_due_on: dt.date | None = None
    shift: int = 0

    def new_days(self, row: Deliverable) -> tuple[dt.date | None, dt.date]:
        step = dt.timedelta(days=self.shift)
        draft = self.draft_due_on if row.draft_due_on and self.draft_due_on else row.draft_due_on
        post = self.post_due_on or row.post_due_on
        return (draft + step if draft else None), post + step


def move_days(cards: Sequence[Collaboration], days: Days, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Move the days of everything that is not out yet; all of a card's days move, or none does."""
    open_rows = unposted(cards)

    def move(card: Collaboration) -> Any:
        rows = open_rows[card.pk]
        if not rows:
            raise Refused(card, _("Nothing is open here."))
        with transaction.atomic():
            for row in rows:
                draft, post = days.new_days(row)
                row.reschedule(draft_due_on=draft, post_due_on=post, at=at, actor=actor)
        return ngettext_lazy("%(n)d thing has new days.", "%(n)d things have new days.", len(rows)) % {"n": len(rows)}

    return each(cards, move)


def drop_open(cards: Sequence[Collaboration], *, at: dt.datetime, actor: Actor, why: str = "") -> list[Verdict]:
    """Drop everything that is not out yet; all of a card's open things, or none."""
    open_rows = unposted(cards)

    def drop(card: Collaboration) -> Any:
        rows = open_rows[card.pk]
        if not rows:
            raise Refused(card, _("Nothing is open here."))
        with transaction.atomic():
            for row in rows:
                row.drop(at=at, actor=actor, why=why)
        return ngettext_lazy("%(n)d thing dropped.", "%(n)d things dropped.", len(rows)) % {"n": len(rows)}

    return each(cards, drop)


def unposted(cards: Iterable[Collaboration]) -> dict[int, list[Deliverable]]:
    """What is still open on each card, tied to the very card at hand."""
    by_pk = {card.pk: card for card in cards}
    found: dict[int, list[Deliverable]] = defaultdict(list)
    rows = Deliverable.objects.filter(collaboration__in=by_pk).post_open().select_related("format__platform")
    for row in rows.order_by("post_due_on", "pk"):
        row.collaboration = by_pk[row.collaboration_id]
        found[row.collaboration_id].append(row)
    return found


def save_deliverable(row: Deliverable, data: dict[str, Any], *, at: dt.datetime, actor: Actor) -> None:
    """New days, title and account of one deliverable; Refused, and nothing changed, once it is out."""
    with transaction.atomic():
        names = {"title": data["title"], "account": data["account"]}
        if any(getattr(row, name) != value for name, value in names.items()):
            row.rename(**names, at=at, actor=actor)
        row.reschedule(
            draft_due_on=data["draft_due_on"],
            post_due_on=data["post_due_on"],
            zone=data["zone"],
            at=at,
            actor=actor,
        )


def switch_on(cards: Iterable[Collaboration], *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Let reminders about imported collaborations go out from now on."""

    def remind(card: Collaboration) -> Any:
        card.switch_reminders_on(at=at, actor=actor)
        return _now("Reminders go out from today.")

    return each(cards, remind)
