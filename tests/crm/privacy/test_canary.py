"""A person asks to be forgotten: not one word of hers is left, in no table and no file, except what is held; and when the
holds have ended, nothing at all. Another person's words stay as they are, letter by letter.
"""

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from campaigns.samples.models import Shipment
from crm.base.hers import Her
from crm.base.models import StoredFile
from crm.base.places import forgets, her_data
from crm.contracts.models import Contract, Party
from crm.exclusivity.models import BreachCase
from crm.influencers.models import Address, Attachment, Influencer, Note
from crm.outbox.models import Email
from crm.privacy.erasing import erase_what_ended, forget
from crm.privacy.models import LegalHold, PrivacyRequest
from crm.privacy.own.archive import write_archive
from crm.privacy.whose import her_of
from crm.reminders.models import Todo
from crm.timeline.record import SYSTEM, record
from tests.crm.privacy.canary import SIGNS, WORD, files_with, fill, where_it_stands
from tests.crm.privacy.rows import add_missing_rows
from tests.factories import ContactFactory, RepresentationFactory, SocialAccountFactory
from tests.factories.house_rows import request_of
from tests.permissions_world import World, build

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
AFTER_THE_BOOKS = dt.datetime(2038, 1, 1, 5, tzinfo=dt.UTC)
OTHER = "merpati"


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build()


def let_go(world: World) -> None:
    """Everything promised is over, so that she may be forgotten."""
    Contract.objects.in_force().update(status=Contract.Status.ENDED, closed_on=NOW.date())
    Shipment.objects.filter(status__in=Shipment.HERE).update(status="cancelled")


def somebody_else(world: World) -> Influencer:
    """Another person in the same tables, each word of hers another canary."""
    other = world.namesake
    Influencer.objects.filter(pk=other.pk).update(stage_name=f"{OTHER} ayu", legal_name=f"{OTHER} lestari")
    contact = ContactFactory(name=f"{OTHER} ayu", email=f"{OTHER}@contoh.example")
    RepresentationFactory(influencer=other, contact=contact)
    SocialAccountFactory(influencer=other, platform=world.account.platform, handle=f"{OTHER}.ayu")
    Note.objects.create(influencer=other, text=f"{OTHER} likes tea")
    Address.objects.create(
        influencer=other, recipient=OTHER, phone="+6281311112222", street=f"Jl. {OTHER} 2", city="Solo", postcode="57111"
    )  # fmt: skip
    Todo.objects.create(text=f"Call {OTHER}", influencer_ref=other.pk, influencer_label=OTHER)
    Email.objects.create(name="draft_due", key=OTHER, contact=contact, subject=f"Dear {OTHER}", text=OTHER, send_at=NOW)
    Party.objects.create(contract=world.own.contract, role="talent", influencer=other, name=f"{OTHER} lestari")
    record("note.added", f"Noted of {OTHER}", at=NOW, actor=SYSTEM, influencer=other, subject=other, quote=OTHER)
    kept = StoredFile.objects.create(
        file=ContentFile(OTHER.encode(), f"{OTHER}.png"), label=OTHER, mime="image/png", size=7, sha256="9" * 64
    )
    Attachment.objects.create(influencer=other, name=OTHER, file=kept)
    return other


def held_tables() -> set[str]:
    """Tables of which something is kept while a hold stands, and the files they show."""
    models = [placed.words["model"] for placed in forgets.all() if placed.words["held"]]
    return {model._meta.db_table for model in models} | {StoredFile._meta.db_table}


def not_in_her_archive(her: Her, filled: dict[str, dict[str, list[str]]]) -> list[str]:
    """Canaries of fields that are to be said and stand nowhere in what she gets."""
    target = BytesIO()
    write_archive(target, her, "en", NOW)
    with zipfile.ZipFile(target) as box:
        told = "\n".join(box.read(name).decode() for name in box.namelist())
    return [
        f"{key}.{name}"
        for key, words in filled.items()
        for name, put in words.items()
        if name not in {"rows", *her_data[key].words["unsaid"]} and any(word not in told for word in put)
    ]


def test_not_one_word_is_left_but_what_is_held_and_in_the_end_nothing(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    somebody_else(world)
    let_go(world)
    her = her_of(world.person.pk)
    add_missing_rows(her)
    asked = PrivacyRequest.objects.filter(kind="erasure").first() or request_of(influencer=world.person, kind="erasure")
    filled = fill(her)
    assert [key for key, words in filled.items() if not words["rows"]] == []
    assert not_in_her_archive(her, filled) == []
    assert {placed.words["model"]._meta.db_table for placed in her_data.all() if placed.words["empties"]} <= {
        place.split(".")[0] for place in where_it_stands(*SIGNS)
    }
    LegalHold.objects.update(lifted_at=NOW)
    hers_before, files_of_others = where_it_stands(OTHER), files_with(OTHER)

    with django_capture_on_commit_callbacks(execute=True):
        outcome = forget(asked, at=NOW, actor=SYSTEM)

    asked.refresh_from_db()
    assert (asked.status, asked.held_until) == ("held", dt.date(2036, 12, 31))
    assert {place.split(".")[0] for place in where_it_stands(*SIGNS)} - held_tables() == set()
    assert outcome.keeps
    assert Influencer.objects.get(pk=world.person.pk).stage_name == f"Erased person {world.person.pk}"
    assert (where_it_stands(OTHER), files_with(OTHER)) == (hers_before, files_of_others)

    assert erase_what_ended(NOW + dt.timedelta(days=365)) == 0
    BreachCase.objects.update(status="dismissed", why="Nothing to it")
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_what_ended(AFTER_THE_BOOKS) == 1
    asked.refresh_from_db()
    assert (asked.status, asked.held_until) == ("done", None)
    assert where_it_stands(*SIGNS) == {}
    assert files_with(WORD) == []
    assert (where_it_stands(OTHER), files_with(OTHER)) == (hers_before, files_of_others)
    assert default_storage.exists(Attachment.objects.get(name=OTHER).file.file.name)
