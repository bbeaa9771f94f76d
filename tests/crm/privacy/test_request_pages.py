"""What the pages of requests show, and what each answer does."""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.influencers.models import Note
from crm.portal.links import digest
from crm.portal.models import Link, PortalSession
from crm.portal.visits import COOKIE
from crm.privacy.models import LegalHold, PrivacyRequest
from crm.privacy.own import building
from crm.privacy.own.page import code_of
from crm.privacy.tasks import call_for
from crm.reminders.models import Todo
from crm.team.models import Role
from crm.timeline.record import SYSTEM
from tests.conftest import today_here
from tests.factories import InfluencerFactory, RepresentationFactory, UserFactory
from tests.factories.house_rows import request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(UserFactory(role=Role.OWNER))
    return client


def names_in(answer: Any) -> set[str]:
    """What stands in a ZIP that was answered, read to its end."""
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as box:
        return set(box.namelist())


def test_a_colleague_writes_down_what_she_was_told(client: Client) -> None:
    client.force_login(UserFactory(role=Role.COORDINATOR))
    person = InfluencerFactory()
    url = reverse("person-data", args=[person.pk])
    data = {"kind": "erasure", "channel": "whatsapp", "asked_on": today_here().isoformat(), "words": ""}
    assert client.post(url, data).status_code == 422
    assert PrivacyRequest.objects.count() == 0
    answer = client.post(url, {**data, "words": "Hapus data saya ya"})
    assert answer.status_code == 302
    assert PrivacyRequest.objects.get().words == "Hapus data saya ya"


def test_the_page_says_line_by_line_what_goes_before_anybody_presses(owner: Client) -> None:
    asked = request_of(kind="erasure")
    Note.objects.create(influencer=asked.influencer, text="Likes tea")
    page = owner.get(reverse("privacy-request", args=[asked.pk])).content.decode()
    assert "cannot be brought back" in page
    assert "<h2>Goes</h2>" in page


def test_a_hold_takes_the_button_away_and_says_why(owner: Client) -> None:
    asked = request_of(kind="erasure")
    LegalHold.objects.create(influencer=asked.influencer, why="A dispute about October", from_on=dt.date(2026, 11, 1))
    page = owner.get(reverse("privacy-request", args=[asked.pk])).content.decode()
    assert "A dispute about October" in page
    assert reverse("privacy-step", args=[asked.pk, "forget"]) not in page
    owner.post(reverse("privacy-step", args=[asked.pk, "forget"]))
    assert PrivacyRequest.objects.get().status == "asked"


def test_a_refusal_wants_a_reason(owner: Client) -> None:
    asked = request_of()
    refuse = reverse("privacy-step", args=[asked.pk, "refuse"])
    assert owner.post(refuse, {"why": " "}).status_code == 422
    assert PrivacyRequest.objects.get().status == "asked"
    assert owner.post(refuse, {"why": "She is not the person"}).status_code == 302
    assert PrivacyRequest.objects.get().why == "She is not the person"


def test_a_manager_may_not_forget_anybody(client: Client) -> None:
    client.force_login(UserFactory(role=Role.MANAGER))
    asked = request_of(kind="erasure")
    assert client.post(reverse("privacy-step", args=[asked.pk, "forget"])).status_code == 403
    assert PrivacyRequest.objects.get().status == "asked"


@pytest.mark.parametrize(("role", "key"), [(Role.COORDINATOR, "privacy:1"), (Role.VIEWER, "consent:1")])
def test_a_task_somebody_else_settles_says_whom_to_tell_and_leads_to_no_closed_page(
    client: Client, role: Role, key: str
) -> None:
    """Neither from Today, nor from its own page, nor by a press that comes from elsewhere."""
    UserFactory(role=Role.MANAGER, name="Budi Santoso")
    UserFactory(role=Role.OWNER, name="Wulan Sari")
    client.force_login(UserFactory(role=role))
    task = Todo.objects.create(key=key, text="She asks", kind=Todo.Kind.CHECK, url="/privacy/1/")
    page = reverse("todo", args=[task.pk])
    assert [line.url for group in client.get("/").context["page"].groups for line in group.lines] == [page]
    words = "It is not yours to settle. Tell Wulan or Budi before the 72 hours end."
    shown = client.get(page).content.decode()
    assert (words in shown, "/privacy/1/" in shown, "Done</button>" in shown) == (True, False, False)
    pressed = client.post(reverse("todo-done", args=[task.pk]), follow=True)
    assert (pressed.redirect_chain, words in pressed.content.decode()) == ([(page, 302)], True)
    assert Todo.objects.open().count() == 1


def test_her_file_is_put_together_and_taken_along(owner: Client, django_capture_on_commit_callbacks: Any) -> None:
    asked = request_of()
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(reverse("privacy-step", args=[asked.pk, "build"]))
    answer = owner.post(reverse("privacy-file", args=[asked.pk]))
    assert {"README.txt", "everything.html", "data.json", "files/SHA256SUMS"} <= names_in(answer)
    asked.refresh_from_db()
    assert (asked.status, asked.fetched_at is not None) == ("ready", True)


@pytest.mark.parametrize("name", ["privacy-requests", "privacy-holds"])
def test_a_list_asks_as_often_for_three_as_for_one(owner: Client, django_assert_num_queries: Any, name: str) -> None:
    def one() -> None:
        asked = request_of()
        LegalHold.objects.create(influencer=asked.influencer, why="A dispute", from_on=dt.date(2026, 11, 1))

    one()
    owner.get(reverse(name))
    with django_assert_num_queries(QUERIES):
        owner.get(reverse(name))
    one(), one()
    with django_assert_num_queries(QUERIES):
        owner.get(reverse(name))


QUERIES = 4


@pytest.fixture
def visit() -> PortalSession:
    """She, looking at her own page."""
    stands = RepresentationFactory()
    link = Link.objects.create(
        token_sha256="1" * 64, contact=stands.contact, influencer_ref=stands.influencer_id,
        expires_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    now = timezone.now()
    return PortalSession.objects.create(
        link=link, key_sha256=digest("k" * 43), started_at=now, expires_at=now + dt.timedelta(hours=1)
    )


def test_she_asks_on_her_own_page_and_after_five_tries_waits_to_fetch_once_with_the_code(
    client: Client, visit: PortalSession, django_capture_on_commit_callbacks: Any
) -> None:
    client.cookies[COOKIE] = "k" * 43
    url = reverse("portal-data", args=[visit.pk, visit.link.influencer_ref])
    assert client.post(url, {"kind": "export"}).status_code == 302
    asked = PrivacyRequest.objects.get()
    assert (asked.kind, asked.recorded_by) == ("export", visit.link.contact.name)
    with django_capture_on_commit_callbacks(execute=True):
        building.approve(asked, at=timezone.now(), actor=SYSTEM)
        call_for(asked)
    asked.refresh_from_db()
    wrong = f"{(int(code_of(asked)) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert "That is not the code." in client.post(url, {"code": wrong}).content.decode()
    sixth = client.post(url, {"code": code_of(asked)})
    assert (sixth.status_code, "five tries. Try again in 60 minutes, or" in sixth.content.decode()) == (422, True)
    cache.clear()
    answer = client.post(url, {"code": code_of(asked)})
    assert {"README.txt", "everything.html", "data.json", "files/SHA256SUMS"} <= names_in(answer)
    assert client.post(url, {"code": code_of(asked)}).status_code == 422
