"""The dialog that shows everything before it leaves, the board, "told me", and what we answer to her price."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.offers.actions.answers import counter
from campaigns.offers.actions.sending import Ask, send_offer
from campaigns.offers.bulk import preview_offers, send_offers
from campaigns.offers.forms import OfferForm
from campaigns.offers.models import Offer
from campaigns.offers.words import subject_of_offer
from campaigns.planning.cards import cards_of
from campaigns.planning.models import Campaign, Collaboration
from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.reminders.models import Todo
from crm.timeline.record import Actor
from tests.factories import CollaborationFactory, ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
RP3 = Money(3_000_000, "IDR")  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def frozen(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def another(
    campaign: Campaign, name: str, *, mail: bool = True, fee: int | None = 1_000_000, **said: object
) -> Collaboration:
    person = InfluencerFactory(stage_name=name, **said)
    if mail:
        RepresentationFactory(influencer=person, contact=ContactFactory(name=name))
    return CollaborationFactory(campaign=campaign, influencer=person, fee=fee, status="shortlist")


def told(campaign: Campaign, ask: Ask, now: dt.datetime) -> dict[str, tuple[bool, str]]:
    cards = list(campaign.collaborations.select_related("influencer").order_by("pk"))
    for one in cards:
        one.campaign = campaign
    return {line.who: (line.happens, line.text) for line in preview_offers(campaign, cards, ask, now).lines}


def test_the_dialog_says_who_gets_what_and_who_nothing_and_why(card: Collaboration, ask: Ask, now: dt.datetime) -> None:
    campaign = card.campaign
    another(campaign, "Sari", mail=False)
    another(campaign, "Dewi", fee=None)
    another(campaign, "Bagas", birth_on=dt.date(2014, 1, 1))
    barred = another(campaign, "Rani")
    Influencer.objects.filter(pk=barred.influencer_id).update(do_not_contact_at=now)
    found = told(campaign, ask, now)
    assert {who: happens for who, (happens, _text) in found.items()} == {
        "Kirana Maheswari": True, "Sari": False, "Dewi": False, "Bagas": False, "Rani": False,
    }  # fmt: skip
    assert found["Kirana Maheswari"][1].endswith("E-mail to Kirana Maheswari.")
    assert "guardian" in found["Bagas"][1]


def test_the_dialog_spends_the_budget_line_by_line(card: Collaboration, ask: Ask, now: dt.datetime) -> None:
    campaign = card.campaign
    another(campaign, "Sari", fee=2_000_000)
    campaign.budget = Money(3_000_000, "IDR")  # type: ignore[no-untyped-call]
    campaign.save()
    found = told(campaign, ask, now)
    assert (found["Kirana Maheswari"][0], found["Sari"]) == (True, (False, "Over the budget by IDR\u00a01.8M."))


def test_nobody_is_invited_out_of_the_blue_without_a_yes(card: Collaboration, ask: Ask, now: dt.datetime) -> None:
    Organisation.objects.update(news_to=Organisation.NewsTo.AGREED)
    assert told(card.campaign, ask, now)["Kirana Maheswari"][0] is False
    CollaborationFactory(
        campaign__brand=card.campaign.brand, influencer=card.influencer, status="done",
        promised_at=now - dt.timedelta(days=90),
    )  # fmt: skip
    assert told(card.campaign, ask, now)["Kirana Maheswari"][0] is True


def test_each_row_says_what_came_of_it(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor) -> None:
    without = another(card.campaign, "Sari", mail=False)
    verdicts = send_offers([card, without], ask, at=now, actor=actor)
    assert [(one.who, one.done) for one in verdicts] == [("Kirana Maheswari", True), ("Sari", False)]
    assert list(Offer.objects.values_list("collaboration", flat=True)) == [card.pk]


def test_who_reads_whatsapp_becomes_a_task(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor) -> None:
    contact = card.influencer.representations.get().contact
    contact.prefers, contact.whatsapp = "whatsapp", "+6281234567890"
    contact.save()
    offer = send_offer(card, ask, at=now, actor=actor)
    todo = Todo.objects.get()
    assert (todo.kind, todo.url, Email.objects.count()) == (
        "message", reverse("offer-hand", args=[offer.pk, contact.pk]), 0,
    )  # fmt: skip


@pytest.mark.parametrize(("typed", "amount"), [("2,8jt nett", 2_800_000), ("750rb", 750_000), ("3.000.000", 3_000_000)])
def test_a_fee_is_read_as_it_was_said(campaign: Campaign, typed: str, amount: int) -> None:
    form = OfferForm({"fee_said": typed, "answer_by_on": "2026-11-29"}, campaign=campaign, today=dt.date(2026, 11, 24))
    assert form.is_valid(), form.errors
    ask: Ask = form.cleaned_data["ask"]
    assert (ask.fee, ask.fee_said) == (Money(amount, "IDR"), typed)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("field", "typed"), [
    ("fee_said", "murah"), ("fee_said", "2-3jt"), ("words", "{{ firstname }}"), ("answer_by_on", "2026-11-01"),
])  # fmt: skip
def test_what_cannot_be_meant_is_asked_again(campaign: Campaign, field: str, typed: str) -> None:
    data = {"answer_by_on": "2026-11-29", field: typed}
    form = OfferForm(data, campaign=campaign, today=dt.date(2026, 11, 24))
    assert (form.is_valid(), list(form.errors)) == (False, [field])


def test_the_first_day_offered_is_five_days_ahead(campaign: Campaign) -> None:
    form = OfferForm(campaign=campaign, today=dt.date(2026, 11, 24))
    assert form.initial["answer_by_on"] == dt.date(2026, 11, 29)


@pytest.mark.parametrize("thing", ["Glow", "2 Reel, 3 Story, 1 Carousel, 1 Live on the day of the opening"])
@pytest.mark.parametrize("brand", ["Lumi", "Perusahaan Kosmetik Nusantara Jaya Abadi"])
def test_a_subject_is_never_longer_than_a_phone_shows(brand: str, thing: str) -> None:
    said = subject_of_offer(brand, thing, dt.date(2026, 11, 29))
    assert (len(said) <= 40, "29 Nov" in said, said[0]) == (True, True, brand[0])


def test_two_presses_send_it_from_the_collaborations_page(as_coordinator: Client, card: Collaboration) -> None:
    page = as_coordinator.get(reverse("offer-new", args=[card.pk]))
    assert page.status_code == 200
    data = {"action": "offer", "pick": card.pk, "fee_said": "3jt", "answer_by_on": "2026-11-29", "seen": ""}
    shown = as_coordinator.post(reverse("campaign-bulk", args=[card.campaign_id]), data)
    said = shown.content.decode()
    assert (Offer.objects.count(), "Makes an offer to 1 person." in said) == (0, True)
    assert ("On the phone of Kirana Maheswari" in said, "Dinda, Lumi" in said) == (True, True)
    as_coordinator.post(reverse("campaign-bulk", args=[card.campaign_id]), {**data, "seen": shown.context["seen"]})
    assert (Offer.objects.get().fee, Email.objects.count()) == (RP3, 1)
    assert b"Round 1" in as_coordinator.get(reverse("collaboration", args=[card.pk])).content


def test_told_me_settles_a_price_named_before_any_offer(as_coordinator: Client, card: Collaboration) -> None:
    Collaboration.objects.update(status="in_talks")
    told_it = reverse("told-answer", args=[card.influencer_id, "offer", card.pk, "price"])
    said = {"channel": "whatsapp", "quote": "aku biasanya 3jt kak", "amount_0": "3000000", "amount_1": "IDR"}
    assert as_coordinator.post(told_it, said).status_code == 302
    offer = Offer.objects.get()
    assert (offer.status, offer.her_fee, Todo.objects.get().quote) == ("countered", RP3, "aku biasanya 3jt kak")
    as_coordinator.post(reverse("offer-take", args=[card.pk]))
    card.refresh_from_db()
    assert (card.status, card.fee, Todo.objects.open().count()) == ("agreed", RP3, 0)


def test_the_card_says_since_when_she_is_asked_and_what_she_wants(
    card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor
) -> None:
    send_offer(card, ask, at=now, actor=actor)
    two_days_on = now + dt.timedelta(days=2)

    def shown() -> tuple[list[str], bool, bool]:
        row = Collaboration.objects.select_related("campaign", "influencer__main_platform").get(pk=card.pk)
        (one,) = cards_of([row], two_days_on)
        return [str(mark.label) for mark in one.brought], one.waits_for_her, one.needs_us

    assert shown() == (["Asked 2 days ago", "Answer by Sun 29 Nov"], True, False)
    counter(Collaboration.objects.get(pk=card.pk), RP3, "", at=now, actor=actor)
    labels, hers, ours = shown()
    assert (labels, hers, ours) == (["She wants IDR\u00a03M"], False, True)


def test_who_may_only_look_makes_no_offer(viewer: object, card: Collaboration) -> None:
    client = Client()
    client.force_login(viewer)  # type: ignore[arg-type]
    assert client.get(reverse("offer-new", args=[card.pk])).status_code == 403
