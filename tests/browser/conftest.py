"""A headless Chromium for tests that must see, click and listen like a person."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.test_services import chromium

CHROMIUM = chromium()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="package")  # two of them at once, here and in journeys/, would not share one event loop
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine.")
    # Playwright keeps an event loop in this thread; Django would then refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Answers:
    """Counts what the live server is answering: a page that is closed may have asked for something a moment before."""

    QUIET, PATIENCE = 0.05, 15.0  # seconds

    def __init__(self) -> None:
        self.under_way, self.changed = 0, threading.Condition()

    def begun(self, **_: Any) -> None:
        self._count(1)

    def ended(self, **_: Any) -> None:
        self._count(-1)

    def _count(self, by: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return  # the test's own client
        with self.changed:
            self.under_way += by
            self.changed.notify_all()

    def wait(self) -> None:
        """Until nothing was being answered for a moment; the tables are emptied next, and that would wait on a reader."""
        until = time.monotonic() + self.PATIENCE
        with self.changed:
            while self.under_way or self.changed.wait(self.QUIET):
                left = until - time.monotonic()
                assert left > 0, f"The live server is still answering {self.under_way} requests."
                self.changed.wait_for(lambda: not self.under_way, left)


@pytest.fixture
def answers(live_server: Any) -> Iterator[Answers]:
    counting = Answers()
    request_started.connect(counting.begun)
    request_finished.connect(counting.ended)
    yield counting
    request_started.disconnect(counting.begun)
    request_finished.disconnect(counting.ended)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, answers: Answers) -> Iterator[Callable[..., Page]]:
    """open_page(path, user=..., width=..., theme=...): a page that collects what its console complains about."""
    contexts: list[BrowserContext] = []

    def open_(path: str, *, user: Any = None, width: int = 1440, theme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        cookies = {"theme": theme}
        if user is not None:
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.complaints = complaints  # type: ignore[attr-defined]
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for context in contexts:
        context.close()
    if contexts:
        answers.wait()


OTHER = {"light": "dark", "dark": "light"}
THEME = """() => {
    const asked = document.documentElement.dataset.bsTheme;
    return asked in {light: 1, dark: 1} ? asked : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}"""
TURN = """theme => {
    const page = document.documentElement.dataset;
    if (page.bsTheme && page.bsTheme !== "auto") page.bsTheme = theme;
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
}"""
COLOURS = """async () => (await axe.run({
    runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}, resultTypes: ["violations"],
})).violations"""


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page, by day and by night: rule and place.

    The other theme has the same words and boxes in other colours, so there only the rules about colours are asked.
    """

    def look(page: Page) -> list[str]:
        page.wait_for_load_state()  # a page just asked for has no document yet
        begun = page.evaluate(THEME)
        found = said(Axe().run(page).response["violations"])
        turn(page, OTHER[begun])
        found += [f"{OTHER[begun]}: {one}" for one in said(page.evaluate(COLOURS))]
        turn(page, begun)
        return found

    return look


def turn(page: Page, theme: str) -> None:
    """As the theme's switch does it without a reload; pages for strangers ask the device."""
    page.emulate_media(color_scheme=theme)
    page.evaluate(TURN, theme)


def said(found: list[Any]) -> list[str]:
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
