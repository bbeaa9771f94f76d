"""A service message sells nothing: neither in the words that ship, nor in those an admin writes."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.outbox.chat import chat_sample
from crm.outbox.kinds import KINDS
from crm.outbox.models import PromotionWord, Wording
from crm.outbox.promotions import words_that_sell
from crm.outbox.words import sample

TODAY = dt.date(2026, 11, 24)
SERVICE = sorted(kind.name for kind in KINDS.values() if kind.mail_class == "service")


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", SERVICE)
def test_the_words_that_ship_sell_nothing(name: str, language: str, organisation: Organisation) -> None:
    shown = sample(KINDS[name], language)
    said = f"{shown.subject} {shown.text} {chat_sample(KINDS[name], language)}"
    assert words_that_sell(said, language, TODAY) == []


def test_every_service_template_is_looked_at() -> None:
    folders = {path.name for path in (Path(settings.BASE_DIR) / "templates" / "emails").iterdir() if path.is_dir()}
    others = {kind.name for kind in KINDS.values() if kind.mail_class != "service"}
    assert folders - others <= set(SERVICE)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Get 20% off today, use my PROMO  CODE", ["% off", "promo", "promo code"]),
        ("en", "Please send the draft before the promotion starts", []),
        ("id", "Diskon untuk kamu, jangan\nlewatkan!", ["diskon", "jangan lewatkan"]),
        ("id", "Kirim draft Reel kamu, ya", []),
        ("id", "Buy now", []),
    ],
)
def test_whole_words_of_the_messages_own_language_count(
    language: str, text: str, found: list[str], organisation: Organisation
) -> None:
    assert words_that_sell(text, language, TODAY) == found


def test_a_word_that_is_no_longer_valid_is_allowed(organisation: Organisation) -> None:
    PromotionWord.objects.filter(words="diskon").update(valid_to=TODAY - dt.timedelta(days=1))
    assert words_that_sell("Diskon", "id", TODAY) == []


@pytest.mark.parametrize("page", ["wording", "chatwording"])
def test_own_words_that_sell_are_refused_and_named(page: str, as_owner: Client) -> None:
    text = "Halo $first_name, ada diskon dan voucher untukmu."
    typed = {"name": "draft_due", "language": "id", "subject": "Draft", "text": text}
    answer = as_owner.post(reverse(f"admin:crm_{page}_add"), typed)
    shown = answer.content.decode()
    assert (answer.status_code, "A service message may not sell: “diskon”, “voucher”." in shown) == (200, True)
    assert ("untukmu" in shown, Wording.objects.count()) == (True, 0)


def test_words_that_sell_nothing_are_kept(as_owner: Client) -> None:
    typed = {"name": "draft_due", "language": "id", "subject": "Draft", "text": "Halo $first_name, kirim draftnya, ya."}
    assert as_owner.post(reverse("admin:crm_wording_add"), typed).status_code == 302
    assert Wording.objects.count() == 1
