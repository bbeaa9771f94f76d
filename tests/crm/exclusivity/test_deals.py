"""Work for other brands: told, seen, confirmed, corrected, and brought by files."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from crm.base.models import StoredFile
from crm.brands.models import Brand
from crm.exclusivity.imported import Bars
from crm.exclusivity.models import OutsideDeal
from crm.exclusivity.queries import history_of
from crm.influencers.models import ImportRun, Influencer
from crm.influencers.places import DeclaredBar
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import CampaignFactory, CollaborationFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


def picture(name: str = "post.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def told(client: Client, person: Influencer, **typed: Any) -> Any:
    data = {"brand_name": "Kala", "channel": "whatsapp", **typed}
    return client.post(reverse("deal-told", args=[person.pk]), data)


def seen(client: Client, person: Influencer, **typed: Any) -> Any:
    data = {"brand_name": "Kala", "posted_on": "2026-11-20", "url": "instagram.com/p/abc", **typed}
    return client.post(reverse("deal-seen", args=[person.pk]), data)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


def test_what_her_side_told_is_kept_with_who_said_it_and_how(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    answer = told(
        as_coordinator, kirana, start_on="2026-11-01", end_on="2027-01-31", is_exclusive="on", said_by="Her manager",
        as_said="Sampai Januari eksklusif ya", screenshot=picture(),
    )  # fmt: skip
    assert answer.status_code == 302
    deal = OutsideDeal.objects.get()
    assert (deal.brand_name, deal.brand, deal.start_on, deal.end_on, deal.is_exclusive, deal.source, deal.channel) == (
        "Kala", None, dt.date(2026, 11, 1), dt.date(2027, 1, 31), True, "declared", "whatsapp",
    )  # fmt: skip
    assert (deal.said_by, deal.author, deal.zone, deal.is_confirmed) == (
        "Her manager", coordinator, "Asia/Makassar", False,
    )  # fmt: skip
    # The first day begins and the last one ends by her own clock: midnight in Makassar is 16.00 UTC.
    assert deal.window.start_at == dt.datetime(2026, 10, 31, 16, tzinfo=dt.UTC)
    assert deal.window.end_at == dt.datetime(2027, 1, 31, 16, tzinfo=dt.UTC)
    entry = Entry.objects.get(verb="outside_deal.added")
    assert (entry.sentence_en, entry.quote, entry.channel, entry.file) == (
        "Works for Kala elsewhere, as she says", "Sampai Januari eksklusif ya", "whatsapp", deal.file,
    )  # fmt: skip


def test_a_post_somebody_saw_is_one_day_with_its_address(as_coordinator: Client, kirana: Influencer) -> None:
    seen(as_coordinator, kirana)
    deal = OutsideDeal.objects.get()
    assert (deal.start_on, deal.end_on, deal.url, deal.source) == (
        dt.date(2026, 11, 20), dt.date(2026, 11, 20), "https://instagram.com/p/abc", "observed",
    )  # fmt: skip


def test_a_screenshot_is_as_good_as_an_address(as_coordinator: Client, kirana: Influencer) -> None:
    assert seen(as_coordinator, kirana, url="", screenshot=picture()).status_code == 302
    assert OutsideDeal.objects.get().file is not None


def test_a_brand_on_file_is_recognised_and_brings_its_category(
    as_coordinator: Client, kirana: Influencer, senja: Brand
) -> None:
    told(as_coordinator, kirana, brand_name=" senja   glow ")
    deal = OutsideDeal.objects.get()
    assert (deal.brand, deal.brand_name, deal.category) == (senja, "Senja Glow", senja.category)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"brand_name": ""}, "brand_name", "This field is required."),
        (
            {"start_on": "2026-11-02", "end_on": "2026-11-01"},
            "end_on",
            "The last day is before the first day. Swap them or correct one.",
        ),
        ({"end_on": "0026-11-01"}, "end_on", "Check the year: it must lie between 1900 and 2999."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    as_coordinator: Client, kirana: Influencer, typed: dict[str, str], field: str, said: str
) -> None:
    answer = told(as_coordinator, kirana, as_said="Her words", **typed)
    assert errors(answer) == {field: [said]}
    assert answer.context["form"]["as_said"].value() == "Her words"
    assert not OutsideDeal.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"posted_on": "2026-11-25"}, "posted_on", "This day has not come yet. When was it posted?"),
        (
            {"url": ""},
            "url",
            "Paste the address of the post, or add a screenshot: what is not shown is forgotten.",
        ),
        ({"url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
    ],
)
def test_a_post_nobody_can_show_is_refused(
    as_coordinator: Client, kirana: Influencer, typed: dict[str, str], field: str, said: str
) -> None:
    assert errors(seen(as_coordinator, kirana, **typed)) == {field: [said]}
    assert not OutsideDeal.objects.exists()


def test_a_file_that_is_no_picture_is_refused(as_coordinator: Client, kirana: Influencer) -> None:
    text = SimpleUploadedFile("post.png", b"no picture", "image/png")
    assert list(errors(told(as_coordinator, kirana, screenshot=text))) == ["screenshot"]
    assert not OutsideDeal.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_names_offered_cannot_run_anything(as_coordinator: Client, kirana: Influencer, lumi: Brand) -> None:
    Brand.objects.filter(pk=lumi.pk).update(name='{{ request }}"><script>')
    page = as_coordinator.get(reverse("deal-told", args=[kirana.pk])).content.decode()
    assert "&#123;&#123; request }}&quot;&gt;&lt;script&gt;" in page


def test_it_is_confirmed_once_and_may_be_doubted_again(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    told(as_coordinator, kirana)
    deal = OutsideDeal.objects.get()
    for _press in range(2):
        as_coordinator.post(reverse("deal-confirm", args=[kirana.pk, deal.pk]))
    deal.refresh_from_db()
    assert (deal.is_confirmed, deal.confirmed_by) == (True, coordinator)
    assert Entry.objects.filter(verb="outside_deal.confirmed").count() == 1
    for _press in range(2):
        as_coordinator.post(reverse("deal-doubt", args=[kirana.pk, deal.pk]))
    deal.refresh_from_db()
    assert (deal.is_confirmed, deal.confirmed_by) == (False, None)
    assert Entry.objects.filter(verb="outside_deal.doubted").count() == 1


def test_a_correction_tells_what_changed_and_never_runs_over_somebody_elses(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    told(as_coordinator, kirana)
    deal = OutsideDeal.objects.get()
    url = reverse("deal-edit", args=[kirana.pk, deal.pk])
    opened = as_coordinator.get(url).context["form"]["seen"].value()
    sent = {"brand_name": "Kala", "channel": "call", "end_on": "2027-01-31", "seen": opened}
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=False):
        assert as_coordinator.post(url, sent).status_code == 302
    assert Entry.objects.get(verb="outside_deal.changed").changes == {
        "end_on": ["", "2027-01-31"],
        "channel": ["WhatsApp", "phone call"],
    }
    assert as_coordinator.post(url, {**sent, "end_on": "2028-01-31"}).status_code == 422
    deal.refresh_from_db()
    assert deal.end_on == dt.date(2027, 1, 31)


def test_a_mistake_is_taken_away_and_the_story_keeps_it(as_coordinator: Client, kirana: Influencer) -> None:
    told(as_coordinator, kirana, end_on="2027-01-31")
    as_coordinator.post(reverse("deal-remove", args=[kirana.pk, OutsideDeal.objects.get().pk]))
    assert not OutsideDeal.objects.exists()
    assert Entry.objects.get(verb="outside_deal.removed").changes == {"end_on": ["2027-01-31", ""]}


def test_a_viewer_sees_it_and_changes_nothing(as_viewer: Client, as_coordinator: Client, kirana: Influencer) -> None:
    told(as_coordinator, kirana, screenshot=picture())
    page = as_viewer.get(reverse("person-panels", args=[kirana.pk])).content.decode()
    assert "Kala" in page
    assert "/elsewhere/told/" not in page
    shot = as_viewer.get(reverse("deal-file", args=[kirana.pk, OutsideDeal.objects.get().pk]))
    assert (shot.status_code, shot.headers["Content-Type"]) == (200, "image/png")
    b"".join(shot.streaming_content)
    assert told(as_viewer, kirana).status_code == 403
    assert OutsideDeal.objects.count() == 1


def test_a_deal_of_somebody_else_is_not_found_at_her_address(as_coordinator: Client, kirana: Influencer) -> None:
    told(as_coordinator, kirana)
    deal = OutsideDeal.objects.get()
    other = Influencer.objects.create(stage_name="Bagas")
    assert as_coordinator.post(reverse("deal-remove", args=[other.pk, deal.pk])).status_code == 404
    assert OutsideDeal.objects.count() == 1


def test_her_work_with_us_stands_beside_it(as_coordinator: Client, coordinator: User, kirana: Influencer) -> None:
    campaign = CampaignFactory(name="Kulit Tropis")
    CollaborationFactory(influencer=kirana, campaign=campaign)
    CollaborationFactory(influencer=kirana, status="in_talks")
    assert [work.what for work in history_of(kirana, coordinator, TODAY).own] == ["Kulit Tropis"]
    page = as_coordinator.get(reverse("person-panels", args=[kirana.pk])).content.decode()
    assert "Once with our brands" in page


# ---- what files say --------------------------------------------------------------------------------------------------


@pytest.fixture
def run(coordinator: User) -> ImportRun:
    return ImportRun.objects.create(file_name="kreator.csv", sha256="1" * 64, started_by=coordinator)


def bar(person: Influencer, brand: str) -> DeclaredBar:
    return DeclaredBar(person.pk, brand, dt.date(2027, 6, 30), f"exclusive {brand} s/d 30/06/2027")


def test_a_file_brings_deals_and_takes_back_what_nobody_confirmed(
    kirana: Influencer, senja: Brand, run: ImportRun, now: dt.datetime
) -> None:
    Bars().keep([bar(kirana, "senja glow"), bar(kirana, "Kala")], run, at=now, actor=SYSTEM)
    assert list(OutsideDeal.objects.order_by("pk").values_list("brand_name", "brand", "end_on", "source")) == [
        ("Senja Glow", senja.pk, dt.date(2027, 6, 30), "imported"),
        ("Kala", None, dt.date(2027, 6, 30), "imported"),
    ]
    assert set(Bars().known([kirana.pk])) == {
        (kirana.pk, "exclusive senja glow s/d 30/06/2027"),
        (kirana.pk, "exclusive Kala s/d 30/06/2027"),
    }
    assert Entry.objects.filter(verb="outside_deal.added", influencer=kirana).count() == 2
    OutsideDeal.objects.filter(brand_name="Kala").update(confirmed_at=now)
    assert Bars().take_back(run, [kirana.pk]) == 1
    assert [deal.brand_name for deal in OutsideDeal.objects.all()] == ["Kala"]


def test_a_deal_somebody_corrected_stays_when_the_import_goes(
    as_coordinator: Client, kirana: Influencer, run: ImportRun, now: dt.datetime
) -> None:
    Bars().keep([bar(kirana, "Kala")], run, at=now, actor=SYSTEM)
    url = reverse("deal-edit", args=[kirana.pk, OutsideDeal.objects.get().pk])
    opened = as_coordinator.get(url).context["form"]["seen"].value()
    sent = {"brand_name": "Kala", "channel": "call", "end_on": "2027-07-31", "seen": opened}
    assert as_coordinator.post(url, sent).status_code == 302
    assert Bars().take_back(run, [kirana.pk]) == 0
    assert OutsideDeal.objects.get().end_on == dt.date(2027, 7, 31)
