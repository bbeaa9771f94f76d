"""Signing in with real keys in a real browser: the strict policy lets the passkey scripts run, and nothing else complains."""

import re
import shutil
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, Page

from crm.team.models import User
from tests.browser.conftest import FLAGS, Answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough password"


def with_a_key(page: Page) -> None:
    """Plug a security key that always says yes into this browser."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def on_localhost(page: Page, path: str) -> str:
    """Passkeys belong to names, not to numbers. Read off the address: a page that is leaving answers no script."""
    port = urlsplit(page.url).port
    return f"http://localhost:{port}{path}"


def sign_in(page: Page, user: User) -> None:
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/accounts/login/'] button[type=submit]")
    page.wait_for_load_state("networkidle")


PERSISTED = "addEventListener('pageshow', event => { window.isKept = event.persisted; })"


@pytest.mark.parametrize("is_told", [True, False])
def test_after_signing_out_back_shows_nothing(
    browser: Browser,
    live_server: Any,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    coordinator: User,
    is_told: bool,
) -> None:
    """The browser is told to forget; over plain HTTP it would not listen, and our script is alone."""
    if not is_told:
        monkeypatch.setattr("crm.team.middleware.forget_pages", lambda response: None)
    whole = shutil.which("chromium") or shutil.which("google-chrome")
    if whole is None:
        pytest.skip("The small Chromium keeps no pages in memory.")
    keeping = browser.browser_type.launch(
        executable_path=whole,
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = keeping.new_page(base_url=live_server.url)
    page.add_init_script(PERSISTED)
    page.goto("/accounts/login/?next=/profile/")
    sign_in(page, coordinator)
    page.goto("/team/")
    page.evaluate("history.back()")
    page.wait_for_url("**/profile/", wait_until="commit")
    assert page.evaluate("window.isKept")  # the control: whoever stays signed in finds the page as she left it
    assert coordinator.email in page.inner_text("main")

    page.locator(".side details.me summary").click()
    page.locator(".side .me form[action='/accounts/logout/'] button").click()
    page.wait_for_url("**/accounts/login/")
    page.evaluate("history.back()")
    page.wait_for_url("**/accounts/login/?next=/profile/")
    assert coordinator.email not in page.content()
    keeping.close()
    answers.wait()


def test_a_passkey_is_added_and_then_opens_the_door(open_page: Callable[..., Page], coordinator: User) -> None:
    page = open_page("/accounts/login/")
    page.goto(on_localhost(page, "/accounts/login/?next=/profile/"))
    with_a_key(page)
    sign_in(page, coordinator)
    page.goto(on_localhost(page, "/accounts/2fa/webauthn/add/"))
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("#mfa_webauthn_add")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile(r"/accounts/2fa/(recovery-codes/|webauthn/)?$"))
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}
    page.context.clear_cookies()
    page.goto(on_localhost(page, "/accounts/login/?next=/profile/"))
    page.click("#passkey_login")
    page.wait_for_url(on_localhost(page, "/profile/"))
    assert coordinator.email in page.inner_text("main")
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_sign_in_pages(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User, width: int
) -> None:
    for path in ("/accounts/login/", "/accounts/password/reset/", "/accounts/inactive/"):
        page = open_page(path, width=width)
        assert (path, page.complaints, violations(page)) == (path, [], [])  # type: ignore[attr-defined]
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_team_pages(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User, coordinator: User, width: int,
) -> None:  # fmt: skip
    for path in (
        "/team/",
        "/team/invite/",
        f"/team/{coordinator.pk}/",
        "/profile/",
        "/settings/",
        "/audit/",
        "/accounts/2fa/",
    ):
        page = open_page(path, user=owner, width=width)
        assert (path, page.complaints, violations(page)) == (path, [], [])  # type: ignore[attr-defined]
        assert page.evaluate("document.documentElement.scrollWidth") == width
