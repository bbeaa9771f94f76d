"""Signing in with real keys in a real browser: the strict policy lets the passkey scripts run, and nothing else complains."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from crm.team.models import User

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
