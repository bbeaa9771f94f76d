"""What the client pays stands beside the fee: filled in with a markup, never over what somebody typed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.actions.campaigns import save_terms
from campaigns.planning.client_prices import Fill, fill_prices, margin_words, with_markup
from campaigns.planning.models import Campaign, Collaboration
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import CollaborationFactory

pytestmark = pytest.mark.django_db


def rp(amount: int) -> Money:
    return Money(amount, "IDR")


def test_rupiah_are_rounded_to_whole_ones_and_dollars_to_cents() -> None:
    assert with_markup(Money("1000001", "IDR"), Decimal("12.5")) == Money("1125001", "IDR")
    assert with_markup(Money("10.01", "USD"), Decimal("12.5")) == Money("11.26", "USD")


def test_what_is_typed_stays_unless_somebody_asks(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    typed = CollaborationFactory(campaign=campaign, fee=rp(1_000_000), client_price=rp(1_750_000))
    empty = CollaborationFactory(campaign=campaign, fee=rp(1_000_000))
    free = CollaborationFactory(campaign=campaign, fee=None)
    verdicts = fill_prices([typed, empty, free], Fill(Decimal(20)), at=now, actor=actor)
    assert [verdict.done for verdict in verdicts] == [False, True, False]
    stored = [Collaboration.objects.get(pk=card.pk).client_price for card in (typed, empty, free)]
    assert stored == [rp(1_750_000), rp(1_200_000), None]
    fill_prices([typed], Fill(Decimal(20), overwrite=True), at=now, actor=actor)
    assert Collaboration.objects.get(pk=typed.pk).client_price == rp(1_200_000)


def test_a_price_typed_meanwhile_is_not_overwritten(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    seen = CollaborationFactory(campaign=campaign, fee=rp(1_000_000))
    Collaboration.objects.filter(pk=seen.pk).update(client_price=Decimal(3_000_000))
    assert [verdict.done for verdict in fill_prices([seen], Fill(Decimal(20)), at=now, actor=actor)] == [False]
    assert Collaboration.objects.get(pk=seen.pk).client_price == rp(3_000_000)


def test_the_story_says_who_changed_it(collaboration: Collaboration, actor: Actor, now: dt.datetime) -> None:
    collaboration.client_price = rp(2_000_000)
    save_terms(collaboration, at=now, actor=actor)
    told = Entry.objects.get(verb="collaboration.terms")
    assert (told.actor_label, told.changes) == ("Dinda", {"client_price": ["", "IDR2,000,000.00"]})


def test_what_remains_is_said_in_one_currency_only() -> None:
    card = Collaboration(fee=rp(1_500_000), client_price=rp(2_000_000))
    assert margin_words(card) == "IDR\xa0500,000 (25%)"
    card.client_price = Money(200, "USD")
    assert margin_words(card) == ""


def test_the_markup_of_the_campaign_fills_a_whole_column_after_a_preview(
    as_coordinator: Client, campaign: Campaign
) -> None:
    campaign.markup = Decimal("15")
    campaign.save()
    card = CollaborationFactory(campaign=campaign, fee=rp(1_000_000), status="shortlist")
    url = reverse("campaign-bulk", args=[campaign.pk])
    asked = {"action": "price", "pick": [str(card.pk)]}
    page = as_coordinator.post(url, asked)
    assert page.context["form"]["markup"].value() == Decimal("15")
    preview = as_coordinator.post(url, {**asked, "seen": "", "markup": "15"})
    assert [line.text for line in preview.context["preview"].lines] == ["IDR\xa01,150,000"]
    assert Collaboration.objects.get(pk=card.pk).client_price is None
    as_coordinator.post(url, {**asked, "seen": preview.context["seen"], "markup": "15"})
    assert Collaboration.objects.get(pk=card.pk).client_price == rp(1_150_000)


def test_what_remains_is_for_those_who_work_on_it(
    as_coordinator: Client, as_viewer: Client, collaboration: Collaboration
) -> None:
    Collaboration.objects.filter(pk=collaboration.pk).update(fee=Decimal(1_500_000), client_price=Decimal(2_000_000))
    page = reverse("collaboration", args=[collaboration.pk])
    assert "IDR 500,000 (25%) remain" in as_coordinator.get(page).content.decode().replace("\xa0", " ")
    shown = as_viewer.get(page).content.decode().replace("\xa0", " ")
    assert "IDR 2,000,000" in shown
    assert "remain" not in shown
