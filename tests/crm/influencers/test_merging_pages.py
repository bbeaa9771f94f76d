"""Possible duplicates, merging and parting as a colleague does it in the browser."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.influencers.alikes.sweep import sweep
from crm.influencers.merging.actions import merge
from crm.influencers.models import Influencer, LookAlike, Merge, Note
from crm.reminders.tick import tick
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db: None) -> tuple[Influencer, Influencer]:
    kirana = InfluencerFactory(stage_name="Kirana Putri", city="Bandung", followers=10)
    putri = InfluencerFactory(stage_name="Putri Kirana", city="Jakarta", followers=5)
    for person, handle in ((kirana, "kirana.putri"), (putri, "kirana_putri7")):
        SocialAccountFactory(influencer=person, handle=handle)
        RepresentationFactory(influencer=person, contact=ContactFactory(email=f"{handle}@contoh.example"))
    return kirana, putri


def address(name: str, *args: int) -> str:
    return reverse(name, args=args)


def typed(page: str) -> dict[str, str]:
    """What the form holds as it was opened."""
    hidden = dict(re.findall(r'<input type="hidden" name="(seen_\w+)" value="([^"]*)"', page))
    ticked = re.findall(r'<input[^>]*type="radio"[^>]*name="(\w+)"[^>]*value="(\w+)"[^>]*checked', page)
    return {**hidden, **dict(ticked)}


# ---- Suggestions -----------------------------------------------------------------------------------------------------


def test_the_persons_page_suggests_quietly_who_she_may_be(
    as_coordinator: Client, as_viewer: Client, two: tuple[Influencer, Influencer]
) -> None:
    panels = address("person-panels", two[0].pk)
    page = as_coordinator.get(panels).content.decode()
    assert "The same name" in page
    assert address("person-merge", two[0].pk, two[1].pk) in page
    assert address("people-different", two[0].pk, two[1].pk) in page
    assert "The same person?" not in as_viewer.get(panels).content.decode()


def test_saying_that_they_are_two_is_remembered(as_coordinator: Client, two: tuple[Influencer, Influencer]) -> None:
    kirana, putri = two
    for _twice in range(2):
        answer = as_coordinator.post(address("people-different", putri.pk, kirana.pk))
        assert answer.headers["Location"] == address("person", putri.pk)
    sweep(timezone.now())
    assert "The same person?" not in as_coordinator.get(address("person-panels", kirana.pk)).content.decode()
    assert LookAlike.objects.get().status == "different"
    assert Entry.objects.filter(verb="influencer.look_alike_different").count() == 2
    listed = as_coordinator.get(f"{address('look-alikes')}?tab=apart").content.decode()
    as_coordinator.post(address("look-alike-again", LookAlike.objects.get().pk))
    assert "Ask again" in listed
    assert list(LookAlike.objects.open()) == [LookAlike.objects.get()]


def test_the_list_shows_pairs_with_what_speaks_for_them(
    as_coordinator: Client, two: tuple[Influencer, Influencer]
) -> None:
    assert as_coordinator.post(address("look-alikes-look")).headers["Location"] == address("look-alikes")
    page = as_coordinator.get(address("look-alikes")).content.decode()
    for words in ("Kirana Putri", "Putri Kirana", "Almost certain", "The same name", "Nearly the same handle"):
        assert words in page
    assert address("person-merge", two[0].pk, two[1].pk) in page  # the one with more followers stays


def test_an_empty_list_and_a_bent_address_are_answered(as_coordinator: Client) -> None:
    for asked in ("", "?tab=merged", "?tab=apart", "?tab=nonsense&at=nonsense"):
        assert as_coordinator.get(f"{address('look-alikes')}{asked}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("tab", ["", "apart", "merged"])
def test_the_list_asks_the_same_number_of_questions_for_one_pair_and_for_three(
    as_coordinator: Client, tab: str, number: int, now: dt.datetime
) -> None:
    for each in range(number):
        one, other = (InfluencerFactory(stage_name=f"Kirana {'x' * each}") for _two in range(2))
        status = "different" if tab == "apart" else "open"
        LookAlike.objects.create(lower=one, higher=other, points=45, reasons=[["name", ""]], status=status)
        if tab == "merged":
            Merge.objects.create(stays=one, goes=other, merged_at=now, merged_by="Dinda")
    url = f"{address('look-alikes')}?tab={tab}"
    as_coordinator.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = as_coordinator.get(url)
    assert len(page.context["found"].pairs) + len(page.context["found"].merges) == number
    assert len(asked) == (4 if tab == "merged" else 5)


def test_the_tick_compares_everybody_once_an_hour(two: tuple[Influencer, Influencer], now: dt.datetime) -> None:
    assert tick(lambda: now)["look_alikes"] == {"found": 1}
    LookAlike.objects.all().delete()
    assert "look_alikes" not in tick(lambda: now + dt.timedelta(minutes=59))
    assert tick(lambda: now + dt.timedelta(minutes=61))["look_alikes"] == {"found": 1}


# ---- Merging ---------------------------------------------------------------------------------------------------------


def test_the_page_says_what_would_happen_and_a_click_does_it(
    as_coordinator: Client, two: tuple[Influencer, Influencer]
) -> None:
    kirana, putri = two
    Note.objects.create(influencer=putri, text="Likes coffee")
    url = address("person-merge", kirana.pk, putri.pk)
    page = as_coordinator.get(url).content.decode()
    for words in ("Putri Kirana goes on as Kirana Putri", "Jakarta (Putri Kirana)", "Accounts: 1 go to Kirana Putri"):
        assert words in page
    assert "Contacts of people: 1 stay as they are with Putri Kirana" in page
    assert Merge.objects.count() == 0
    answer = as_coordinator.post(url, {**typed(page), "person_city": "goes", "contact_email": "goes"})
    assert answer.headers["Location"] == address("person", kirana.pk)
    kirana.refresh_from_db()
    assert (kirana.city, kirana.notes.count(), kirana.accounts.count()) == ("Jakarta", 1, 2)
    assert kirana.representations.get().contact.email == "kirana_putri7@contoh.example"


def test_the_other_one_may_stay_instead(as_coordinator: Client, two: tuple[Influencer, Influencer]) -> None:
    kirana, putri = two
    page = as_coordinator.get(address("person-merge", kirana.pk, putri.pk)).content.decode()
    turned = address("person-merge", putri.pk, kirana.pk)
    assert turned in page
    as_coordinator.post(turned, typed(as_coordinator.get(turned).content.decode()))
    assert Merge.objects.get().stays == putri


def test_somebody_who_was_changed_meanwhile_is_shown_again_and_the_choice_kept(
    as_coordinator: Client, two: tuple[Influencer, Influencer]
) -> None:
    kirana, putri = two
    url = address("person-merge", kirana.pk, putri.pk)
    sent = {**typed(as_coordinator.get(url).content.decode()), "person_city": "goes"}
    putri.refresh_from_db()
    putri.save()
    answer = as_coordinator.post(url, sent)
    assert (answer.status_code, Merge.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert "while the form was open" in page
    again = typed(page)
    assert again["person_city"] == "goes"
    assert as_coordinator.post(url, again).status_code == 302
    assert Merge.objects.count() == 1


def test_a_refusal_is_said_before_anything_is_pressed_and_again_when_it_comes_between(
    as_coordinator: Client, two: tuple[Influencer, Influencer], now: dt.datetime
) -> None:
    kirana, putri = two
    url = address("person-merge", kirana.pk, putri.pk)
    sent = typed(as_coordinator.get(url).content.decode())
    Influencer.objects.filter(pk=kirana.pk).update(archived_at=now)
    answer = as_coordinator.post(url, sent)
    assert (answer.status_code, Merge.objects.count()) == (422, 0)
    assert "is in the archive" in answer.content.decode()
    page = as_coordinator.get(url).content.decode()
    assert "These two cannot be merged yet" in page


@pytest.mark.parametrize("broken", [{"person_city": "nonsense"}, {"seen_stays": ""}, {"seen_goes": "yesterday"}])
def test_a_form_that_does_not_fit_is_refused_with_a_sentence(
    broken: dict[str, str], as_coordinator: Client, two: tuple[Influencer, Influencer]
) -> None:
    url = address("person-merge", two[0].pk, two[1].pk)
    answer = as_coordinator.post(url, {**typed(as_coordinator.get(url).content.decode()), **broken})
    assert (answer.status_code, Merge.objects.count()) == (422, 0)


def test_herself_and_nobody_cannot_be_chosen(as_coordinator: Client, two: tuple[Influencer, Influencer]) -> None:
    kirana, putri = two
    choose = address("merge-choose", kirana.pk)
    assert as_coordinator.get(choose).status_code == 200
    for other in (str(kirana.pk), "", "nonsense", "9" * 30):
        assert as_coordinator.get(choose, {"other": other}).status_code == 422
    right = as_coordinator.get(choose, {"other": putri.pk})
    assert right.headers["Location"] == address("person-merge", kirana.pk, putri.pk)
    herself = as_coordinator.get(address("person-merge", kirana.pk, kirana.pk), follow=True)
    assert "Choose two different people." in herself.content.decode()
    assert as_coordinator.post(address("people-different", kirana.pk, kirana.pk)).status_code == 302
    assert LookAlike.objects.count() == 0


# ---- Afterwards ------------------------------------------------------------------------------------------------------


@pytest.fixture
def merged(two: tuple[Influencer, Influencer], now: dt.datetime) -> Merge:
    kirana, putri = two
    return merge(kirana.pk, putri.pk, {"person_city": "goes"}, at=now, actor=SYSTEM)


@pytest.mark.parametrize("name", ["person", "person-edit", "person-details", "account-new", "told-me", "merge-choose"])
def test_the_address_of_the_merged_leads_on_and_says_so(as_coordinator: Client, merged: Merge, name: str) -> None:
    answer = as_coordinator.get(address(name, merged.goes_id), follow=True)
    assert answer.redirect_chain == [(address("person", merged.stays_id), 302)]
    assert "Putri Kirana was merged into Kirana Putri." in answer.content.decode()


def test_a_form_that_was_open_meanwhile_changes_nothing_and_leads_on(as_coordinator: Client, merged: Merge) -> None:
    answer = as_coordinator.post(address("note-new", merged.goes_id), {"text": "Too late"}, follow=True)
    assert answer.redirect_chain == [(address("person", merged.stays_id), 302)]
    assert "Nothing was changed; go on here." in answer.content.decode()
    assert Note.objects.count() == 0


def test_search_and_choices_offer_only_the_one_who_stays(as_coordinator: Client, merged: Merge) -> None:
    found = as_coordinator.get(address("people-choices"), {"q": "kirana_putri7"}).json()
    assert [one["text"] for one in found] == ["Kirana Putri"]


def test_the_merge_has_a_page_and_a_way_back(as_coordinator: Client, as_viewer: Client, merged: Merge) -> None:
    page = as_coordinator.get(address("merge", merged.pk)).content.decode()
    for words in ("Putri Kirana goes on as Kirana Putri", "Accounts: 1", "Bandung", "Part them again"):
        assert words in page
    assert "Part them again" not in as_viewer.get(address("merge", merged.pk)).content.decode()
    panels = as_viewer.get(address("person-panels", merged.stays_id)).content.decode()
    assert address("merge", merged.pk) in panels
    Note.objects.create(influencer=merged.stays, text="New since")
    answer = as_coordinator.post(address("merge-part", merged.pk), follow=True)
    said = answer.content.decode()
    assert "Putri Kirana and Kirana Putri are two people again." in said
    assert "What was added since stays with Kirana Putri: notes (1)." in said
    assert "were parted again" in as_coordinator.get(address("merge", merged.pk)).content.decode()
    assert Influencer.objects.get(pk=merged.goes_id).merged_into is None


def test_parting_twice_is_answered_with_a_sentence(as_coordinator: Client, merged: Merge) -> None:
    for _twice in range(2):
        answer = as_coordinator.post(address("merge-part", merged.pk), follow=True)
    assert "These two were parted already." in answer.content.decode()
