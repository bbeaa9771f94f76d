"""A brand with a programme, a person, and the pen to write a deal between them, in a few rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, Program, QuotaLine, QuotaQuantity, RetainerRate
from crm.brands.models import Brand, Category
from crm.contracts.models import Contract, Party
from crm.influencers.models import Format, Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import BrandFactory, FormatFactory, InfluencerFactory, UserFactory

DealOf = Callable[..., AmbassadorDeal]
OF_CONTRACT = {field.name for field in Contract._meta.fields} - {"id"}


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari", zone="Asia/Jakarta")


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi Skincare", category=Category.objects.get(slug="skincare"))


@pytest.fixture
def circle(lumi: Brand, coordinator: User) -> Program:
    return Program.objects.create(name="Lumi Circle", brand=lumi, category=lumi.category, owner=coordinator)


def format_of(code: str) -> Format:
    return Format.objects.filter(platform__code="instagram", code=code).first() or FormatFactory(code=code)


def line_of(deal: AmbassadorDeal, quantity: int, code: str = "reel", **fields: Any) -> QuotaLine:
    """One quota of a deal: so many of a format in every period from its first day on."""
    from_on = fields.pop("from_on", deal.contract.start_on)
    line = QuotaLine.objects.create(deal=deal, format=format_of(code), **fields)
    QuotaQuantity.objects.create(line=line, quantity=quantity, from_on=from_on)
    return line


def _contract(person: Influencer, program: Program, signed: bool, at: dt.datetime, fields: dict[str, Any]) -> Contract:
    usual: dict[str, Any] = {
        "kind": Contract.Kind.AMBASSADOR, "title": f"{program} · {person}", "brand": program.brand, "owner": program.owner,
        "category": program.category, "zone": "Asia/Jakarta", "language": "en",
    }  # fmt: skip
    if signed:
        words = {"text": "What was agreed.", "text_sha256": "0" * 64, "sent_at": at, "signed_at": at}
        usual |= {"status": Contract.Status.ACTIVE, **words}
    made = Contract.objects.create(**{**usual, **fields})
    Party.objects.create(contract=made, role=Party.Role.TALENT, influencer=person, name=person.stage_name)
    Party.objects.create(contract=made, role=Party.Role.BRAND, name=program.brand.name)
    return made


@pytest.fixture
def deal_of(db: None, now: dt.datetime) -> DealOf:
    """deal_of(person=..., start_on=..., end_on=..., unit="month", quantity=2, retainer=10_000_000, signed=True, ...).

    Further fields go to the contract where it has them (status, renewal, zone), else to the deal; `line` are those of the
    quota. The first day is 1 January 2026, the term a year; `quantity` and `retainer` of None write none.
    """

    def made(**said: Any) -> AmbassadorDeal:
        program, person = said.pop("program", None), said.pop("person", None) or InfluencerFactory(zone="Asia/Jakarta")
        brand = said.pop("brand", None) or (program.brand if program else BrandFactory())
        owner = {"owner": said.pop("owner", None) or UserFactory()} if program is None else {}
        program = program or Program.objects.create(name=f"Circle of {brand}", brand=brand, **owner)
        signed, line = said.pop("signed", True), said.pop("line", {})
        quantity, retainer, code = said.pop("quantity", 2), said.pop("retainer", 10_000_000), said.pop("code", "reel")
        days = {"start_on": dt.date(2026, 1, 1), "end_on": dt.date(2026, 12, 31)}
        of_contract = days | {key: said.pop(key) for key in list(said) if key in OF_CONTRACT}
        contract = _contract(person, program, signed, now, of_contract)
        deal = AmbassadorDeal.objects.create(contract=contract, influencer=person, program=program, **said)
        if quantity is not None:
            line_of(deal, quantity, code, **line)
        if retainer is not None:
            RetainerRate.objects.create(deal=deal, amount=Money(retainer, "IDR"), from_on=contract.start_on)
        return deal

    return made
