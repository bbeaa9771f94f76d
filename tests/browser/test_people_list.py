"""The list of people by keyboard, and its cells in place, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.influencers.models import Influencer
from crm.team.models import User
from tests.factories import InfluencerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(db: None) -> list[Influencer]:
    return [InfluencerFactory(stage_name=name, city="Solo") for name in ("Citra", "Bima", "Ayu")]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_keys_move_tick_open_and_show_themselves(
    open_page: Callable[..., Page], coordinator: User, three: list[Influencer]
) -> None:
    page = open_page("/people/", user=coordinator)
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Ayu"
    expect(page.locator("tr:has-text('Bima') .pick input")).to_be_checked()
    page.keyboard.press("?")
    expect(page.locator("[data-keys] .keys-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-keys] .keys-list")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{three[2].pk}/")


def test_a_cell_is_opened_left_saved_and_refused_without_leaving_the_list(
    open_page: Callable[..., Page], coordinator: User, three: list[Influencer], violations: Callable[[Page], list[str]]
) -> None:
    page = open_page("/people/", user=coordinator)
    for key in ("j", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    field = page.locator("#cell-value")
    expect(field).to_be_focused()
    assert violations(page) == []
    field.fill("Medan")
    page.keyboard.press("Escape")
    assert focused(page) == "Solo"

    page.keyboard.press("Enter")
    field.fill("Malang")
    page.keyboard.press("Enter")
    cell = page.locator("tr:has-text('Ayu') td[data-cell=city]")
    expect(cell.locator("a.cell")).to_be_focused()
    expect(cell).to_have_text("Malang")
    assert Influencer.objects.get(pk=three[2].pk).city == "Malang"

    page.keyboard.press("e")
    expect(field).to_be_focused()
    Influencer.objects.filter(pk=three[2].pk).update(city="Kupang")
    field.fill("Ubud")
    page.keyboard.press("Enter")
    expect(cell.locator("[role=alert]")).to_contain_text("“Kupang”")
    assert field.input_value() == "Ubud"
    assert Influencer.objects.get(pk=three[2].pk).city == "Kupang"
    page.keyboard.press("Enter")
    expect(cell).to_have_text("Ubud")
