"""The parts of a page: what they draw, and that every one of them renders."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from crm.base import charts
from crm.base.sprite import drawings, known
from crm.templatetags.ui import hue, initials, page_numbers

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = [path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts]
CODE = [
    *(path for app in ("crm", "campaigns") for path in (Path(settings.BASE_DIR) / app).rglob("*.py")),
]


def drawn(source: str, **words: object) -> str:
    return Template("{% load ui %}" + source).render(Context(words))


def test_an_icon_is_hidden_from_those_who_hear_the_page() -> None:
    assert drawn('{% icon "bell" "s" %}') == (
        '<svg class="i i-s" aria-hidden="true"><use href="/static/vendor/bootstrap-icons-1.13.2/icons.svg#bell"/></svg>'
    )


def test_an_icon_that_stands_alone_is_spoken() -> None:
    assert 'role="img" aria-label="Gone &amp; done"' in drawn('{% icon "check2" label=word %}', word="Gone & done")


def test_an_inline_icon_refers_to_nothing() -> None:
    shape = drawn('{% icon "check2" inline=True %}')
    assert shape.startswith('<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d="M13.854')
    assert "href" not in shape


def test_a_missing_icon_names_its_cure() -> None:
    with pytest.raises(LookupError, match=r"No icon “nope”: add it to scripts/icons.txt"):
        known("nope")


def test_every_icon_named_in_a_page_or_in_code_is_in_the_sprite() -> None:
    named = {
        name
        for path in PAGES
        for name in re.findall(r"""\{% icon ['"]([a-z0-9-]+)['"]|icon=['"]([a-z0-9-]+)['"]""", path.read_text())
        for name in name
        if name
    }
    named |= {name for path in CODE for name in re.findall(r"""\bicon=["']([a-z0-9-]+)["']""", path.read_text())}
    assert named - set(drawings()) == set()


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Kirana Maheswari", "KM"), ("Dewi", "D"), ("@salsa.pr", "S"), ("Cut Nyak Shafira", "CS"), ("", "?"), ("★", "?")],
)
def test_initials_are_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_keeps_its_colour() -> None:
    assert [hue("Kirana Maheswari"), hue(" kirana maheswari "), hue("Rafi Alamsyah")] == [7, 7, 7]
    assert {hue(f"Person {number}") for number in range(100)} == set(range(1, 9))


def test_an_avatar_escapes_what_somebody_called_herself() -> None:
    assert (
        drawn("{% avatar name %}", name="<b> x") == f'<span class="av hue-{hue("<b> x")}" aria-hidden="true">X</span>'
    )


def test_a_bar_never_leaves_its_frame() -> None:
    assert charts.share(250, 100) == 100
    assert charts.share(-5, 100) == 0
    assert charts.share(5, 0) == 0
    assert charts.share(1, 3) == 33.3


def test_a_bar_draws_what_is_behind_before_what_is_in_front() -> None:
    assert drawn("{% bar 23 100 second=69 mark=33 %}") == (
        '<svg class="bar " viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="t" width="100" height="6"/><rect class="v2" width="69.0" height="6"/>'
        '<rect class="v" width="23.0" height="6"/><rect class="mk" x="33.0" width="1" height="6"/></svg>'
    )


def test_a_sparkline_needs_two_values() -> None:
    assert drawn("{% sparkline values %}", values=[1, None]) == ""
    assert drawn("{% sparkline values %}", values=None) == ""


def test_a_sparkline_rises_to_the_right_and_a_flat_one_runs_through_the_middle() -> None:
    assert charts.spark_points([1, 2, 3]) == [(4.0, 22.0), (42.0, 13.0), (80.0, 4.0)]
    assert charts.spark_points([5, 5]) == [(4.0, 13.0), (80.0, 13.0)]


def test_a_ring_shows_what_was_carried_over_paler() -> None:
    shape = drawn('{% ring 3 4 "stories" carried=1 label="3 of 4 stories" %}')
    assert re.findall(r'class="([cv])"[^>]*stroke-dasharray="([0-9.]+)', shape) == [("c", "160.2"), ("v", "106.8")]
    assert 'aria-label="3 of 4 stories"' in shape


def test_page_numbers_show_the_ends_and_the_neighbours() -> None:
    assert page_numbers(Paginator(range(611), 50), 4) == [1, 2, 3, 4, 5, 6, None, 13]


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/people/", {"q": "kirana", "page": "2"})
    page = Paginator(range(120), 50).get_page(2)
    links = re.findall(
        r'<a href="([^"]+)"', render_to_string("components/pagination.html", {"page_obj": page}, request)
    )
    assert links == ["?q=kirana&amp;page=1"] * 2 + ["?q=kirana&amp;page=3"] * 2


def test_one_page_needs_no_pages() -> None:
    page = Paginator(range(3), 50).get_page(1)
    assert render_to_string("components/pagination.html", {"page_obj": page}).strip() == ""


def test_finished_work_stops_asking() -> None:
    words = {"id": "work", "title": "Importing", "done": 600, "total": 600}
    assert "hx-get" in render_to_string("components/progress.html", {**words, "poll_url": "/there/"})
    assert "hx-get" not in render_to_string("components/progress.html", words)


def test_a_progress_bar_carries_plain_numbers() -> None:
    page = render_to_string("components/progress.html", {"id": "w", "title": "x", "done": 1200, "total": 50000})
    assert 'max="50000" value="1200"' in page
    assert "1,200 of 50,000" in page


@pytest.mark.parametrize("path", sorted(path.relative_to(TEMPLATES).as_posix() for path in PAGES))
def test_every_page_compiles(path: str) -> None:
    assert get_template(path)


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.name)
def test_every_component_lists_its_inputs_at_its_top(path: Path) -> None:
    assert path.read_text().startswith("{% comment %}")


def test_no_page_carries_styles_or_scripts_the_policy_would_refuse() -> None:
    refused = re.compile(
        r"""\sstyle=["']|\son(click|submit|change|input|load|error|focus|blur|key\w+|mouse\w+)=|<style"""
        r"""|<script(?![^>]*(\ssrc=|type="application/json"))"""
    )
    assert [str(path.relative_to(TEMPLATES)) for path in PAGES if refused.search(path.read_text())] == []
