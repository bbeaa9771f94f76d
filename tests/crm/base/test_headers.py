"""What every answer tells the browser, whatever view made it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Hello</p>")


def remembering(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse("Hello")


urlpatterns = [path("plain/", plain), path("remembering/", remembering)]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_every_answer_carries_the_same_strict_headers(client: Client) -> None:
    answer = client.get("/plain/")

    assert {name: answer[name] for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")} == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        # Not "no-referrer": browsers would then send `Origin: null` and every POST would be refused.
        "Referrer-Policy": "same-origin",
    }
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_content_policy_allows_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    policy = dict(part.strip().split(" ", 1) for part in client.get("/plain/")["Content-Security-Policy"].split(";"))

    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }


def test_an_error_page_carries_them_too(client: Client) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_a_post_without_its_token_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/plain/").status_code == 403


def test_no_script_can_read_the_session_cookie(client: Client) -> None:
    cookie = client.get("/remembering/").cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@override_settings(SESSION_COOKIE_SECURE=True, SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_behind_https_cookies_and_addresses_stay_there(client: Client) -> None:
    redirected = client.get("/plain/")
    answer = client.get("/remembering/", secure=True)

    assert (redirected.status_code, redirected["Location"]) == (301, "https://testserver/plain/")
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.cookies["sessionid"]["secure"] is True
