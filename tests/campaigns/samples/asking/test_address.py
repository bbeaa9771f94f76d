"""Where a parcel goes: confirmed by her in time, agreed to, and which one she would like, in one step."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from campaigns.samples.asking.addresses import NONE, NOT_AGREED, OLD, address_of
from campaigns.samples.asking.answers import Heard, goes_to
from campaigns.samples.asking.portal import variants_for
from campaigns.samples.asking.ready import ready_to_send
from campaigns.samples.models import SampleItem, SampleRequest, Shipment, StockBatch, StockLocation
from crm.brands.models import Brand, Category, Product, ProductVariant
from crm.influencers.models import Address, Influencer
from crm.outbox.models import Contact
from crm.outbox.topics import Purpose
from crm.portal.registry import Asking, open_tasks
from crm.preferences.actions import agree, take_back
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import SampleItemFactory, SampleRequestFactory

pytestmark = pytest.mark.django_db
HOME = {
    "country": "ID", "recipient": "Kirana Maheswari", "phone": "+6281234567890", "street": "Jalan Melati 7",
    "rt_rw": "003/004", "kelurahan": "Gunung", "kecamatan": "Kebayoran Baru", "city": "Jakarta Selatan",
    "province": "DKI Jakarta", "postcode": "12120", "landmark": "",
}  # fmt: skip


@pytest.fixture
def wanted(card: Collaboration, serum: Product) -> SampleRequest:
    made: SampleRequest = SampleRequestFactory(collaboration=card)
    SampleItemFactory(request=made, product=serum)
    return made


@pytest.fixture
def contact(card: Collaboration) -> Contact:
    return Contact.objects.get(representations__influencer=card.influencer)


@pytest.fixture
def heard(now: dt.datetime, contact: Contact) -> Heard:
    return Heard(now, Actor.contact(contact), contact)


def asking(person: Influencer, contact: Contact | None, now: dt.datetime, brand: int | None = None) -> Asking:
    return Asking(person.pk, brand, now, "Asia/Jakarta", contact)


def titles(person: Influencer, contact: Contact | None, now: dt.datetime, brand: int | None = None) -> list[str]:
    return [str(task.title) for task in open_tasks(asking(person, contact, now, brand)) if task.feature == "sample"]


class TestRule451:
    """Shipping needs an address confirmed within ninety days, consent, a choice made, an approver, a number."""

    def test_first_there_is_none_then_it_is_good_then_it_is_old_or_taken_back(
        self, wanted: SampleRequest, heard: Heard, contact: Contact, now: dt.datetime
    ) -> None:
        person = wanted.influencer
        assert address_of(person, now).why == NONE
        goes_to(wanted, HOME, heard, only_once=False, agrees=True, choices={})
        assert address_of(person, now).why == ""
        assert address_of(person, now + dt.timedelta(days=90)).why == ""
        assert address_of(person, now + dt.timedelta(days=91)).why == OLD
        take_back(contact, Purpose.ADDRESS, at=now, actor=heard.actor)
        assert address_of(person, now).why == NOT_AGREED

    def test_ready_says_everything_that_is_missing(
        self, wanted: SampleRequest, serum: Product, now: dt.datetime
    ) -> None:
        """Rule 4.5.1, and rule 4.5.4 of cosmetics."""
        serum.category = Category.objects.create(slug="serums", name_en="Serums", name_id="Serum", regulated="cosmetic")
        serum.save()
        shade = ProductVariant.objects.create(product=serum, name="01")
        SampleItem.objects.filter(request=wanted).update(she_chooses=True)
        SampleRequest.objects.filter(pk=wanted.pk).update(status="to_approve")
        wanted.refresh_from_db()
        assert [str(why) for why in ready_to_send([wanted], now)[wanted.pk]] == [
            "Somebody who decides has not said yes yet.",
            "There is no address yet. Ask her for it, or note it as told.",
            "She has not said which Serum she would like.",
            "Serum has no notification number, and cosmetics need one before they are sent. Add it to the product.",
        ]
        assert str(shade) == "Serum, 01"

    def test_three_requests_are_judged_in_as_many_queries_as_one(
        self, wanted: SampleRequest, serum: Product, now: dt.datetime, django_assert_num_queries: Any
    ) -> None:
        more = [SampleItemFactory(product=serum, request__brand=serum.brand).request for _ in range(2)]
        for rows in ([wanted], [wanted, *more]):
            with django_assert_num_queries(9):
                ready_to_send(rows, now)


class TestRule452:
    def test_a_new_address_changes_no_parcel_that_was_put_together(
        self, wanted: SampleRequest, heard: Heard, now: dt.datetime
    ) -> None:
        """Rule 4.5.2."""
        goes_to(wanted, HOME, heard, only_once=False, agrees=True, choices={})
        parcel = Shipment.objects.create(request=wanted, address_snapshot={"street": "Jalan Melati 7"})
        goes_to(wanted, {**HOME, "street": "Jalan Kenanga 2"}, heard, only_once=False, agrees=False, choices={})
        parcel.refresh_from_db()
        assert parcel.address_snapshot == {"street": "Jalan Melati 7"}
        current = Address.objects.get(influencer=wanted.influencer_id, is_current=True)
        assert current.street == "Jalan Kenanga 2"

    def test_another_place_for_one_parcel_leaves_her_own_address_in_use(
        self, wanted: SampleRequest, heard: Heard
    ) -> None:
        goes_to(wanted, HOME, heard, only_once=False, agrees=True, choices={})
        studio = goes_to(wanted, {**HOME, "street": "Studio 5"}, heard, only_once=True, agrees=False, choices={})
        wanted.refresh_from_db()
        assert wanted.address == studio
        assert Address.objects.get(influencer=wanted.influencer_id, is_current=True).street == "Jalan Melati 7"


class TestHerPage:
    def test_one_task_asks_for_both_and_goes_with_the_answer(
        self, wanted: SampleRequest, heard: Heard, contact: Contact, serum: Product, now: dt.datetime
    ) -> None:
        sand = ProductVariant.objects.create(product=serum, name="02 Warm Sand", swatch="#c58c5e", value=199_000)
        SampleItem.objects.filter(request=wanted).update(she_chooses=True)
        (line,) = wanted.items.all()
        assert titles(wanted.influencer, contact, now) == ["Where shall we send it, and which one would you like?"]
        goes_to(wanted, HOME, heard, only_once=False, agrees=True, choices={line.pk: sand})
        line.refresh_from_db()
        assert (line.variant, line.chosen_at, int(line.value.amount)) == (sand, now, 199_000)
        assert titles(wanted.influencer, contact, now) == []

    def test_what_ran_out_is_left_out_and_of_nothing_left_all_may_be_wished_for(
        self, wanted: SampleRequest, now: dt.datetime
    ) -> None:
        product = wanted.items.get().product
        shades = [ProductVariant.objects.create(product=product, name=name) for name in ("01 Sand", "02 Rose")]
        SampleItem.objects.filter(request=wanted).update(she_chooses=True)
        Brand.objects.filter(pk=wanted.brand_id).update(counts_stock=True)
        line = wanted.items.get().pk
        row = SampleRequest.objects.with_person().prefetch_related("items__product", "items__variant").get(pk=wanted.pk)
        assert variants_for([row]) == {line: shades}
        shelf = StockLocation.objects.create(name="Shelf")
        StockBatch.objects.create(location=shelf, product=product, variant=shades[1], on_hand=3)
        assert variants_for([row]) == {line: [shades[1]]}

    def test_another_brand_never_sees_it(self, wanted: SampleRequest, contact: Contact, now: dt.datetime) -> None:
        assert titles(wanted.influencer, contact, now, brand=wanted.brand_id) == ["Where shall we send it?"]
        assert titles(wanted.influencer, contact, now, brand=wanted.brand_id + 1) == []

    def test_a_colleague_notes_an_address_she_told_with_a_bad_postcode_first(
        self, client: Client, coordinator: User, wanted: SampleRequest, now: dt.datetime
    ) -> None:
        client.force_login(coordinator)
        page = reverse("told-answer", args=[wanted.influencer_id, "sample", wanted.pk, "where"])
        typed = {**HOME, "phone_0": "ID", "phone_1": "081234567890", "agrees": "on", "channel": "whatsapp"}
        refused = client.post(page, {**typed, "postcode": "12 1"})
        assert refused.status_code == 422
        assert "A postcode has five digits, for example 12190." in refused.content.decode()
        assert Address.objects.count() == 0
        noted = client.post(page, typed)
        assert noted.status_code == 302
        made = Address.objects.get()
        assert (made.influencer_id, made.postcode, made.confirmed_at is not None) == (
            wanted.influencer_id,
            "12120",
            True,
        )

    def test_still_right_is_one_press(
        self, client: Client, coordinator: User, wanted: SampleRequest, contact: Contact, now: dt.datetime
    ) -> None:
        agree(contact, Purpose.ADDRESS, at=now, actor=Actor.contact(contact))
        Address.objects.create(influencer=wanted.influencer, **{**HOME, "country": "ID"})
        client.force_login(coordinator)
        page = reverse("told-answer", args=[wanted.influencer_id, "sample", wanted.pk, "right"])
        assert client.post(page, {"channel": "call"}).status_code == 302
        assert Address.objects.get().confirmed_at is not None
        assert titles(wanted.influencer, contact, now) == []
