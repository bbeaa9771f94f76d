"""No address that opens something by itself stands in any line of the log: right, wrong or dead, from the most talkative level on."""

import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from crm.config.logs import without_keys
from crm.outbox.models import Email
from crm.portal.links import mint
from crm.team.models import User
from tests.conftest import NOW
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory
from tests.lines import written_lines

pytestmark = pytest.mark.django_db

SECRET = "Zq7_" + "k3Yb-x" * 8
"""Shaped as every token is: 40 characters and more of the alphabet of addresses."""

KEYS = {"token", "key", "uidb36"}
NOT_SECRET = {"demo-letter", "demo-letter-html", "portal-draft-file", "hand-in-file", "privacy-retention-rule"}
"""The demo's mailbox; files on their way, which only who is signed in may go on with; the name of a rule."""


def doors(resolver: URLResolver | None = None) -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern)
        elif KEYS & set(pattern.pattern.converters or pattern.pattern.regex.groupindex):
            yield str(pattern.name), pattern


def addresses() -> dict[str, str]:
    """Every address with a key in it, filled in with a dead one."""
    found = {}
    for name, pattern in doors():
        words = set(pattern.pattern.converters or pattern.pattern.regex.groupindex)
        if name not in NOT_SECRET:
            given = {
                word: SECRET if word in ("token", "key") else "1" if word in ("pk", "uidb36") else "csv"
                for word in words
            }
            found[name] = reverse(name, kwargs=given)
    return found


def test_every_address_with_a_key_is_known_here() -> None:
    """A new one is driven below by itself; this only shows that the search finds them."""
    assert set(addresses()) >= {
        "portal-link", "portal-choices-door", "ballot", "ballot-list", "guest-door", "shared-report-door", "team-accept",
        "outbox-unsubscribe", "calendar-ics", "account_reset_password_from_key",
    }  # fmt: skip


def test_no_dead_key_stands_in_a_line() -> None:
    with written_lines(logging.DEBUG) as lines:
        for address in addresses().values():
            for method in ("get", "post"):
                getattr(Client(), method)(address)
            Client(enforce_csrf_checks=True).post(address)
            logging.getLogger("a.library").warning("could not serve %s", address)
            try:
                raise LookupError(f"no page at {address}")
            except LookupError:
                logging.getLogger("a.library").exception("broke")
    assert len(lines.events()) > 40
    assert [line for line in lines.everything().splitlines() if SECRET in line] == []


def test_no_key_that_opens_stands_in_a_line_or_a_table(coordinator: User) -> None:
    address = mint(contact=ContactFactory(), influencer_id=InfluencerFactory().pk, brand_id=BrandFactory().pk, at=NOW)
    token = address.rstrip("/").rsplit("/", 1)[1]
    with written_lines(logging.DEBUG) as lines:
        client = Client()
        assert client.get(f"/p/{token}/").status_code in (200, 404)
        client.post(f"/p/{token}/")
    assert token not in lines.everything()
    holding = [
        model._meta.label
        for model in apps.get_models()
        if token in repr(list(model._base_manager.values_list()))  # type: ignore[attr-defined]
    ]
    assert holding == []
    assert Email.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"GET /s/{SECRET}/", "GET /s/…/"),
        (f'{{"path": "p/choices/{SECRET}"}}', f'{{"path": "p/choices/{SECRET}"}}'),
        (f'{{"path": "/p/choices/{SECRET}/"}}', '{"path": "/p/choices/…/"}'),
        (f"/news/off/{SECRET}/?x=1", "/news/off/…/?x=1"),
        ("/r/page/12/3/notes/", "/r/page/12/3/notes/"),
        ("/accounts/password/reset/key/1-set-password/", "/accounts/password/reset/key/1-set-password/"),
    ],
)
def test_what_is_cut_out_and_what_stays(said: str, kept: str) -> None:
    assert without_keys(said) == kept
