"""One browser window that is turned from page to page, and never waits for one for ever."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Response

from tests.browser.sight import Look, faults

PATIENCE = 60.0
"""Seconds for one page, from its address to the last measure; an idle machine needs one or two, and a busy one ten times that."""


class Stuck(Exception):
    """A page did not come to rest; its window is closed."""


@contextmanager
def patience(page: Page, seconds: float = PATIENCE) -> Iterator[None]:
    """Closes the window of a page that takes longer, which ends whatever is waited for in it.

    The alarm rings in Playwright's own loop, which is what runs while we wait for a page.
    """
    inside: Any = page.context
    loop, rung = inside._loop, list[asyncio.Task[None]]()
    alarm = loop.call_later(seconds, lambda: rung.append(loop.create_task(inside._impl_obj.close(reason=None))))
    try:
        yield
    except Error as ended:
        if rung:
            raise Stuck(f"not at rest after {seconds:.0f} s") from ended
        raise
    finally:
        alarm.cancel()


def is_framed(answer: Response) -> bool:
    """A message as it stands in its sandbox, inside another page."""
    return "sandbox" in answer.headers.get("content-security-policy", "")


def unlock(page: Page, words: str) -> None:
    """The same words outside their sandbox, in which no script runs: a promise asked for there is never kept."""
    page.goto("about:blank")
    page.set_content(words)


class Window:
    """Asks pages the way somebody with these cookies and this look would."""

    def __init__(self, browser: Browser, home: str, look: Look, seconds: float = PATIENCE) -> None:
        self.browser, self.home, self.look, self.seconds = browser, home, look, seconds
        self.complaints: list[str] = []
        self.missing = 0
        self.open()

    def open(self) -> None:
        size = {"width": self.look.width, "height": 900}
        theme: Any = self.look.theme
        self.context = self.browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.page.on("console", lambda one: self.complaints.append(one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def close(self) -> None:
        self.context.close()

    def visit(self, path: str, cookies: dict[str, str]) -> Response | None:
        """None for what is no page: a file, or a part of a page that is looked at with the whole."""
        self.context.clear_cookies()
        self.context.add_cookies([{"name": name, "value": value, "url": self.home} for name, value in cookies.items()])
        self.complaints.clear()
        try:
            answer = self.page.goto(self.home + path)
        except Error as download:
            if "Download is starting" not in str(download):
                raise
            return None
        if answer is None or not self.page.evaluate("document.doctype !== null"):
            return None
        if is_framed(answer):
            unlock(self.page, answer.text())
        return answer

    def wrong_with(
        self, path: str, cookies: dict[str, str], *, axe: bool = True, picture: Path | None = None
    ) -> list[str]:
        """Everything wrong with it; a page that does not come to rest is told as such, and the next gets a new window."""
        try:
            with patience(self.page, self.seconds):
                return self._seen(path, cookies, axe, picture)
        except Stuck as stuck:
            self.open()
            return [str(stuck)]

    def _seen(self, path: str, cookies: dict[str, str], axe: bool, picture: Path | None) -> list[str]:
        answer = self.visit(path, cookies)
        if answer is None:
            return []
        if picture:
            self.page.screenshot(path=picture, full_page=True)
        if answer.status == 404:
            self.missing += 1
            if self.missing > 1:
                return []  # the same page, whatever was asked for
        # A page that refuses with its status is a page; that the console repeats the status is no complaint.
        refused = "the server responded with a status of" if answer.status >= 400 else "\0"
        heard = [f"console: {one}" for one in self.complaints if refused not in one]
        return heard + faults(self.page, self.look, axe=axe, heads=0 if is_framed(answer) else 1)
