"""Signing in: password, second step, recovery, new password, throttling; all in our own look and under the CSP."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from crm.outbox.models import Email
from crm.team.emails import password_reset_link
from crm.team.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
NEW_PASSWORD = "kopi susu gula aren"
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:src=|type=\"application/json\"))", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD) -> object:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def confirm(client: Client) -> None:
    """Keys and codes are changed only by somebody who has just shown again who she is."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_of(user: User) -> str:
    secret = TOTP(Authenticator.objects.get(user=user, type="totp")).instance.data["secret"]
    return code_for(secret)


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_right_password_leads_to_the_page_that_was_asked_for(coordinator: User) -> None:
    client = Client()
    data = {"login": "DINDA@x.example", "password": PASSWORD, "next": "/team/"}
    assert client.post(reverse("account_login"), data).status_code == 200
    answer = client.post(reverse("account_login"), {**data, "login": coordinator.email.upper()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/team/")


def test_a_wrong_password_says_so_and_keeps_the_address(coordinator: User) -> None:
    page = Client().post(reverse("account_login"), {"login": coordinator.email, "password": "wrong"})
    assert "This address and this password do not go together." in page.content.decode()
    assert f'value="{coordinator.email}"' in page.content.decode()


def test_somebody_who_left_cannot_sign_in(coordinator: User) -> None:
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    client = Client()
    sign_in(client, coordinator)
    assert client.get("/profile/").status_code == 302


def test_signing_in_leaves_no_second_list_of_addresses(coordinator: User) -> None:
    sign_in(Client(), coordinator)
    assert EmailAddress.objects.count() == 0


def test_there_is_no_sign_up(coordinator: User) -> None:
    assert Client().get("/accounts/signup/").status_code == 404
    assert "sign up" not in Client().get(reverse("account_login")).content.decode().lower()


def test_next_never_leads_to_another_house(coordinator: User) -> None:
    data = {"login": coordinator.email, "password": PASSWORD, "next": "https://evil.example/"}
    answer = Client().post(reverse("account_login"), data)
    assert answer.headers["Location"] == "/home/"


# ---- a new password --------------------------------------------------------------------------------------------------


def ask_for_a_new_password(email: str) -> str:
    return Client().post(reverse("account_reset_password"), {"email": email}, follow=True).content.decode()


def test_a_new_password_is_asked_for_by_mail_and_set_once(coordinator: User) -> None:
    ask_for_a_new_password(coordinator.email)
    email = Email.objects.get()
    assert (email.name, email.contact_id, email.mail_class, email.urgent) == (
        "password_reset",
        coordinator.contact_id,
        "code",
        True,
    )
    link = password_reset_link(email, email.late_fields["password_reset"]).removeprefix("http://127.0.0.1:8000")
    client = Client()
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    address = form.redirect_chain[-1][0]
    chosen = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert "Your new password works" in client.post(address, chosen, follow=True).content.decode()
    assert User.objects.get(pk=coordinator.pk).check_password(NEW_PASSWORD)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    assert [email.name for email in Email.objects.order_by("pk")] == ["password_reset", "account_notice"]


def test_the_secret_of_the_link_is_nowhere_in_the_row(coordinator: User) -> None:
    ask_for_a_new_password(coordinator.email)
    email = Email.objects.get()
    secret = password_reset_link(email, email.late_fields["password_reset"]).rstrip("/").rsplit("-", 1)[-1]
    assert secret not in str(Email.objects.values().get())


def test_known_unknown_and_closed_addresses_get_the_same_answer(coordinator: User) -> None:
    UserFactory(email="left@mitra.example", is_active=False)
    answers = {
        re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"', "", ask_for_a_new_password(email))
        for email in (coordinator.email, "nobody@mitra.example", "left@mitra.example")
    }
    assert len(answers) == 1
    assert Email.objects.count() == 1


def test_opening_a_reset_link_writes_nothing_but_the_session(coordinator: User) -> None:
    ask_for_a_new_password(coordinator.email)
    email = Email.objects.get()
    link = password_reset_link(email, email.late_fields["password_reset"]).removeprefix("http://127.0.0.1:8000")
    before = list(User.objects.values()), list(Email.objects.values())
    Client().get(link, follow=True)
    assert (list(User.objects.values()), list(Email.objects.values())) == before
    assert EmailAddress.objects.count() == 0


def test_a_changed_password_is_told_by_mail_and_ends_other_sessions(coordinator: User) -> None:
    here, there = Client(), Client()
    sign_in(here, coordinator)
    sign_in(there, coordinator)
    changed = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert (changed.status_code, changed.headers["Location"]) == (302, "/profile/")
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302
    assert [(email.name, email.subject) for email in Email.objects.all()] == [
        ("account_notice", "Your password was changed")
    ]


# ---- the second step -------------------------------------------------------------------------------------------------


def test_an_app_is_added_and_then_asked_for(
    coordinator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    sign_in(client, coordinator)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml' in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_for(page.context["form"].secret)})
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert set(Email.objects.values_list("subject", flat=True)) == {"Authenticator app added"}
    cache.clear()
    other = Client()
    assert sign_in(other, coordinator).headers["Location"] == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    assert other.get("/profile/").status_code == 302
    assert "Second step" in other.get(reverse("mfa_authenticate")).content.decode()
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": code_of(coordinator)}).status_code == 302
    assert other.get("/profile/").status_code == 200


def test_a_recovery_code_works_once(coordinator: User) -> None:
    TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(coordinator).get_unused_codes()[0]
    for expected in (200, 302):
        cache.clear()
        client = Client()
        sign_in(client, coordinator)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get("/profile/").status_code == expected


PAGES_OF_STRANGERS = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
PAGES_OF_COLLEAGUES = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "usersessions_list",
    "profile",
    "team",
]


@pytest.mark.parametrize("name", PAGES_OF_STRANGERS)
def test_pages_of_strangers_run_under_the_policy(coordinator: User, name: str) -> None:
    assert_clean(Client().get(reverse(name)))


@pytest.mark.parametrize("name", PAGES_OF_COLLEAGUES)
def test_pages_of_colleagues_run_under_the_policy(coordinator: User, name: str) -> None:
    client = Client()
    sign_in(client, coordinator)
    confirm(client)
    if name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(coordinator)
    assert_clean(client.get(reverse(name)))


def assert_clean(page: object) -> None:
    text = page.content.decode()  # type: ignore[attr-defined]
    assert page.status_code == 200  # type: ignore[attr-defined]
    assert INLINE.findall(text) == []
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    assert 'data-bs-theme="' in text
    assert text.count("<h1") == 1


def test_keys_change_only_after_showing_again_who_one_is(coordinator: User) -> None:
    client = Client()
    sign_in(client, coordinator)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert "Is it you?" in client.get(answer.headers["Location"]).content.decode()
    assert client.post(answer.headers["Location"], {"password": "wrong"}).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    confirmed = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert confirmed.headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_demo_entries_show_in_a_demo_alone(coordinator: User) -> None:
    assert "Enter as" not in Client().get(reverse("account_login")).content.decode()


def test_the_browser_forgets_our_pages_when_somebody_signs_out_and_never_else(coordinator: User) -> None:
    client = Client()
    sign_in(client, coordinator)
    assert "Clear-Site-Data" not in client.get("/profile/").headers
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.post(reverse("account_logout")).headers
