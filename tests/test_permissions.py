"""Every address, every role, both brands, GET and POST: who may, who may not, and that looking changes nothing.

The matrix is made from the URL resolver and read against tests/permissions_table.py. A new address without a row there
fails `test_every_address_has_a_row`; adding one line for it is all there is to do (the table's docstring says how).

Everybody asks every address; who would be shown the same page as somebody before gets the decision without the page, in turn
from address to address, so that each role's pages are made for half of them. `MITRA_MATRIX=full` makes all of them.

Behind the wall a wrong brand is a 404, a missing permission is a 403, strangers are sent to sign in, and no page of
one brand ever shows the other's canary.
"""

import hashlib
import logging
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from crm.exclusivity.gate import joining
from crm.portal.visits import COOKIE
from crm.team.models import Role
from crm.team.permissions import KEEPERS
from tests.headers import loose
from tests.permissions_money import HOLDS_WHOLE_NUMBERS, WHOLE_NUMBERS
from tests.permissions_table import ADMIN, NOBODY, TABLE, VISITOR, Row
from tests.permissions_world import CANARY, PORTAL_KEY, SESSIONS, Side, World, build, written
from tests.whole_numbers import holds_whole

pytestmark = pytest.mark.django_db

AUDIENCES = (*(str(role) for role in Role), VISITOR, NOBODY)


def names(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    """Every address by its name, an unnamed one by its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        else:
            yield from names(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))


def test_every_address_has_a_row() -> None:
    missing = sorted({name for name in names() if not name.startswith(ADMIN)} - set(TABLE))
    assert missing == [], "Add a line for each of these to tests/permissions_table.py"


def test_no_row_is_left_over() -> None:
    assert sorted(set(TABLE) - set(names())) == []


def test_no_two_addresses_share_a_name() -> None:
    seen = [name for name in names() if not name.startswith(ADMIN)]
    assert sorted({name for name in seen if seen.count(name) > 1}) == []


class Doors:
    """A browser for every audience, fresh for each request: what one request does to its session concerns no other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.loose: set[str] = set()
        self.statuses: set[int] = set()
        self.cookies = {str(role): self._signed_in(role) for role in Role}

    def _signed_in(self, role: Role) -> str:
        client = Client()
        client.force_login(self.world.users[role])
        return client.cookies["sessionid"].value

    def browser(self, audience: str) -> Client:
        """A browser without a past; what answers it is set up once for all of them."""
        client = Client()
        client.handler = self.handler
        if audience == VISITOR:
            client.cookies[COOKIE] = PORTAL_KEY
        elif audience != NOBODY:
            client.cookies["sessionid"] = self.cookies[audience]
        return client

    def knock(
        self,
        audience: str,
        method: str,
        name: str,
        side: Side,
        *,
        is_shown: bool = True,
        typed: dict[str, Any] | None = None,
    ) -> "Knock":
        """One request, whose traces in the database are taken back."""
        row = TABLE[name]
        url = reverse(name, args=row.args(side) if row.args else []) + (row.query if method == "get" else "")
        data = typed or (row.data(side) if method == "post" and row.data else {})
        with transaction.atomic(), joining(), written() as writes, shown(is_shown):
            answer = getattr(self.browser(audience), method)(url, data)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        self.look(f"{name} as {audience}", answer, caching=caching(audience, url))
        return Knock(answer, body, writes, outcome(answer, row))

    def look(self, asked: str, answer: HttpResponse, *, caching: str) -> None:
        """Write down what its headers leave open."""
        self.loose |= {f"{asked} {answer.status_code}: {one}" for one in loose(answer, caching=caching)}
        self.statuses.add(answer.status_code)


def caching(audience: str, url: str) -> str:
    """What is shown to one alone: a colleague who goes back finds what she typed, an influencer's browser keeps nothing."""
    if audience == VISITOR:
        return "no-store" if url.startswith("/my/") else ""
    return "" if audience == NOBODY else "no-cache"


@contextmanager
def shown(is_shown: bool) -> Iterator[None]:
    """Whether pages are made, or only decided about."""
    making = Template.render

    def decide(template: Template, *given: Any, **words: Any) -> str:
        is_page = str(template.template.name).endswith(".html") and not str(template.template.name).startswith(
            "emails/"
        )
        return "" if is_page else making(template, *given, **words)

    if not is_shown:
        Template.render = decide  # type: ignore[method-assign]
    try:
        yield
    finally:
        Template.render = making  # type: ignore[method-assign]


@dataclass(frozen=True)
class Knock:
    """What one request came to."""

    answer: HttpResponse
    body: bytes
    writes: list[str]
    outcome: str


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def doors(django_db_setup: None, django_db_blocker: DjangoDbBlocker, media: str) -> Iterator[Doors]:
    """One world for the whole walk: every request takes back what it did."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield Doors(build())
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is told to the log with its whole way through the code; thousands of them are half of the time."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _files(_media: None, settings: Any, media: str) -> None:
    settings.MEDIA_ROOT = media
    cache.clear()


def checksum() -> str:
    """One number for everything stored, sessions left out."""
    digest = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if not SESSIONS.search(model._meta.db_table):
            digest.update(repr([model._meta.label, *model._base_manager.order_by("pk").values_list()]).encode())
    return digest.hexdigest()


def outcome(answer: HttpResponse, row: Row) -> str:
    """What an answer comes to, in one word."""
    if answer.status_code in row.also:
        return "answered"
    if answer.status_code in (301, 302) and "/accounts/login/" in answer.headers["Location"]:
        return "sign in"
    words = {403: "forbidden", 404: "not found", 405: "no such method"}
    return "broken" if answer.status_code >= 500 else words.get(answer.status_code, "answered")


def expected(audience: str, who: Any, row: Row, *, wrong_brand: bool) -> str:
    if audience not in who:
        return row.refusal or ("sign in" if audience in (VISITOR, NOBODY) else "forbidden")
    behind_wall = audience not in KEEPERS and audience != VISITOR
    return "not found" if wrong_brand and row.brand_bound and behind_wall else "answered"


FREELY_LEADS_TO_SIGN_IN = {
    "account_login", "account_logout", "account_email", "setup", "mfa_authenticate", "mfa_login_webauthn", "set_language",
}  # fmt: skip
"""Open addresses whose usual answer for a stranger is the sign-in page."""


EVERY_PAGE = os.environ.get("MITRA_MATRIX") == "full"
BEHIND_WALLS = [str(role) for role in Role if role not in KEEPERS]


def are_shown(name: str, *, wrong_brand: bool) -> set[str]:
    """Whose pages are made: strangers' always, of the keepers one, of those behind walls two, others at the next address."""
    if EVERY_PAGE:
        return set(AUDIENCES)
    turn = zlib.crc32(name.encode())
    two = {BEHIND_WALLS[(turn + step) % len(BEHIND_WALLS)] for step in (0, 1)}
    keepers = sorted(map(str, KEEPERS))
    return {VISITOR, NOBODY, *two, *([] if wrong_brand else [keepers[turn % len(keepers)]])}


def prints_whole_numbers(name: str, body: bytes) -> bool:
    """Bank and tax numbers are masked wherever they are not the very thing that is asked for: on pages, in files, on paper."""
    return name not in HOLDS_WHOLE_NUMBERS and holds_whole(body, WHOLE_NUMBERS)


def verdicts(doors: Doors, name: str, method: str, *, wrong_brand: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What everybody should get, and what everybody gets. Whatever is not answered must have written nothing."""
    row = TABLE[name]
    who = row.get if method == "get" else row.post
    side = doors.world.other if wrong_brand else doors.world.own
    should, does = {}, {}
    makes = are_shown(name, wrong_brand=wrong_brand)
    for audience in AUDIENCES:
        wanted = expected(audience, who, row, wrong_brand=wrong_brand)
        knock = doors.knock(audience, method, name, side, is_shown=audience in makes)
        is_open_door = name in FREELY_LEADS_TO_SIGN_IN and knock.outcome == "sign in" and wanted == "answered"
        found = wanted if is_open_door else knock.outcome
        writes = knock.writes if method == "get" or found != "answered" else []
        shows = (CANARY.encode() in knock.body and audience not in KEEPERS) or prints_whole_numbers(name, knock.body)
        should[audience], does[audience] = (wanted, [], False), (found, writes, shows)
    return should, does


GETS = sorted(name for name, row in TABLE.items() if row.get is not None)
POSTS = sorted(name for name, row in TABLE.items() if row.post is not None)


def batches(names: list[str]) -> list[list[str]]:
    """A test asks twenty addresses: setting it up costs as much as asking one."""
    return [names[start : start + 20] for start in range(0, len(names), 20)]


def in_batches(names: list[str]) -> Any:
    return pytest.mark.parametrize("batch", batches(names), ids=lambda batch: f"{batch[0]}...")


def misses(doors: Doors, batch: list[str], method: str, *, wrong_brand: bool = False) -> dict[str, Any]:
    """Of each address where somebody gets something else than the table says: who, what he should get, what he gets."""
    wrong = {}
    for name in batch:
        cache.clear()
        should, does = verdicts(doors, name, method, wrong_brand=wrong_brand)
        wrong |= {f"{name} as {who}": (should[who], does[who]) for who in should if should[who] != does[who]}
    return wrong


@in_batches(GETS)
def test_who_may_look_and_looking_writes_nothing(doors: Doors, batch: list[str]) -> None:
    assert misses(doors, batch, "get") == {}


@in_batches(POSTS)
def test_who_may_press(doors: Doors, batch: list[str]) -> None:
    assert misses(doors, batch, "post") == {}


@in_batches([name for name in GETS if TABLE[name].brand_bound])
def test_the_other_brand_is_not_found_by_looking(doors: Doors, batch: list[str]) -> None:
    assert misses(doors, batch, "get", wrong_brand=True) == {}


@in_batches([name for name in POSTS if TABLE[name].brand_bound])
def test_the_other_brand_is_not_found_by_pressing(doors: Doors, batch: list[str]) -> None:
    assert misses(doors, batch, "post", wrong_brand=True) == {}


def test_the_other_method_does_not_exist(doors: Doors) -> None:
    found = {}
    for name in sorted(name for name, row in TABLE.items() if row.get is None or row.post is None):
        row = TABLE[name]
        audience = VISITOR if row.refusal == "not found" else str(Role.OWNER)
        knock = doors.knock(audience, "get" if row.get is None else "post", name, doors.world.own)
        found[name] = (knock.answer.status_code, knock.writes)
    assert {name: answer for name, answer in found.items() if answer != (405, [])} == {}


def test_the_matrix_would_notice(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a table that says otherwise fails for exactly those it lies about."""
    lie = replace(TABLE["people"], get=(Role.OWNER,))
    monkeypatch.setitem(TABLE, "people", lie)
    missed = misses(doors, ["people"], "get")
    others = [str(role) for role in Role if role != Role.OWNER]
    assert sorted(missed) == sorted(f"people as {role}" for role in others)


REFUSED = {
    str(Role.OWNER): ("person-new", "person-data", "payee-account", "document-void", "todo-new", "campaign-new"),
    str(Role.ADMIN): ("privacy-incident-new", "person-hold"),
    VISITOR: ("her-bank", "portal-sign", "her-numbers", "portal-draft"),
}
"""Forms that are sent back with what was typed: whose they are, and their addresses."""


def test_every_answer_was_strict_whatever_its_status(doors: Doors) -> None:
    """Of all that was asked above; alone it asks a few addresses of its own."""
    for name in ("people", "portal-page", "person", "set-theme", "status"):
        for audience in AUDIENCES:
            doors.knock(audience, "get", name, doors.world.own)
    refused = {
        name: doors.knock(audience, "post", name, doors.world.own, typed={"typed": "nothing"}).answer.status_code
        for audience, names_of_forms in REFUSED.items()
        for name in names_of_forms
    }
    assert {name: code for name, code in refused.items() if code != 422} == {}
    for address in (
        "/admin/",
        "/admin/crm/influencer/",
        "/admin/login/",
        "/static/css/tokens.css",
        "/nowhere/",
        "/healthz",
    ):
        for audience in (str(Role.OWNER), NOBODY):
            answer = doors.browser(audience).get(address)
            doors.look(f"{address} as {audience}", answer, caching=caching(audience, address))
            answer.close()
    assert doors.loose == set()
    assert doors.statuses >= {200, 302, 403, 404, 405, 422}


def test_everything_looked_at_leaves_every_table_as_it_was(doors: Doors) -> None:
    """What is written past the connection's cursor would show here alone; the matrix has looked at every role's statements."""
    before = checksum()
    for name in GETS:
        row = TABLE[name]
        audience = VISITOR if list(row.get or ()) == [VISITOR] else str(Role.COORDINATOR)
        url = reverse(name, args=row.args(doors.world.own) if row.args else [])
        answer = doors.browser(audience).get(url + row.query)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert checksum() == before


@pytest.mark.parametrize("audience", [audience for audience in AUDIENCES if audience not in KEEPERS])
def test_the_administration_is_closed_to_everybody_but_its_keepers(doors: Doors, audience: str) -> None:
    browser = doors.browser(audience)
    user = f"/admin/crm/user/{doors.world.colleague.pk}/change/"
    for url in ("/admin/", "/admin/crm/user/", user, "/admin/jsi18n/"):
        answer = browser.get(url)
        assert answer.status_code in (302, 403)
        if answer.status_code == 302:
            assert "/login/" in answer.headers["Location"]
