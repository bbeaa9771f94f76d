"""Journeys use the same Chromium as the browser tests."""

from tests.browser.conftest import browser, open_page, violations

__all__ = ["browser", "open_page", "violations"]
