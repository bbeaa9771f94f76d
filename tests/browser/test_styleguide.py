"""The style guide in a real browser: nothing for axe to find, nothing too wide, scripts that do their work."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from crm.team.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_every_component(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User, width: int
) -> None:
    page = open_page("/styleguide/", user=owner, width=width)
    assert page.complaints == []  # type: ignore[attr-defined]
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_word_that_is_pale_only_at_night_is_found_by_day(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User
) -> None:
    page = open_page("/accounts/login/")
    page.evaluate("document.styleSheets[1].insertRule('[data-bs-theme=dark] h1 { color: #333 !important }')")
    assert [one.split(" <")[0] for one in violations(page)] == ["dark: color-contrast:"]
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"


def test_the_theme_changes_without_a_reload_and_stays(open_page: Callable[..., Page], owner: User) -> None:
    page = open_page("/styleguide/", user=owner)
    page.click("details.me > summary")
    with page.expect_response("**/frame/theme/"):
        page.click("details.me [name=theme][value=dark]")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    owner.refresh_from_db()
    assert owner.theme == "dark"


def test_a_page_without_a_choice_follows_the_device(open_page: Callable[..., Page], owner: User) -> None:
    page = open_page("/styleguide/", user=owner, theme="auto")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 18, 23)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 247, 249)"


def test_the_bar_rises_with_the_first_choice_and_goes_with_the_last(
    open_page: Callable[..., Page], owner: User
) -> None:
    page = open_page("/styleguide/", user=owner)
    chosen = page.locator("bulk-list").first
    bar = chosen.locator(".bulk-bar")
    page.locator("[data-choose-none]").first.click()
    assert not bar.is_visible()
    chosen.locator(".pick-all").check()
    assert bar.locator("[data-chosen]").inner_text() == "3"
    bar.locator("[data-choose-all]").click()
    assert bar.locator("[data-chosen]").inner_text() == "611"
    assert chosen.locator("[name=all_matching]").input_value() == "1"
    chosen.locator("tbody .pick input").first.uncheck()
    assert chosen.locator("[name=all_matching]").input_value() == ""
    assert bar.locator("[data-chosen]").inner_text() == "2"


def test_the_keyboard_walks_a_list_and_chooses(open_page: Callable[..., Page], owner: User) -> None:
    page = open_page("/styleguide/", user=owner)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Salsa Prameswari"
    page.keyboard.press("x")
    assert page.locator("bulk-list [data-chosen]").first.inner_text() == "2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Kirana Maheswari"


def test_a_button_that_asks_does_nothing_until_told(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User
) -> None:
    page = open_page("/styleguide/", user=owner)
    page.locator("confirm-button button").first.click()
    assert page.locator("dialog h2").inner_text() == "Send 9 e-mails?"
    assert violations(page) == []
    walked = [page.evaluate("document.activeElement.textContent")]
    for _ in range(2):
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.textContent"))
    assert walked == ["Cancel", page.locator("dialog .btn-primary").inner_text(), "Cancel"]
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert page.evaluate("document.activeElement.closest('confirm-button') !== null")
    assert page.locator("#messages .notice").count() == 0
    page.locator("confirm-button button").first.click()
    page.locator("dialog .btn-primary").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#messages .notice").inner_text() == "Nothing was saved: this is the style guide."


def test_what_was_typed_survives_a_closed_tab(open_page: Callable[..., Page], owner: User) -> None:
    page = open_page("/styleguide/", user=owner)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[name=light-note]").fill("Half a brief")
    page.wait_for_timeout(600)  # it is kept once the typing pauses
    page.goto("/styleguide/")
    page.locator("unsaved-guard .notice .btn").first.click()
    assert page.locator("[name=light-note]").input_value() == "Half a brief"


def test_a_select_can_be_searched_and_is_heard_once(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User
) -> None:
    page = open_page("/styleguide/", user=owner)
    box = page.locator("auto-select").first
    box.locator(".ts-control").click()
    box.locator(".ts-dropdown .option").first.wait_for()
    page.keyboard.type("Lumi")
    page.keyboard.press("Enter")
    assert box.locator("select").evaluate("select => select.value") == "1"
    assert box.locator("select").get_attribute("aria-hidden") == "true"
    assert violations(page) == []


def test_the_docks_sheet_opens_on_a_phone(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User
) -> None:
    page = open_page("/styleguide/", user=owner, width=390)
    page.click(".dock-more > summary")
    sheet = page.locator(".dock-more > .menu-list").bounding_box()
    assert sheet is not None
    assert sheet["y"] > 0
    assert sheet["x"] == 8
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator(".dock-more > .menu-list").is_visible()


def test_slash_searches_unless_somebody_is_typing(open_page: Callable[..., Page], owner: User) -> None:
    page = open_page("/styleguide/", user=owner)
    page.locator("[name=light-note]").press("/")
    assert page.locator("[name=light-note]").input_value() == "/"
