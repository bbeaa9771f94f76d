"""What becomes of a request: approved, called off, bought, handed over, made part of the pay; on its pages."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.models import Collaboration, DeliverableHold
from campaigns.planning.models.told import Refused
from campaigns.samples.asking.actions import Wanted, ask_for, call_off
from campaigns.samples.asking.answers import Heard
from campaigns.samples.asking.bought import bought, hand_over, pay_back
from campaigns.samples.asking.drift import make_pay
from campaigns.samples.models import GIFTS, MEANINGS, Purpose, SampleRequest
from crm.base.models import StoredFile
from crm.base.zones import local_date
from crm.brands.models import Product, ProductVariant
from crm.contracts.models import Contract, Party, PayLine
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import DeliverableFactory, SampleItemFactory, SampleRequestFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(card: Collaboration, serum: Product) -> SampleRequest:
    made: SampleRequest = SampleRequestFactory(collaboration=card, purpose="gift_soft_ask")
    SampleItemFactory(request=made, product=serum)
    return made


@pytest.fixture
def line(card: Collaboration, coordinator: User, now: dt.datetime) -> PayLine:
    contract = Contract.objects.create(
        title="Glow", brand=card.campaign.brand, owner=coordinator, status="signed", text_sha256="b" * 64, signed_at=now
    )
    party = Party.objects.create(contract=contract, role="talent", influencer=card.influencer, name="Kirana")
    return PayLine.objects.create(contract=contract, party=party, kind="product", amount=Money(185_000, "IDR"))


class TestPurposes:
    def test_rule_4_1_every_purpose_says_what_follows_and_no_gift_is_pay_or_holds_work(self) -> None:
        assert set(MEANINGS) == set(Purpose)
        assert [(MEANINGS[one].is_pay, MEANINGS[one].holds_work) for one in GIFTS] == [(False, False)] * 2

    def test_a_gift_becomes_pay_with_a_line_of_a_signed_contract_of_hers(
        self, gift: SampleRequest, card: Collaboration, line: PayLine, now: dt.datetime, actor: Actor
    ) -> None:
        make_pay(gift, line, at=now, actor=actor)
        gift.refresh_from_db()
        assert (gift.purpose, gift.given_as, gift.pay_line, gift.purpose_since_on) == (
            "contractual", "gift_soft_ask", line, local_date(now, card.campaign.brand.zone),
        )  # fmt: skip

    @pytest.mark.parametrize("change", ["draft", "cash"])
    def test_without_such_a_line_it_stays_a_gift(
        self, gift: SampleRequest, line: PayLine, now: dt.datetime, actor: Actor, change: str
    ) -> None:
        if change == "draft":
            Contract.objects.update(status="draft", signed_at=None)
        PayLine.objects.update(kind="cash_fee" if change == "cash" else "product")
        with pytest.raises(Refused, match="only with a line of products in a signed contract"):
            make_pay(gift, line, at=now, actor=actor)
        gift.refresh_from_db()
        assert (gift.purpose, gift.pay_line) == ("gift_soft_ask", None)


class TestBought:
    def test_what_she_bought_counts_from_her_day_and_is_paid_back_once(
        self, card: Collaboration, serum: Product, now: dt.datetime, actor: Actor
    ) -> None:
        made = SampleRequestFactory(collaboration=card, way="bought")
        SampleItemFactory(request=made, product=serum)
        receipt = StoredFile.objects.create(
            file=ContentFile(b"x", "struk.png"), label="struk.png", mime="image/png", size=1
        )
        bought(made, Money(150_000, "IDR"), now.date(), Heard(now, actor, file=receipt))
        made.refresh_from_db()
        assert (made.status, made.bought_for, made.receipt) == ("arrived", Money(150_000, "IDR"), receipt)
        assert list(SampleRequest.objects.to_pay_back()) == [made]
        pay_back(made, "Transfer", at=now, actor=actor)
        assert list(SampleRequest.objects.to_pay_back()) == []
        with pytest.raises(Refused, match="paid back already"):
            pay_back(made, "Transfer", at=now, actor=actor)
        assert Entry.objects.filter(verb="sample.paid_back").count() == 1

    def test_handed_over_is_there_on_that_day(self, card: Collaboration, now: dt.datetime, actor: Actor) -> None:
        made = SampleRequestFactory(collaboration=card, way="by_hand")
        hand_over(made, now.date(), at=now, actor=actor)
        made.refresh_from_db()
        assert made.status == "arrived"


class TestWaiting:
    def test_rule_4_5_12_called_off_nothing_waits_for_it(
        self, card: Collaboration, serum: Product, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        """Rule 4.5.12."""
        work = DeliverableFactory(collaboration=card)
        made = ask_for(
            card.influencer, card.campaign.brand, [Wanted(serum)], card=card, purpose="contractual", owner=coordinator,
            waits=[work], at=now, actor=actor,
        )  # fmt: skip
        assert DeliverableHold.objects.open().count() == 1
        call_off(made, "Not needed", at=now, actor=actor)
        assert (made.status, made.why_not, DeliverableHold.objects.open().count()) == ("cancelled", "Not needed", 0)

    def test_a_gift_makes_nothing_wait(
        self, card: Collaboration, serum: Product, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        ask_for(
            card.influencer, card.campaign.brand, [Wanted(serum)], card=card, purpose="gift_soft_ask",
            owner=coordinator, waits=[DeliverableFactory(collaboration=card)], at=now, actor=actor,
        )  # fmt: skip
        assert DeliverableHold.objects.count() == 0


class TestPages:
    def test_a_colleague_asks_from_the_collaboration_and_lands_on_its_page(
        self, client: Client, coordinator: User, card: Collaboration, serum: Product
    ) -> None:
        ProductVariant.objects.create(product=serum, name="01")
        ProductVariant.objects.create(product=serum, name="02")
        client.force_login(coordinator)
        page = reverse("sample-new", args=[card.pk])
        assert "We never ask for a post." in client.get(page).content.decode()
        empty = client.post(page, {"purpose": "contractual"})
        assert (empty.status_code, SampleRequest.objects.count()) == (422, 0)
        assert "Say how many of at least one product she gets." in empty.content.decode()
        typed = {"purpose": "contractual", f"product_{serum.pk}": "2", "she_chooses": "on"}
        done = client.post(page, typed, follow=True)
        (made,) = SampleRequest.objects.all()
        assert done.redirect_chain == [(reverse("sample", args=[made.pk]), 302)]
        assert [(row.quantity, row.she_chooses) for row in made.items.all()] == [(2, True)]
        assert "Note her address" in done.content.decode()

    def test_rule_4_5_1_only_somebody_who_decides_says_yes(
        self, client: Client, coordinator: User, gift: SampleRequest
    ) -> None:
        """Rule 4.5.1."""
        SampleRequest.objects.filter(pk=gift.pk).update(status="to_approve")
        client.force_login(coordinator)
        assert client.post(reverse("sample-approve", args=[gift.pk])).status_code == 403
        client.force_login(UserFactory(role=Role.MANAGER))
        assert client.post(reverse("sample-approve", args=[gift.pk])).status_code == 302
        gift.refresh_from_db()
        assert (gift.status, gift.approved_by is not None) == ("to_send", True)

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_persons_samples_cost_the_same_queries(
        self, client: Client, coordinator: User, card: Collaboration, serum: Product, count: int, rf: Any
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from campaigns.samples.asking.panels import person_panel

        for _ in range(count):
            SampleItemFactory(request=SampleRequestFactory(collaboration=card, purpose="gift_no_ask"), product=serum)
        request = rf.get("/")
        request.user = coordinator
        with CaptureQueriesContext(connection) as asked:
            shown: Any = person_panel(request, card.influencer)
            said = [row.what for row in shown[1]["rows"]]
        assert (said, len(asked)) == (["Serum"] * count, 4)
