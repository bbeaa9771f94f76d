"""The influencer's page: opening changes nothing, answers settle, strangers see one and the same page."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from crm.base.days_ahead import DaysAhead
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.influencers.models import Authority, DayOff, Influencer, Representation
from crm.outbox.models import Email
from crm.portal.links import mint
from crm.portal.models import Link, PortalSession
from crm.team.leaves import plan_leave
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.factories import BrandFactory, ContactFactory, RepresentationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kirana() -> Influencer:
    stands = RepresentationFactory(contact=ContactFactory(name="Kirana Maheswari", email="kirana@contoh.example"))
    Influencer.objects.filter(pk=stands.influencer_id).update(stage_name="Kirana Maheswari")
    return Influencer.objects.get(pk=stands.influencer_id)


@pytest.fixture
def brand() -> Brand:
    return BrandFactory(name="Lumi Skincare")


@pytest.fixture
def address(kirana: Influencer, brand: Brand) -> str:
    contact = kirana.representations.get().contact
    return mint(contact=contact, influencer_id=kirana.pk, brand_id=brand.pk, at=NOW).removeprefix(
        "http://127.0.0.1:8000"
    )


BASE = "http://127.0.0.1:8000"


def rows() -> dict[str, list[Any]]:
    """Every table, byte for byte."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def enter(client: Client, address: str) -> str:
    answer = client.post(address)
    assert answer.status_code == 303
    return str(answer["Location"])


def test_opening_a_link_shows_a_button_and_changes_nothing(client: Client, address: str) -> None:
    before = rows()
    for method in ("get", "get", "get", "head", "options"):
        getattr(client, method)(address)
    assert rows() == before
    page = client.get(address)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "same-origin"
    assert b"Open my page" in page.content


def test_pressing_the_button_leads_to_a_clean_address(client: Client, address: str) -> None:
    clean = enter(client, address)
    session = PortalSession.objects.get()
    assert clean == f"/my/{session.pk}/"
    assert client.cookies["mitra_page"]["path"] == clean
    assert client.cookies["mitra_page"]["httponly"]
    page = client.get(clean)
    assert page.status_code == 200
    assert b"Lumi Skincare" in page.content
    assert address.rstrip("/").rsplit("/", 1)[1].encode() not in page.content


def test_reading_the_page_changes_nothing(client: Client, address: str) -> None:
    clean = enter(client, address)
    before = rows()
    for _ in range(3):
        client.get(clean)
    client.head(clean)
    client.options(clean)
    assert rows() == before


def test_unknown_expired_and_revoked_links_look_the_same(client: Client, address: str) -> None:
    unknown = client.get("/p/" + "x" * 43 + "/")
    Link.objects.update(expires_at=NOW)
    expired = client.get(address)
    Link.objects.update(expires_at=NOW + dt.timedelta(days=1), revoked_at=NOW)
    revoked = client.get(address)
    assert [unknown.status_code, expired.status_code, revoked.status_code] == [404, 404, 404]
    bodies = {strip_token(page.content) for page in (unknown, expired, revoked)}
    assert len(bodies) == 1


def strip_token(body: bytes) -> bytes:
    import re

    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def test_a_visit_without_its_cookie_is_lost(client: Client, address: str) -> None:
    clean = enter(client, address)
    assert Client().get(clean).status_code == 404


def test_somebody_who_no_longer_represents_her_opens_nothing(client: Client, address: str, kirana: Influencer) -> None:
    clean = enter(client, address)
    kirana.representations.all().delete()
    assert client.get(clean).status_code == 404
    assert client.get(address).status_code == 404


def test_days_off_are_kept_and_told(client: Client, address: str, kirana: Influencer) -> None:
    clean = enter(client, address)
    url = f"{clean}days_off/{kirana.pk}/days_off/"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"start_on": "2026-12-24", "end_on": "2026-12-26", "note": "Libur"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{clean}?thanks=days_off.days_off"
    off = DayOff.objects.get()
    assert (off.start_on, off.end_on) == (dt.date(2026, 12, 24), dt.date(2026, 12, 26))
    entry = Entry.objects.get(verb="influencer.days_off")
    assert (entry.actor_label, entry.influencer_id, entry.quote) == ("Kirana Maheswari", kirana.pk, "Libur")
    assert b"We keep quiet on those days" in client.get(answer["Location"]).content


def test_her_page_shows_her_days_off_at_a_glance(client: Client, address: str, kirana: Influencer) -> None:
    clean = enter(client, address)
    assert b'class="ahead"' not in client.get(clean).content
    today = local_date(NOW, kirana.zone)
    day = today + dt.timedelta(days=3)
    client.post(f"{clean}days_off/{kirana.pk}/days_off/", {"start_on": day, "end_on": day})
    page = client.get(clean).content
    assert page.count(b'class="off"') == 1
    with translation.override(kirana.representations.get().contact.language):
        assert DaysAhead.of([(day, day)], today).words.encode() in page


def test_days_off_the_wrong_way_round_are_refused_and_kept_in_the_form(
    client: Client, address: str, kirana: Influencer
) -> None:
    clean = enter(client, address)
    answer = client.post(f"{clean}days_off/{kirana.pk}/days_off/", {"start_on": "2026-12-26", "end_on": "2026-12-24"})
    assert answer.status_code == 422
    assert b"2026-12-26" in answer.content
    assert DayOff.objects.count() == 0
    assert Entry.objects.count() == 0


def test_an_unknown_task_says_it_is_done_and_never_breaks(client: Client, address: str) -> None:
    clean = enter(client, address)
    for path in ("nothing/1/say/", "days_off/999999/days_off/", "deliverable/1/publish/"):
        assert client.get(clean + path).status_code == 404


def test_thanks_never_repeats_the_address(client: Client, address: str) -> None:
    clean = enter(client, address)
    page = client.get(clean + "?thanks=<script>alert(1)</script>.x")
    assert page.status_code == 200
    assert b"alert(1)" not in page.content


def test_asking_for_a_new_link_answers_the_same_for_everybody(client: Client, address: str) -> None:
    url = reverse("portal-new-link")
    known = client.post(url, {"email": "KIRANA@contoh.example"})
    unknown = client.post(url, {"email": "nobody@contoh.example"})
    assert known.status_code == unknown.status_code == 200
    assert strip_token(known.content) == strip_token(unknown.content)
    email = Email.objects.get()
    assert (email.name, email.urgent, email.ignores_quiet_hours) == ("portal_link", True, True)
    client.post(url, {"email": "kirana@contoh.example"})
    assert Email.objects.count() == 1


def test_a_new_link_is_answered_to_the_colleague_who_looks_after_her(
    client: Client, address: str, kirana: Influencer
) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(
        owner=UserFactory(name="Dinda Ayuningrum", email="dinda@mitra.example")
    )
    client.post(reverse("portal-new-link"), {"email": "kirana@contoh.example"})
    email = Email.objects.get()
    assert (email.from_name, email.reply_to) == ("Dinda, Lumi Skincare", "dinda@mitra.example")


def test_while_her_colleague_is_away_the_page_names_who_stands_in(
    client: Client, address: str, kirana: Influencer, organisation: Organisation
) -> None:
    dinda = UserFactory(name="Dinda Ayuningrum", phone="+6281200000001")
    rani = UserFactory(name="Rani Pramesti", phone="+6281200000002")
    Influencer.objects.filter(pk=kirana.pk).update(owner=dinda)
    clean = enter(client, address)
    page = client.get(clean).content.decode()
    assert ("Dinda, Lumi Skincare" in page, "Stands in for" in page) == (True, False)
    plan_leave(dinda, rani, NOW.date(), NOW.date(), by=dinda, at=NOW)
    page = client.get(clean).content.decode()
    assert "Rani, Lumi Skincare" in page
    assert "Stands in for Dinda." in page
    assert ("wa.me/6281200000002" in page, "wa.me/6281200000001" in page) == (True, False)


def allowed(stands: Representation) -> None:
    Authority.objects.create(stands=stands, power="settle", since_on=NOW.date(), evidence="She said so")


def test_an_agent_acts_for_her_and_the_story_names_both(client: Client, kirana: Influencer, brand: Brand) -> None:
    agent = ContactFactory(name="Sari Wulandari", kind="agent", language="en")
    allowed(RepresentationFactory(contact=agent, influencer=kirana, capacity="agent"))
    clean = enter(client, mint(contact=agent, influencer_id=kirana.pk, brand_id=brand.pk, at=NOW)[len(BASE) :])
    assert "You act for Kirana Maheswari." in client.get(clean).content.decode()
    client.post(f"{clean}days_off/{kirana.pk}/days_off/", {"start_on": "2026-12-24", "end_on": "2026-12-26"})
    entry = Entry.objects.get(verb="influencer.days_off")
    assert (entry.actor_label, entry.influencer_id) == ("Sari Wulandari untuk Kirana Maheswari", kirana.pk)


def test_an_agent_of_two_sees_only_the_one_her_link_is_about(client: Client, kirana: Influencer, brand: Brand) -> None:
    agent = ContactFactory(name="Sari Wulandari", kind="agent")
    allowed(RepresentationFactory(contact=agent, influencer=kirana, capacity="agent"))
    other = RepresentationFactory(contact=agent, capacity="agent").influencer
    clean = enter(client, mint(contact=agent, influencer_id=kirana.pk, brand_id=brand.pk, at=NOW)[len(BASE) :])
    assert client.get(f"{clean}days_off/{kirana.pk}/days_off/").status_code == 200
    assert client.get(f"{clean}days_off/{other.pk}/days_off/").status_code == 404


def test_switching_the_language_changes_the_page_and_later_mail(
    client: Client, address: str, kirana: Influencer
) -> None:
    clean = enter(client, address)
    client.post(f"{clean}language/")
    assert kirana.representations.get().contact.language == "id"
    told = Entry.objects.get(verb="contact.language")
    assert (told.actor_label, told.influencer_id, told.changes) == (
        "Kirana Maheswari", kirana.pk, {"language": ["en", "id"]},
    )  # fmt: skip
    assert client.get(clean)["Content-Language"] == "id" or b'lang="id"' in client.get(clean).content


def test_leaving_ends_the_visit_but_not_the_link(client: Client, address: str) -> None:
    clean = enter(client, address)
    assert client.post(f"{clean}leave/").status_code == 200
    assert client.get(clean).status_code == 404
    assert client.get(address).status_code == 200
