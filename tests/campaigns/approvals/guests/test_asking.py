"""Guests hear of what waits once a day, with a link of their own; colleagues see who was there."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.approvals.guests.asking import keep_guests_asked
from campaigns.approvals.guests.emails import about_what_waits_no_more
from campaigns.approvals.models import Review, ReviewGuest, ReviewLink
from crm.outbox.late import secrets_of
from crm.outbox.models import Email
from crm.timeline.models import Entry
from tests.campaigns.approvals.guests.conftest import HASH, Asked

pytestmark = pytest.mark.django_db

SOON, HOUR, DAY = dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(days=1)


def told() -> list[str]:
    return list(Email.objects.filter(name__startswith="review_").order_by("pk").values_list("name", flat=True))


def test_nobody_is_asked_before_the_turn_comes(asked: Asked) -> None:
    assert (keep_guests_asked(asked.now + DAY), told()) == ({}, [])


def test_a_guest_is_asked_once_a_day_with_a_link_of_his_own(waiting: Asked) -> None:
    assert keep_guests_asked(waiting.now) == {}
    assert keep_guests_asked(waiting.now + SOON) == {"asked": 1}
    assert keep_guests_asked(waiting.now + HOUR) == {}
    mail = Email.objects.get(name="review_waits")
    assert mail.subject == "Lumi: waiting for your yes (1)"
    assert "Kirana Maheswari: Reel" in mail.text
    link = secrets_of(mail)["review_guest"]
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 200
    assert ReviewLink.objects.count() == 1
    assert link.split("/")[-2] not in mail.text


def test_on_the_day_it_is_due_the_guest_hears_once_more(waiting: Asked) -> None:
    keep_guests_asked(waiting.now + SOON)
    Review.objects.update(due_at=waiting.now + 3 * DAY)
    assert keep_guests_asked(waiting.now + DAY) == {}
    assert keep_guests_asked(waiting.now + 3 * DAY) == {"asked": 1}
    assert told() == ["review_waits", "review_still_waits"]


def test_a_place_is_made_for_whoever_is_asked_first(waiting: Asked) -> None:
    ReviewGuest.objects.all().delete()
    keep_guests_asked(waiting.now + SOON)
    assert ReviewGuest.objects.get().contact == waiting.guest.contact
    assert told() == ["review_waits"]


def test_what_was_answered_before_the_mail_leaves_is_not_asked(waiting: Asked) -> None:
    from campaigns.approvals.guests.actions import say

    keep_guests_asked(waiting.now + SOON)
    mail = Email.objects.get(name="review_waits")
    assert about_what_waits_no_more([mail], waiting.now) == {}
    say(waiting.guest, waiting.review, "approve", sha256=HASH, comment="", at=waiting.now)
    assert list(about_what_waits_no_more([mail], waiting.now)) == [mail.pk]


def test_colleagues_see_who_was_there_send_a_link_and_take_it_back(waiting: Asked, as_coordinator: Client) -> None:
    roll = f"/campaigns/{waiting.guest.campaign_id}/approvals/guests/"
    page = as_coordinator.get(roll).content.decode()
    assert "Ratna Halim" in page and "not sent yet" in page
    do = f"/reviews/guests/{waiting.guest.pk}/do/"
    as_coordinator.post(f"{do}send/")
    assert told() == ["review_link"]
    as_coordinator.post(f"{do}revoke/")
    waiting.guest.refresh_from_db()
    assert waiting.guest.revoked_at is not None
    assert "taken back" in as_coordinator.get(roll).content.decode()
    verbs = Entry.objects.filter(verb__startswith="review.guest").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["review.guest_link", "review.guest_revoked"]


def test_the_link_is_passed_on_by_whatsapp(waiting: Asked, as_coordinator: Client) -> None:
    type(waiting.guest.contact).objects.filter(pk=waiting.guest.contact_id).update(whatsapp="+6281290001234")
    url = f"/reviews/guests/{waiting.guest.pk}/hand/"
    assert "/r/" not in as_coordinator.get(url).content.decode().split("</header>")[-1].replace("/reviews/", "")
    taken = as_coordinator.post(url).content.decode()
    assert "wa.me/6281290001234" in taken
    assert ReviewLink.objects.count() == 1
