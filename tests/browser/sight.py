"""What is wrong with a page as it stands before somebody: by axe, by measure, and by its words."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.conftest import COLOURS, OTHER, said, turn

PHONE, DESK = 390, 1440
SERIOUS = ("serious", "critical")
MEASURED = """() => {
    const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const around = node.parentElement;
        if (around.closest("script, style, [lang]:not(html), pre, code, textarea, option")) continue;
        const text = node.data.replace(/\\s+/g, " ").trim();
        if (text && shown(around)) words.push(text);
    }
    return {
        wide: document.documentElement.scrollWidth,
        heads: [...document.querySelectorAll("h1")].filter(shown).length,
        title: document.title.trim(),
        words: [...new Set(words)],
    };
}"""
REPAINT = """() => {
    document.body.hidden = true;
    document.body.getBoundingClientRect();
    document.body.hidden = false;
}"""
"""Colours that are only inherited keep the other theme's pair until their element is laid out anew."""
UNSEEN_FOCUS = """() => {
    // Even the shortest transition shows the colour of before until its first frame.
    const settle = () => document.getAnimations().filter(one => one instanceof CSSTransition).forEach(one => one.finish());
    const how = element => ["", "::before", "::after"].map(part => {
        const style = getComputedStyle(element, part || null);
        return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderColor,
                style.textDecorationLine, style.stroke, style.strokeWidth].join(" ");
    }).join();
    const around = element => [element, element.parentElement, element.closest("label, li, tr, .card"),
                               element.nextElementSibling, element.querySelector(":scope > rect")].filter(Boolean);
    const every = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
    const first = new Map();
    for (const one of every) {
        if (one.disabled || one.type === "hidden" || one.closest(".ts-wrapper") || !one.checkVisibility({visibilityProperty: true})) continue;
        first.set(one.tagName + "." + one.className, one);
    }
    const unseen = [];
    for (const one of first.values()) {
        document.activeElement.blur();
        settle();
        const parts = around(one), before = parts.map(how).join();
        one.focus();
        settle();
        if (document.activeElement === one && parts.map(how).join() === before) unseen.push(one.outerHTML.slice(0, 120));
    }
    document.activeElement.blur();
    return unseen;
}"""


@dataclass(frozen=True)
class Look:
    """How somebody looks: on what, by day or night, in which language."""

    width: int = DESK
    theme: str = "light"
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.width} {self.theme} {self.language}"


CROSS = [
    Look(width, theme, language) for language in ("en", "id") for theme in ("light", "dark") for width in (DESK, PHONE)
]
ROTATION = [CROSS[place] for place in (0, 7, 2, 5, 3, 4, 1, 6)]
"""Neighbours differ in everything, so a few pages of one kind have been seen in every way."""


@functools.cache
def translated() -> frozenset[str]:
    """What is said otherwise in Indonesian: on an Indonesian page it was forgotten."""
    with Path(settings.BASE_DIR, "crm/locale/id/LC_MESSAGES/django.po").open("rb") as lines:
        catalogue = read_po(lines, locale="id")
    plain = (message for message in catalogue if isinstance(message.id, str) and isinstance(message.string, str))
    return frozenset(one.id for one in plain if " " in one.id and one.string and one.string != one.id)


def measured(page: Page, look: Look, heads: int) -> Iterator[str]:
    found: dict[str, Any] = page.evaluate(MEASURED)
    if found["wide"] > look.width:
        yield f"{found['wide']} px wide"
    if found["heads"] != heads:
        yield f"{found['heads']} first headings"
    if not found["title"]:
        yield "no title"
    if look.language == "id":
        yield from (f"in English: {text}" for text in found["words"] if text in translated())


def seen_by_axe(page: Page, look: Look) -> Iterator[str]:
    """Every rule in the page's own theme; in the other one the words and boxes are the same, and only colours differ."""
    found = Axe().run(page).response["violations"]
    yield from said([rule for rule in found if rule["impact"] in SERIOUS])
    turn(page, OTHER[look.theme])
    page.evaluate(REPAINT)
    yield from (f"{OTHER[look.theme]}: {one}" for one in said(page.evaluate(COLOURS)))
    turn(page, look.theme)
    page.evaluate(REPAINT)


def faults(page: Page, look: Look, *, axe: bool = True, heads: int = 1) -> list[str]:
    """Everything wrong with the page that is open; what stands in another page's frame has no first heading of its own."""
    wrong = [*measured(page, look, heads)]
    if axe:
        wrong += seen_by_axe(page, look)
    page.keyboard.press("Tab")  # from now on the browser shows where the keyboard is
    wrong += [f"focus unseen: {one}" for one in page.evaluate(UNSEEN_FOCUS)]
    return wrong
