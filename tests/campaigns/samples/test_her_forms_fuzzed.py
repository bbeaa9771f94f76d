"""Everything Kirana may answer about parcels and events of Lumi, filled in by attackers and clumsy people.

Seeded. `MITRA_FUZZ=2000 MITRA_FUZZ_SEED=7 pytest tests/campaigns/samples/test_her_forms_fuzzed.py` looks longer.
"""

import datetime as dt
import logging
import os
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaigns.events.models import Event, Guest
from campaigns.samples.models import Courier, ReturnRequest, SampleItem, SampleRequest, Shipment, ShipmentItem
from crm.brands.models import Brand, Product, ProductVariant
from crm.exclusivity.gate import joining
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.portal.links import digest
from crm.portal.models import Link, PortalSession
from crm.portal.visits import COOKIE
from tests.campaigns.samples.parcels import an_address
from tests.conftest import NOW
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory, UserFactory
from tests.junk import FormReader, PageForm, filled

pytestmark = pytest.mark.django_db
PRESSES = int(os.environ.get("MITRA_FUZZ", "44"))
SEED = int(os.environ.get("MITRA_FUZZ_SEED", "20261124"))
KEY = "k" * 43
DAY = dt.timedelta(days=1)
HERS = {"sample": ("right", "where", "no_thanks", "bought"), "parcel": ("arrived", "not_yet", "wrong"), "return": ("sent",),
        "gift": ("posted", "rather_not"), "event": ("yes", "no")}  # fmt: skip
"""What she may answer, and how."""


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    with time_machine.travel(NOW, tick=False):
        yield
    logging.disable(logging.NOTSET)


def request_of(person: Influencer, brand: Brand, **columns: Any) -> SampleRequest:
    """Two tints, of which she chooses the shade."""
    tint, _made = Product.objects.get_or_create(brand=brand, name="Tint")
    ProductVariant.objects.get_or_create(product=tint, name="02 Sand")
    given = {"purpose": "gift_soft_ask", "owner": UserFactory(), **columns}
    made = SampleRequest.objects.create(influencer=person, brand=brand, given_as=given["purpose"], **given)
    SampleItem.objects.create(request=made, product=tint, quantity=2, she_chooses=True)
    return made


def parcel_of(person: Influencer, brand: Brand, status: str, **columns: Any) -> Shipment:
    """On its way since five days, or there since two."""
    is_there = status == "confirmed"
    request = request_of(person, brand, status="arrived" if is_there else "sent", **columns)
    parcel = Shipment.objects.create(
        request=request, status=status, courier=Courier.objects.get(code="jne"), transit_days=2, shipped_at=NOW - 5 * DAY,
        delivered_at=NOW - 2 * DAY if is_there else None,
    )  # fmt: skip
    ShipmentItem.objects.create(shipment=parcel, item=request.items.get(), quantity=2)
    return parcel


def everything(person: Influencer, brand: Brand) -> dict[str, list[int]]:
    """One of whatever may wait for her, with this brand."""
    loan = parcel_of(person, brand, "confirmed", purpose="loan", return_due_on=NOW.date())
    event = Event.objects.create(brand=brand, name="Night", starts_at=NOW + 9 * DAY, owner=UserFactory(), seats_each=2)
    return {
        "sample": [request_of(person, brand).pk, request_of(person, brand, way="bought").pk],
        "parcel": [parcel_of(person, brand, "shipped").pk],
        "return": [ReturnRequest.objects.create(shipment=loan, reason="loan", due_on=NOW.date()).pk],
        "gift": [parcel_of(person, brand, "confirmed").request_id],
        "event": [Guest.objects.create(event=event, influencer=person, status="invited", invited_at=NOW).pk],
    }


class World:
    """Kirana on her page with Lumi; the same waits for her with Sari, and for Sekar with Lumi."""

    def __init__(self) -> None:
        kirana, sekar = InfluencerFactory(stage_name="Kirana"), InfluencerFactory(stage_name="Sekar")
        lumi, sari = BrandFactory(name="Lumi"), BrandFactory(name="Sari")
        contact: Contact = ContactFactory(name="Kirana")
        RepresentationFactory(influencer=kirana, contact=contact)
        RepresentationFactory(influencer=sekar, contact=ContactFactory(name="Sekar"))
        an_address(sekar)
        self.hers = everything(kirana, lumi)
        self.strange = [everything(kirana, sari), everything(sekar, lumi)]
        link = Link.objects.create(
            token_sha256=digest("t" * 43),
            contact=contact,
            influencer_ref=kirana.pk,
            brand_ref=lumi.pk,
            expires_at=NOW + DAY,
        )
        ends = NOW + dt.timedelta(hours=1)
        self.visit = PortalSession.objects.create(link=link, key_sha256=digest(KEY), started_at=NOW, expires_at=ends)
        self.client = Client(raise_request_exception=False)
        self.client.cookies[COOKIE] = KEY

    def page(self, feature: str, subject: int, code: str) -> str:
        return reverse("portal-answer", args=[self.visit.pk, feature, subject, code])

    def pages(self) -> list[str]:
        found = [(feature, pk, code) for feature, pks in self.hers.items() for pk in pks for code in HERS[feature]]
        return [self.page(*one) for one in found if self.client.get(self.page(*one)).status_code == 200]


def of_others(world: World) -> dict[str, list[Any]]:
    """Every row that hangs on something that is not for Kirana with Lumi, byte for byte."""
    kept: dict[str, list[Any]] = {}
    for feature, model in (("sample", SampleRequest), ("gift", SampleRequest), ("parcel", Shipment), ("return", ReturnRequest), ("event", Guest)):  # fmt: skip
        pks = [pk for side in world.strange for pk in side[feature]]
        kept[feature] = list(model._base_manager.filter(pk__in=pks).order_by("pk").values())
    kept["lines"] = list(SampleItem.objects.exclude(request__in=world.hers["sample"]).order_by("pk").values())
    kept["homes"] = list(Influencer.objects.get(stage_name="Sekar").addresses.values())
    return kept


def test_no_answer_of_hers_breaks_or_reaches_what_is_not_hers() -> None:
    world, dice, answers, broken = World(), Random(SEED), set(), []
    pages, before = world.pages(), of_others(world)
    assert len(pages) == 11
    forms = {url: form_on(world.client.get(url).content.decode()) for url in pages}
    wrong = numbers_of_others(world)
    for turn in range(PRESSES):
        url = pages[turn % len(pages)]
        data = filled(forms[url], dice, wrong=dice.choice((0, 1, 1, 2, 30)))
        for box in forms[url].boxes:
            if dice.random() < 0.1:
                data[box.name] = dice.choice(wrong)
        cache.clear()
        with transaction.atomic(), joining():
            answer = world.client.post(url, data)
            after = of_others(world)
            transaction.set_rollback(True)
        answers.add(answer.status_code)
        if answer.status_code not in (302, 422) or after != before:
            broken.append((answer.status_code, url, {name: str(value)[:60] for name, value in data.items()}))
    assert broken == []
    assert answers == {302, 422}


def form_on(page: str) -> PageForm:
    """The form of the answer: the longest on the page."""
    return max(FormReader(page).forms, key=lambda form: len(form.boxes))


def numbers_of_others(world: World) -> list[str]:
    """Keys of rows that are nothing of hers, as a form would name them."""
    models = (SampleItem, ProductVariant, ShipmentItem, Courier, SampleRequest)
    return [str(pk) for model in models for pk in model._base_manager.values_list("pk", flat=True)]


def test_what_waits_for_another_brand_or_another_person_is_not_found() -> None:
    world = World()
    before = {model._meta.label: model._base_manager.count() for model in apps.get_app_config("campaigns").get_models()}
    kept = of_others(world)
    answers = set()
    for side in world.strange:
        for feature, pks in side.items():
            for code in HERS[feature]:
                url = world.page(feature, pks[0], code)
                answers |= {
                    world.client.get(url).status_code,
                    world.client.post(url, {"seats": 1, "note": "x"}).status_code,
                }
    assert answers == {404}
    assert of_others(world) == kept
    assert before == {
        model._meta.label: model._base_manager.count() for model in apps.get_app_config("campaigns").get_models()
    }
