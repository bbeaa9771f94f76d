"""Every form, every list's questions and the administration, filled in by attackers and clumsy people.

Seeded, so that a failure comes again. `MITRA_FUZZ=20000 MITRA_FUZZ_SEED=7 pytest tests/test_forms_fuzzed.py` looks longer.
"""

import html
import logging
import os
import traceback
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from crm.exclusivity.gate import joining
from crm.portal.visits import COOKIE
from crm.team.models import Role
from tests import bare
from tests.junk import FILES, JUNK, FormReader, PageForm, filled
from tests.permissions_table import TABLE, VISITOR
from tests.permissions_world import PORTAL_KEY, World, build, written

pytestmark = pytest.mark.django_db

PRESSES = int(os.environ.get("MITRA_FUZZ", "1000"))
SEED = int(os.environ.get("MITRA_FUZZ_SEED", "20261124"))
ROLES = [str(role) for role in Role]
OWNER = str(Role.OWNER)

QUESTIONS = (
    "page", "at", "before", "q", "tab", "whose", "only", "platform", "column", "view", "verdict", "person", "about",
    "kind", "country", "next", "brand", "thanks", "tier", "niche", "city", "stage", "min", "max", "owner", "contact",
    "state", "sort", "group", "since", "until", "actor", "action", "pick", "all_matching", "query", "ids", "campaign",
    "who", "what", "from", "to", "language", "subject", "code", "status", "feature",
)  # fmt: skip
"""What addresses ask for behind their question mark."""

TYPED = ("text", "textarea", "email", "search")


class Visitors:
    """A browser for every audience; whatever a request did is taken back."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.keys = {role: self._key(Role(role)) for role in ROLES}
        self.handlers = {checks: ClientHandler(enforce_csrf_checks=checks) for checks in (True, False)}
        self.broken: list[str] = []

    def _key(self, role: Role) -> str:
        client = Client()
        client.force_login(self.world.users[role])
        return client.cookies["sessionid"].value

    def browser(self, who: str, *, enforce_csrf_checks: bool = False) -> Client:
        client = Client(raise_request_exception=False)
        client.handler = self.handlers[enforce_csrf_checks]
        client.cookies[COOKIE if who == VISITOR else "sessionid"] = PORTAL_KEY if who == VISITOR else self.keys[who]
        return client

    def ask(self, who: str, method: str, url: str, data: dict[str, Any]) -> tuple[HttpResponse, bytes]:
        """The answer, written down when it broke, or when looking changed something."""
        cache.clear()
        with transaction.atomic(), joining(), written() as writes:
            answer: Any = getattr(self.browser(who), method)(url, data)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.broken.append(f"{method} {url} as {who}: {last_line(answer)}; sent {shortened(data)}")
        if method == "get" and writes:
            self.broken.append(f"get {url} as {who} wrote: {writes[0][:200]}")
        return answer, body

    def own(self, name: str) -> str:
        args = TABLE[name].args
        return reverse(name, args=args(self.world.own) if args else [])


def last_line(answer: Any) -> str:
    if not getattr(answer, "exc_info", None):
        return str(answer.status_code)
    kind, error, trace = answer.exc_info
    ours = [frame for frame in traceback.extract_tb(trace) if ".venv" not in frame.filename]
    where = f"{ours[-1].filename}:{ours[-1].lineno}" if ours else "the framework"
    return f"{kind.__name__} {str(error)[:200]} ({where})"


def shortened(data: dict[str, Any]) -> dict[str, str]:
    return {name: str(value)[:60] for name, value in data.items()}


def pages(visitors: Visitors) -> Iterator[tuple[str, str]]:
    """Who opens what: every page, and every table of the administration."""
    for name, row in sorted(TABLE.items()):
        if row.get is not None:
            yield VISITOR if list(row.get) == [VISITOR] else OWNER, visitors.own(name) + row.query
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        yield OWNER, reverse(f"{stem}changelist")
        yield OWNER, reverse(f"{stem}add")
        row_here = model._base_manager.order_by("pk").first()
        if row_here is not None:
            yield OWNER, reverse(f"{stem}change", args=[row_here.pk])


def is_page(answer: Any) -> bool:
    """Something to look at; what a script asks for is shown by the page that asked."""
    return "html" in answer.headers.get("Content-Type", "")


def forms_of(visitors: Visitors) -> list[tuple[str, str, PageForm]]:
    """Every form there is, once, and every button whose page does not offer it just now."""
    found: dict[Any, tuple[str, str, PageForm]] = {}
    for who, url in pages(visitors):
        answer, body = visitors.ask(who, "get", url, {})
        if is_page(answer):
            for form in FormReader(body.decode()).forms:
                target = urljoin(url, form.action or url)
                found.setdefault((*form.outline, urlsplit(target).path), (who, target, form))
    pressed = {urlsplit(target).path for _who, target, _form in found.values()}
    for name, row in TABLE.items():
        if row.post is not None and (url := visitors.own(name)) not in pressed:
            who = VISITOR if list(row.post) == [VISITOR] else OWNER
            found[url] = (who, url, PageForm.asking(url, QUESTIONS))
    return [found[key] for key in sorted(found, key=repr)]


@pytest.fixture(scope="module")
def visitors(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitors]:
    media = str(tmp_path_factory.mktemp("media"))
    logging.disable(logging.CRITICAL)
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        bare.administration(),
        transaction.atomic(),
    ):
        yield Visitors(build())
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def test_no_form_breaks_and_what_is_refused_stays_typed(visitors: Visitors) -> None:
    visitors.broken.clear()
    dice, forms, lost, posts, turn = Random(SEED), forms_of(visitors), [], 0, 0
    assert len(forms) > 200
    print(f"{PRESSES} presses of {len(forms)} forms, seed {SEED}")
    while posts < PRESSES:
        who, url, form = forms[turn % len(forms)] if turn < len(forms) else dice.choice(forms)
        turn += 1
        who = who if who == VISITOR or dice.random() < 0.8 else dice.choice(ROLES)
        data = filled(form, dice, wrong=dice.choice((0, 1, 1, 1, 2, 30)))
        method = "post" if form.method == "post" else "get"
        posts += method == "post"
        answer, body = visitors.ask(who, method, url, data)
        if answer.status_code == 422 and is_page(answer):
            kept = body.decode()
            careful = [box.name for box in form.boxes if box.kind in TYPED and data.get(box.name) == "Kirana"]
            lost += [f"{url} lost {name}" for name in careful if html.escape("Kirana") not in kept]
    assert visitors.broken == []
    assert lost == []


def test_no_question_breaks_a_page_and_none_writes(visitors: Visitors) -> None:
    visitors.broken.clear()
    dice = Random(SEED)
    for who, url in list(pages(visitors)):
        junk = dice.choice((dice.choice(JUNK), "x\x00y"))
        asked = {name: (junk if dice.random() < 0.5 else dice.choice(JUNK))[:3000] for name in QUESTIONS}
        visitors.ask(who, "get", url.partition("?")[0], asked)
    assert visitors.broken == []


NO_PAGE = {"outbox-unsubscribe", "hook-orders"}
"""Mail programs press the first themselves (RFC 8058), its own secret stands in its address; a shop signs what it sends."""


def test_no_button_counts_without_the_pages_own_token(visitors: Visitors) -> None:
    let_in = []
    for name, row in sorted(TABLE.items()):
        if row.post is None or name in NO_PAGE:
            continue
        who = VISITOR if list(row.post) == [VISITOR] else OWNER
        with transaction.atomic():
            answer = visitors.browser(who, enforce_csrf_checks=True).post(visitors.own(name), {"to": "agreed"})
            transaction.set_rollback(True)
        if answer.status_code != 403:
            let_in.append((name, answer.status_code))
    assert let_in == []


@pytest.mark.parametrize(
    ("name", "content"), FILES, ids=[name[:20].encode("ascii", "replace").decode() for name, _ in FILES]
)
def test_no_file_breaks_an_import(visitors: Visitors, name: str, content: bytes) -> None:
    """Refused in words, or rehearsed as far as the page leads."""
    with transaction.atomic():
        browser, seen = visitors.browser(OWNER), []
        answer = browser.post(reverse("import-new"), {"file": SimpleUploadedFile(name, content)})
        seen.append(answer.status_code)
        if answer.status_code == 302:
            columns = browser.get(answer.headers["Location"])
            form = next(form for form in FormReader(columns.content.decode()).forms if len(form.boxes) > 2)
            typed = {box.name: box.value for box in form.boxes if box.value}
            seen += [columns.status_code, browser.post(answer.headers["Location"], typed).status_code]
        transaction.set_rollback(True)
    assert seen in ([422], [302, 200, 302], [302, 200, 422], [302, 302])
