"""A person's story: newest first, page by page, with words and files, within the reader's brands."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from crm.base.models import Organisation, StoredFile
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.queries import changes_of, read_key, story, write_key
from crm.timeline.record import Actor, record
from tests.factories import BrandFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Putri")


def tell(person: Influencer, at: dt.datetime, actor: User, **details: Any) -> Entry:
    sentence = details.pop("sentence", _("%(name)s was added"))
    details.setdefault("params", {"name": person})
    verb = details.pop("verb", "influencer.added")
    return record(verb, sentence, influencer=person, subject=person, actor=Actor.user(actor), at=at, **details)


def sentences(lines: Any) -> list[str]:
    return [line.entry.sentence for line in lines]


def test_the_newest_line_comes_first_and_days_begin_where_they_change(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    for hours, words in ((0, "third"), (20, "second"), (21, "first")):
        tell(kirana, now - dt.timedelta(hours=hours), coordinator, sentence=words, params={})
    page = story(kirana.pk, coordinator)
    assert sentences(page.lines) == ["third", "second", "first"]
    assert [line.new_day for line in page.lines] == [dt.date(2026, 11, 24), dt.date(2026, 11, 23), None]
    assert page.older == ""


def test_pages_follow_each_other_without_gap_or_repetition_even_within_one_moment(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    for number in range(7):
        tell(kirana, now, coordinator, sentence=f"line {number}", params={})
    seen, before = [], ""
    for _page in range(4):
        page = story(kirana.pk, coordinator, before=before, size=2)
        seen += sentences(page.lines)
        before = page.older
    assert seen == [f"line {number}" for number in range(6, -1, -1)]
    assert before == ""


@pytest.mark.parametrize("nonsense", ["", "x", "12", "12-", "-3", "1e9-3", "9" * 40 + "-1", "١٢-3"])
def test_a_key_that_is_none_shows_the_newest_page(kirana: Influencer, nonsense: str) -> None:
    assert read_key(nonsense) is None


def test_a_key_names_its_entry_to_the_microsecond(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    entry = tell(kirana, now + dt.timedelta(microseconds=123457), coordinator)
    assert read_key(write_key(entry)) == (entry.at, entry.pk)


def test_somebody_elses_story_and_hidden_brands_stay_out(
    kirana: Influencer, organisation: Organisation, coordinator: User, owner: User, now: dt.datetime
) -> None:
    lumi, wana = BrandFactory(name="Lumi"), BrandFactory(name="Wana")
    coordinator.brand_access.create(brand=lumi)
    organisation.brand_walls = True
    organisation.save()

    def about(brand: Brand | None, words: str, person: Influencer = kirana) -> None:
        tell(person, now, owner, sentence=words, params={}, brand=brand)

    about(lumi, "ours")
    about(wana, "theirs")
    about(None, "about her")
    about(lumi, "another person", InfluencerFactory())
    assert sentences(story(kirana.pk, coordinator).lines) == ["about her", "ours"]
    assert sentences(story(kirana.pk, owner).lines) == ["about her", "theirs", "ours"]


def test_a_story_costs_one_query_however_long(
    kirana: Influencer, coordinator: User, now: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    coordinator.brand_ids()
    for count in (1, 3):
        for _number in range(count):
            kept = StoredFile.objects.create(file="x.png", label="x.png", mime="image/png", size=1, sha256="0" * 64)
            tell(kirana, now, coordinator, file=kept, changes={"stage": ("prospect", "active")})
        with django_assert_num_queries(1):
            page = story(kirana.pk, coordinator)
            assert {line.entry.file.label for line in page.lines if line.entry.file} == {"x.png"}


def test_changes_are_told_by_name_and_in_words(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    entry = tell(kirana, now, coordinator, changes={"stage": ("prospect", "active"), "unknown_field": ("", "3")})
    told = [(change.label, change.old, change.new) for change in changes_of(entry)]
    assert told == [("stage", "Prospect", "Works with us"), ("unknown field", "", "3")]


def test_days_that_changed_are_told_as_days(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    entry = tell(kirana, now, coordinator, changes={"post_due_on": ("", "2026-12-13"), "draft_due_on": ("soon", "")})
    entry.subject = "campaigns.deliverable:1"
    told = [(change.label, change.old, change.new) for change in changes_of(entry)]
    assert told == [("posting day", "", "Sun, 13 Dec 2026"), ("draft due", "soon", "")]


def test_what_a_merge_changed_is_told_by_the_names_of_her_fields(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    entry = tell(kirana, now, coordinator, changes={"stage": ("prospect", "active"), "email": ("", "k...a@x")})
    entry.subject = "crm.merge:1"
    told = [(change.label, change.old, change.new) for change in changes_of(entry)]
    assert told == [("stage", "Prospect", "Works with us"), ("e-mail", "", "k...a@x")]


def test_a_line_speaks_the_readers_language(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    entry = tell(kirana, now, coordinator)
    Entry.objects.filter(pk=entry.pk).values().get()
    with override("en"):
        assert story(kirana.pk, coordinator).lines[0].entry.sentence == entry.sentence_en
    with override("id"):
        assert story(kirana.pk, coordinator).lines[0].entry.sentence == entry.sentence_id


def test_the_page_shows_words_files_and_the_way_it_was_told(
    as_coordinator: Client, kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    kept = StoredFile.objects.create(
        file=ContentFile(b"x", "chat.png"), label="chat.png", mime="image/png", size=1, sha256="0" * 64
    )
    entry = tell(kirana, now, coordinator, quote="besok ya <b>kak</b>", file=kept, channel="whatsapp")
    page = as_coordinator.get(reverse("story", args=[kirana.pk])).content.decode()
    assert "“besok ya &lt;b&gt;kak&lt;/b&gt;”" in page
    assert reverse("entry-file", args=[entry.pk]) in page
    assert "WhatsApp" in page
    assert "The story of Kirana Putri" in page


def test_older_lines_come_alone_for_htmx_and_in_a_frame_without(
    as_coordinator: Client, kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    for number in range(31):
        tell(kirana, now + dt.timedelta(minutes=number), coordinator, sentence=f"line {number}.", params={})
    address = reverse("story", args=[kirana.pk])
    first = as_coordinator.get(address).content.decode()
    older = write_key(Entry.objects.get(sentence_en="line 1."))
    assert f'href="{address}?before={older}"' in first
    assert "line 0." not in first
    rest = as_coordinator.get(f"{address}?before={older}", headers={"HX-Request": "true"}).content.decode()
    assert "line 0." in rest
    assert "<html" not in rest


def test_an_unknown_person_has_no_story(as_coordinator: Client) -> None:
    assert as_coordinator.get(reverse("story", args=[999])).status_code == 404


# ---- files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def screenshot() -> StoredFile:
    return StoredFile.objects.create(
        file=ContentFile(b"picture", "chat.png"), label="chat.png", mime="image/png", size=7, sha256="a" * 64
    )


def test_a_file_is_shown_to_whoever_may_see_its_line(
    as_coordinator: Client, kirana: Influencer, coordinator: User, screenshot: StoredFile, now: dt.datetime
) -> None:
    entry = tell(kirana, now, coordinator, file=screenshot)
    answer = as_coordinator.get(reverse("entry-file", args=[entry.pk]))
    assert b"".join(answer.streaming_content) == b"picture"  # type: ignore[attr-defined]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, max-age=300"


def test_a_file_of_a_hidden_brand_and_a_line_without_file_are_not_found(
    as_coordinator: Client, organisation: Organisation, kirana: Influencer, owner: User, screenshot: StoredFile,
    now: dt.datetime,
) -> None:  # fmt: skip
    organisation.brand_walls = True
    organisation.save()
    hidden = tell(kirana, now, owner, file=screenshot, brand=BrandFactory())
    plain = tell(kirana, now, owner)
    for entry in (hidden, plain):
        assert as_coordinator.get(reverse("entry-file", args=[entry.pk])).status_code == 404


def test_strangers_get_no_file(kirana: Influencer, owner: User, screenshot: StoredFile, now: dt.datetime) -> None:
    entry = tell(kirana, now, owner, file=screenshot)
    answer = Client().get(reverse("entry-file", args=[entry.pk]))
    assert answer.headers["Location"].startswith("/accounts/login/")
