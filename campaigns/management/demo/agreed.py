"""Contracts: one that runs, amended, with a right that ends soon, one just written down from a chat, one on their paper."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from djmoney.money import Money

from campaigns.management.demo.desk import drawn
from campaigns.management.demo.people import marked
from crm.base.files import accept_upload, keep
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.contracts.actions.amending import change_term, draft_amendment, move_last_day
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.drafting import draft
from crm.contracts.actions.signing import sign
from crm.contracts.actions.steps import keep_paper
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
    run_and_amend(brand, first, team, now)
    write(brand, second, owner, now, "2 reel 4,5jt", today + 14 * DAYS, today + 75 * DAYS)
    theirs = write(brand, third, owner, now - 3 * DAYS, "1 carousel 1,2jt", today + 7 * DAYS, today + 40 * DAYS)
    on_their_paper(theirs, team, now - 3 * DAYS)
    move_by_date(now)


def run_and_amend(brand: Brand, person: Influencer, team: dict[str, User], now: dt.datetime) -> None:
    """Ten weeks old, with a right that ends in twenty days."""
    actor, today, began = Actor.user(team["coordinator"]), local_date(now, "Asia/Jakarta"), now - 70 * DAYS
    running = write(
        brand, person, team["coordinator"], began, "1 reel 3 story 2,8jt nett", today - 69 * DAYS, today + 110 * DAYS
    )
    price: Any = Money(750_000, "IDR")
    right = UsageRight(
        contract=running, kind="paid_ads", counted_from="fixed", start_on=today - 60 * DAYS, end_on=today + 20 * DAYS,
        extension=price, extension_days=90,
    )  # fmt: skip
    add_term(right, at=began, actor=actor)
    sign_both(running, team, began)
    move_by_date(began + DAYS)
    running.refresh_from_db()
    go_on_longer(running, team, now - 2 * DAYS)


def go_on_longer(contract: Contract, team: dict[str, User], at: dt.datetime) -> None:
    """An amendment of two days ago: it runs a month longer, and is paid better."""
    told: dict[str, Any] = {"at": at, "actor": Actor.user(team["coordinator"])}
    amendment = draft_amendment(contract, local_date(at, contract.zone), **told)
    marked(amendment)
    if contract.end_on:
        move_last_day(amendment, contract.end_on + 30 * DAYS, **told)
    change_term(amendment, contract.lines.get(), {"amount": ["3200000.00", "IDR"]}, **told)
    sign_both(amendment, team, at)


def on_their_paper(contract: Contract, team: dict[str, User], at: dt.datetime) -> None:
    """Her management sent its own contract; its terms are data here, and the signed scan is the proof."""
    actor = Actor.user(team["coordinator"])
    lines = ["Surat Perjanjian Kerja Sama", str(contract.brand), *(party.name for party in contract.talents)]
    keep_paper(contract, accept_upload(scan("perjanjian.pdf", lines)), at=at, actor=actor)
    proof = keep(accept_upload(scan("perjanjian-ttd.pdf", [*lines, "Ditandatangani"])), by=actor.label)
    talent, house = contract.parties.talents().get(), contract.parties.get(role=Party.Role.BRAND)
    told = {"signed_at": at, "zone": contract.zone}
    hers = Signature(party=talent, how="paper", name=talent.name, proof=proof, **told)
    sign(hers, at=at, actor=actor)
    ours = Signature(party=house, how="house", name=team["manager"].name, acting_for=house.name, **told)
    sign(ours, at=at, actor=Actor.user(team["manager"]))
    contract.refresh_from_db()
    marked(hers, ours, proof, contract.paper)


def scan(name: str, lines: list[str]) -> ContentFile[bytes]:
    return ContentFile(drawn(lines, name), name=name)


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
