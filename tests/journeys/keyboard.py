"""Somebody without a mouse: every stop on the way shows where she is, and nothing is pressed that she did not reach."""

import re
from typing import Any

from playwright.sync_api import Page

STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    // A ring that fades in is asked at its end, not at the frame the key came.
    here.getBoundingClientRect();
    document.getAnimations()
        .filter(one => one.effect.getComputedTiming().endTime < Infinity).forEach(one => one.finish());
    const ringed = (element, part) => {
        const style = getComputedStyle(element, part);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    const field = here.labels?.[0]?.innerText || here.getAttribute("placeholder");
    const name = here.getAttribute("aria-label") || field || here.innerText || here.value || here.name || "";
    return {
        name: name.trim().replace(/\\s+/g, " "),
        html: here.outerHTML.slice(0, 140),
        ring: ringed(here) || ringed(here, "::after") || ringed(here.closest(".search, label, li") ?? here),
        shown: here.checkVisibility({visibilityProperty: true, opacityProperty: true}),
    };
}"""
MOST = 90
"""Stops from one end of a page to the other; more are a trap."""


class Walk:
    """One way through the house by keys alone. `unseen` collects the stops that did not show themselves."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: set[str] = set()

    def stop(self) -> str:
        """The name of where the keyboard is now; empty for nowhere."""
        found: dict[str, Any] | None = self.page.evaluate(STOP)
        if found is None:
            return ""
        if not (found["ring"] and found["shown"]):
            self.unseen.add(f"{self.page.url}: {found['html']}")
        return str(found["name"])

    def to(self, wanted: str) -> None:
        """Tab on to the stop whose name begins so."""
        passed = []
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            passed.append(self.stop())
            if re.match(wanted, passed[-1]):
                return
        raise AssertionError(f"No {wanted} on {self.page.url}, only {passed}")

    def press(self, wanted: str) -> None:
        """Tab on to a link or a button that leads to another page, and follow it."""
        self.to(wanted)
        self.follow("Enter")

    def follow(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.wait_for_load_state("networkidle")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.stop()
