"""What somebody is to get: written down once, with why, and told in her story."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.told import Refused
from campaigns.samples.asking.actions import Wanted, approve, ask_for
from campaigns.samples.models import SampleRequest
from crm.brands.models import Product
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import BrandFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(card: Collaboration, coordinator: User, now: dt.datetime, actor: Actor) -> dict[str, Any]:
    """Who, for which brand and card, by whom and when."""
    return {
        "person": card.influencer, "brand": card.campaign.brand, "card": card, "purpose": "contractual",
        "owner": coordinator, "at": now, "actor": actor,
    }  # fmt: skip


class TestAsking:
    def test_what_is_asked_for_is_to_be_sent_at_its_value_of_today(self, asking: Any, serum: Product) -> None:
        made = ask_for(**asking, lines=[Wanted(serum, 2)])
        (line,) = made.items.all()
        assert (made.status, made.given_as, line.quantity, line.value) == (
            "to_send", "contractual", 2, Money(185_000, "IDR"),
        )  # fmt: skip
        told = Entry.objects.get(verb="sample.asked")
        assert told.sentence_en == "2 × Serum is to be sent: Part of the pay"
        assert (told.influencer_id, told.brand_id) == (made.influencer_id, made.brand_id)

    def test_rule_4_5_1_a_brand_that_approves_waits_for_its_yes(self, asking: Any, serum: Product) -> None:
        """Rule 4.5.1."""
        asking["brand"].approves_samples = True
        made = ask_for(**asking, lines=[Wanted(serum)])
        assert (made.status, made.asked_at) == ("to_approve", None)
        (todo,) = Todo.objects.open()
        assert (todo.text, todo.url) == ("May we send Kirana Maheswari this: Serum?", f"/samples/{made.pk}/")
        approve(made, at=asking["at"], actor=asking["actor"])
        assert list(Todo.objects.open()) == []

    def test_pressing_twice_asks_once(self, asking: Any, serum: Product) -> None:
        ask_for(**asking, lines=[Wanted(serum)])
        with pytest.raises(Refused, match="She is to get “Serum” already"):
            ask_for(**asking, lines=[Wanted(serum)])
        assert SampleRequest.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"lines": []}, "tick at least one product"),
            ({"card": None}, "belongs to a collaboration"),
            ({"purpose": "loan"}, "by which day the loan comes back"),
        ],
    )
    def test_what_cannot_be_is_refused_with_words(self, asking: Any, serum: Product, change: Any, why: str) -> None:
        with pytest.raises(Refused, match=why):
            ask_for(**{**asking, "lines": [Wanted(serum)], **change})
        assert (SampleRequest.objects.count(), Entry.objects.count()) == (0, 0)

    def test_another_brands_product_is_not_sent(self, asking: Any) -> None:
        with pytest.raises(Refused, match="“Senja Tint” is not one of this brand's products"):
            ask_for(**asking, lines=[Wanted(ProductFactory(brand=BrandFactory(), name="Senja Tint"))])

    def test_nothing_is_sent_once_the_campaign_is_over(self, asking: Any, serum: Product, campaign: Campaign) -> None:
        asking["card"].campaign.status = "wrapped"
        with pytest.raises(Refused, match="The campaign is over"):
            ask_for(**asking, lines=[Wanted(serum)])


class TestPurposesStay:
    """Domain 4.1: a gift never turns into an obligation."""

    def test_the_database_refuses_a_gift_that_becomes_pay_without_a_line(self, asking: Any, serum: Product) -> None:
        gift = ask_for(**{**asking, "purpose": "gift_soft_ask"}, lines=[Wanted(serum)])
        with pytest.raises(IntegrityError), transaction.atomic():
            SampleRequest.objects.filter(pk=gift.pk).update(purpose="contractual")
        gift.refresh_from_db()
        assert gift.purpose == "gift_soft_ask"


class TestPage:
    def test_it_says_what_she_gets_and_what_follows_from_why(
        self, client: Client, coordinator: User, asking: Any, serum: Product
    ) -> None:
        made = ask_for(**{**asking, "purpose": "gift_no_ask"}, lines=[Wanted(serum)])
        client.force_login(coordinator)
        page = client.get(reverse("sample", args=[made.pk])).content.decode()
        assert "Serum" in page
        assert "No. Only whether it arrived, and thanks." in page
        assert "There is no address yet. Ask her for it, or note it as told." in page


def test_why_it_is_sent_is_told_in_both_languages(
    card: Collaboration, coordinator: User, serum: Product, now: dt.datetime, actor: Actor
) -> None:
    ask_for(
        card.influencer, card.campaign.brand, [Wanted(serum)], purpose="contractual", card=card, owner=coordinator,
        at=now, actor=actor,
    )  # fmt: skip
    assert Entry.objects.get(verb="sample.asked").sentence_id == "Serum akan dikirim: Bagian dari bayaran"
