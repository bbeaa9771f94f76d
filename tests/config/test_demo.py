"""The demo's door and its mailbox: there in a demo, on this machine, and nowhere else."""

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from crm.team.models import Role, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Path:
    """A demo with an empty mailbox folder."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.config.demo_urls"
    settings.VAR_DIR = tmp_path
    folder = tmp_path / "mailbox"
    folder.mkdir()
    return folder


def delivered(folder: Path, key: str, subject: str, *, html: str = "") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Mitra <mitra@mitra.example>", "kirana@contoh.example", subject
    message.set_content("Halo Kirana,\nhttps://mitra.example/p/abc\n")
    if html:
        message.add_alternative(html, subtype="html")
    (folder / f"{key}.eml").write_bytes(message.as_bytes())


def signed_in_as(client: Client) -> str | None:
    return client.session.get(SESSION_KEY)


def test_without_a_demo_neither_address_exists() -> None:
    for name in ("demo-enter", "demo-mailbox"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_one_click_signs_in_as_the_role(demo: Path, coordinator: User, client: Client) -> None:
    answer = client.post("/demo/enter/", {"role": "coordinator"})
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    assert signed_in_as(client) == str(coordinator.pk)


def test_the_browser_that_entered_by_one_click_is_on_the_page_of_sessions(
    demo: Path, coordinator: User, client: Client
) -> None:
    client.post("/demo/enter/", {"role": "coordinator"})
    listed = client.get("/accounts/sessions/").context["sessions"]
    assert [session.session_key for session in listed] == [client.session.session_key]


def test_one_click_leads_on_to_the_page_asked_for_but_never_off_the_house(demo: Path, coordinator: User) -> None:
    for wished, leads_to in (("/demo/mailbox/", "/demo/mailbox/"), ("https://elsewhere.example/", "/home/")):
        answer = Client().post("/demo/enter/", {"role": "coordinator", "next": wished})
        assert answer["Location"] == leads_to


def test_a_role_nobody_has_says_so_and_signs_nobody_in(demo: Path, coordinator: User, client: Client) -> None:
    answer = client.post("/demo/enter/", {"role": "finance"}, follow=True)
    assert "Nobody in this demo has that role." in answer.content.decode()
    assert signed_in_as(client) is None


def test_somebody_who_left_is_not_entered_as(demo: Path, organisation: object, client: Client) -> None:
    UserFactory(role=Role.MANAGER, is_active=False)
    client.post("/demo/enter/", {"role": "manager"})
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "headers", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}], ids=["far", "proxied"]
)
def test_from_another_machine_nothing_of_the_demo_exists(
    demo: Path, coordinator: User, client: Client, headers: dict[str, str]
) -> None:
    delivered(demo, "1790000000000000000", "Draft due")
    assert client.post("/demo/enter/", {"role": "coordinator"}, **headers).status_code == 404
    assert client.get("/demo/mailbox/", **headers).status_code == 404
    assert client.get("/demo/mailbox/1790000000000000000/html/", **headers).status_code == 404
    assert signed_in_as(client) is None


def test_switched_off_the_addresses_are_gone_even_if_wired(
    demo: Path, settings: Settings, coordinator: User, client: Client
) -> None:
    settings.DEMO = False
    assert client.post("/demo/enter/", {"role": "coordinator"}).status_code == 404
    assert client.get("/demo/mailbox/").status_code == 404


def test_looking_at_the_door_signs_nobody_in(demo: Path, coordinator: User, client: Client) -> None:
    assert client.get("/demo/enter/", {"role": "coordinator"}).status_code == 405
    assert signed_in_as(client) is None


def test_an_empty_mailbox_says_when_to_come_back(demo: Path, client: Client) -> None:
    page = client.get("/demo/mailbox/").content.decode()
    assert "No message yet" in page


def test_the_mailbox_shows_the_newest_first_and_opens_one(demo: Path, client: Client) -> None:
    delivered(demo, "1790000000000000001", "Draft due on Friday")
    delivered(demo, "1790000000000000002", "Post today <b>now</b>", html="<p>Halo</p>")
    page = client.get("/demo/mailbox/1790000000000000002/").content.decode()
    assert page.index("Post today &lt;b&gt;now&lt;/b&gt;</span>") < page.index("Draft due on Friday</span>")
    assert '<a href="https://mitra.example/p/abc" rel="nofollow">https://mitra.example/p/abc</a>' in page
    assert 'src="/demo/mailbox/1790000000000000002/html/"' in page


def test_a_message_is_shown_when_it_left_by_its_own_head_and_else_when_it_arrived(demo: Path, client: Client) -> None:
    arrived = dt.datetime(2026, 11, 22, 8, 54, tzinfo=dt.UTC)
    key = str(int(arrived.timestamp()) * 10**9)
    delivered(demo, key, "Draft due on Friday")
    assert "22 November 2026, 15.54" in client.get(f"/demo/mailbox/{key}/").content.decode()
    letter = demo / f"{key}.eml"
    letter.write_bytes(b"Date: Tue, 17 Nov 2026 02:05:00 +0000\r\n" + letter.read_bytes())
    assert "17 November 2026, 09.05" in client.get(f"/demo/mailbox/{key}/").content.decode()


def test_the_html_of_a_message_can_run_and_load_nothing(demo: Path, client: Client) -> None:
    delivered(demo, "1790000000000000003", "Hi", html='<p style="color:red">Halo <script>alert(1)</script></p>')
    answer = client.get("/demo/mailbox/1790000000000000003/html/")
    assert answer.content.decode().startswith('<base target="_blank"><p style="color:red">Halo')
    assert answer["Content-Security-Policy"] == (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    )
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("key", ["17", "..", "%2e%2e%2fserve", "abc"])
def test_a_message_that_is_not_there_is_not_found(demo: Path, client: Client, key: str) -> None:
    delivered(demo, "1790000000000000003", "Hi")
    assert client.get(f"/demo/mailbox/{key}/").status_code == 404
    assert client.get(f"/demo/mailbox/{key}/html/").status_code == 404
