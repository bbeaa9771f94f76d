"""Her page about a campaign: the offer and her answers there; looking changes nothing, nothing of others shows."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from campaigns.offers.actions.deciding import let_run_out
from campaigns.offers.actions.sending import Ask, send_offer
from campaigns.offers.models import Offer
from campaigns.planning.models import Collaboration
from crm.portal.links import revoke
from crm.portal.models import Link
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.visiting import Visitor, open_page
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor, frozen: None) -> Visitor:
    contact = card.influencer.representations.get().contact
    contact.language = "en"
    contact.save()
    send_offer(card, ask, at=now, actor=actor)
    return open_page(contact, card.influencer, card.campaign.brand)


@pytest.fixture
def frozen(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def answer(visitor: Visitor, card: Collaboration, code: str, **data: str) -> str:
    page = visitor.client.post(f"{visitor.page}offer/{card.pk}/{code}/", data, follow=True)
    return str(page.content.decode())


def test_her_list_leads_to_one_page_with_the_offer_and_looking_changes_nothing(
    card: Collaboration, visitor: Visitor
) -> None:
    before = Entry.objects.count()
    assert f'href="{visitor.page}campaign/{card.pk}/"' in visitor.client.get(visitor.page).content.decode()
    page = visitor.client.get(f"{visitor.page}campaign/{card.pk}/")
    said = page.content.decode()
    assert ("IDR\u00a02,800,000" in said, "Tell us by <b>Sunday, 29 November 2026</b>" in said) == (True, True)
    assert (len(page.content) < 60_000, "<script" in said, page["Cache-Control"]) == (True, False, "no-store, private")
    visitor.client.get(f"{visitor.page}offer/{card.pk}/accept/")
    assert (Offer.objects.get().status, Entry.objects.count()) == ("open", before)


def test_nothing_of_another_brand_is_on_it_and_no_other_card_opens(
    card: Collaboration, visitor: Visitor, now: dt.datetime, actor: Actor, ask: Ask
) -> None:
    other = CampaignFactory(name="Secret", brand=BrandFactory(name="Rival"), owner=card.campaign.owner)
    hers = CollaborationFactory(campaign=other, influencer=card.influencer, fee=1_000_000, status="shortlist")
    stranger = CollaborationFactory(campaign=card.campaign, fee=1_000_000, status="shortlist")
    send_offer(hers, ask, at=now, actor=actor)
    said = visitor.client.get(f"{visitor.page}campaign/{card.pk}/").content.decode()
    assert ("Secret" in said, "Rival" in said) == (False, False)
    for pk in (hers.pk, stranger.pk):
        assert visitor.client.get(f"{visitor.page}campaign/{pk}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 400, "-1", "1%00", "abc"])
def test_a_number_that_is_no_card_of_hers_leads_nowhere(visitor: Visitor, number: str) -> None:
    assert visitor.client.get(f"{visitor.page}campaign/{number}/").status_code == 404


def test_the_page_only_shows_and_ends_with_its_link(card: Collaboration, visitor: Visitor, now: dt.datetime) -> None:
    url = f"{visitor.page}campaign/{card.pk}/"
    assert [getattr(visitor.client, method)(url).status_code for method in ("post", "put", "delete")] == [405] * 3
    revoke(Link.objects.all(), now, "Sent to the wrong address")
    answers = visitor.client.get(url), visitor.client.post(f"{visitor.page}offer/{card.pk}/accept/")
    assert [(answer.status_code, b"Glow" in answer.content) for answer in answers] == [(404, False)] * 2
    assert Offer.objects.get().status == "open"


def test_her_yes_agrees_her_and_pressing_twice_is_once(card: Collaboration, visitor: Visitor) -> None:
    assert "Thank you, we are glad!" in answer(visitor, card, "accept")
    answer(visitor, card, "accept")
    card.refresh_from_db()
    assert (card.status, Entry.objects.filter(verb="offer.accepted").count()) == ("agreed", 1)


def test_a_yes_we_cannot_take_at_once_says_we_come_back(card: Collaboration, visitor: Visitor) -> None:
    campaign = card.campaign
    campaign.budget = 1_000_000
    campaign.save()
    assert "we will come back to you" in answer(visitor, card, "accept")
    card.refresh_from_db()
    assert (card.status, Todo.objects.open().count()) == ("in_talks", 1)


def test_her_price_is_kept_and_an_empty_one_is_asked_for(card: Collaboration, visitor: Visitor) -> None:
    assert "Say which price" in answer(visitor, card, "price", amount_0="", amount_1="IDR", note="")
    assert Offer.objects.get().status == "open"
    assert "your price is with us" in answer(visitor, card, "price", amount_0="3000000", amount_1="IDR", note="")
    offer = Offer.objects.get()
    assert (offer.status, offer.her_fee.amount) == ("countered", 3_000_000)


def test_what_ran_out_says_so_and_lets_her_ask_again(card: Collaboration, visitor: Visitor, now: dt.datetime) -> None:
    let_run_out(now + dt.timedelta(days=7))
    assert "This offer ran out on" in visitor.client.get(f"{visitor.page}campaign/{card.pk}/").content.decode()
    answer(visitor, card, "accept")
    assert Offer.objects.get().status == "lapsed"
    assert "we look at it again" in answer(visitor, card, "again", note="masih mau")
    assert Todo.objects.open().get().quote == "masih mau"
