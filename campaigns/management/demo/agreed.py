"""Contracts: one that runs, amended, with a right that ends soon, one just written down from a chat, one that waits for a manager."""

import datetime as dt
from typing import Any

from djmoney.money import Money

from campaigns.management.demo.people import marked
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.contracts.actions.amending import change_term, draft_amendment, move_last_day
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.drafting import draft
from crm.contracts.actions.signing import sign
from crm.contracts.actions.terms import add_term
from crm.contracts.models import Contract, ContractTemplate, Party, Signature, UsageRight
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor

DAYS = dt.timedelta(days=1)


def agree(people: list[Influencer], team: dict[str, User], now: dt.datetime) -> None:
    """With the last people of the cast, who are in nobody's campaign."""
    owner, today = team["coordinator"], local_date(now, "Asia/Jakarta")
    brand = Brand.objects.order_by("pk").last()
    if brand is None or len(people) < 3:
        return
    first, second, third = people[-3:]
    running = write(brand, first, owner, now, "1 reel 3 story 2,8jt nett", today - 70 * DAYS, today + 110 * DAYS)
    right = UsageRight(
        contract=running, kind="paid_ads", counted_from="fixed", start_on=today - 60 * DAYS, end_on=today + 20 * DAYS,
        extension=Money(750_000, "IDR"), extension_days=90,
    )  # fmt: skip
    add_term(right, at=now, actor=Actor.user(owner))
    sign_both(running, team, now)
    write(brand, second, owner, now, "2 reel 4,5jt", today + 14 * DAYS, today + 75 * DAYS)
    write(brand, third, owner, now, "1 carousel 1,2jt", today + 7 * DAYS, today + 40 * DAYS)
    move_by_date(now)
    go_on_longer(Contract.objects.get(pk=running.pk), team, now)


def go_on_longer(contract: Contract, team: dict[str, User], now: dt.datetime) -> None:
    """An amendment of today: it runs a month longer, and is paid better."""
    told: dict[str, Any] = {"at": now, "actor": Actor.user(team["coordinator"])}
    amendment = draft_amendment(contract, local_date(now, contract.zone), **told)
    marked(amendment)
    if contract.end_on:
        move_last_day(amendment, contract.end_on + 30 * DAYS, **told)
    change_term(amendment, contract.lines.get(), {"amount": ["3200000.00", "IDR"]}, **told)
    sign_both(amendment, team, now)


def write(
    brand: Brand, person: Influencer, owner: User, now: dt.datetime, said: str, start_on: dt.date, end_on: dt.date
) -> Contract:
    """One contract from the words of a chat."""
    wording = ContractTemplate.objects.get(code="campaign").newest
    contract = Contract(
        title=f"{brand} · {person}", brand=brand, category=brand.category, owner=owner, said=said, start_on=start_on,
        end_on=end_on, language=person.language, zone=person.zone, wording=wording,
    )  # fmt: skip
    draft(contract, [person], at=now, actor=Actor.user(owner))
    marked(contract)
    return contract


def sign_both(contract: Contract, team: dict[str, User], now: dt.datetime) -> None:
    """She agreed by chat, and the manager signed for the brand."""
    talent, house = contract.parties.talents().get(), contract.parties.get(role=Party.Role.BRAND)
    told = {"signed_at": now, "zone": contract.zone}
    hers = Signature(party=talent, how="chat", name=talent.name, said="Oke kak, deal ya. Makasih!", **told)
    sign(hers, at=now, actor=Actor.user(team["coordinator"]))
    ours = Signature(party=house, how="house", name=team["manager"].name, acting_for=house.name, **told)
    sign(ours, at=now, actor=Actor.user(team["manager"]))
    marked(hers, ours)
