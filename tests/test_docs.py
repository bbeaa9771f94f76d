"""The documents say what the code does."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from scripts.states import PAGE, status_field, written

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_tables_of_states_are_those_of_the_code() -> None:
    page = PAGE.read_text()
    assert page == written(page), "Run `make docs`."


def test_every_table_of_moves_is_documented() -> None:
    with_moves = {
        f"{model._meta.app_label}.{model.__name__}"
        for app in ("crm", "campaigns")
        for model in apps.get_app_config(app).get_models()
        if hasattr(model, "MOVES")
    }
    assert with_moves == set(re.findall(r"<!-- moves: ([\w.]+) -->", PAGE.read_text()))


def test_every_state_of_a_reminder_is_documented() -> None:
    told = PAGE.read_text().split("## Reminder")[1]
    states = [value for value, _label in status_field(apps.get_model("crm", "Reminder")).flatchoices]
    assert re.findall(r"^\| [\w ]+ \| `(\w+)`", told, re.MULTILINE) == states


def test_every_noun_of_the_models_is_in_the_glossary() -> None:
    told = re.findall(r"^\|[^|]+\| `(\w+)` \|", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    there = [model.__name__ for app in ("crm", "campaigns") for model in apps.get_app_config(app).get_models()]
    assert sorted(told) == sorted(there)


def test_every_place_is_in_the_architecture() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text().split("| Place |")[1].split("\n\n")[0]
    told = [name for row in re.findall(r"^\|([^|]+)\|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]
    code = [path.read_text() for app in ("crm", "campaigns") for path in (ROOT / app).rglob("*.py")]
    there = [name for text in code for name in re.findall(r"""= Place\(\s*"(\w+)"\s*\)""", text)]
    assert sorted(told) == sorted(there)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_the_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_make_command_the_documents_name_exists() -> None:
    there = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for page in PAGES for word in re.findall(r"`make ([a-z0-9-]+)", page.read_text())}
    assert named - there == set()


def test_every_manage_command_the_documents_name_exists() -> None:
    from django.core.management import get_commands

    named = {word for page in PAGES for word in re.findall(r"manage\.py ([a-z_]+)", page.read_text())}
    assert named - set(get_commands()) == set()


def test_the_health_addresses_are_the_documented_ones() -> None:
    told = (ROOT / "docs" / "operations.md").read_text()
    assert [f"`{reverse(name)}`" in told for name in ("healthz", "readyz")] == [True, True]


def test_the_readme_stays_one_screen_with_one_picture_and_one_command() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()
    assert len(lines) <= 50, "What is longer belongs into docs/."
    assert (len([line for line in lines if line.startswith("![")]), lines.count("make demo")) == (1, 1)


def test_every_picture_is_shown_and_small() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text())
    }
    sizes = {path.resolve(): path.stat().st_size for path in (ROOT / "docs" / "img").iterdir()}
    assert set(sizes) == shown
    assert [path.name for path, size in sizes.items() if size > 60_000] == []
    assert sum(sizes.values()) <= 700_000


def test_every_document_can_be_found_from_the_table_of_documents() -> None:
    table = ROOT / "docs" / "README.md"
    told = {(table.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+)\)", table.read_text())}
    there = {path.resolve() for path in (ROOT / "docs").glob("**/*.md") if path.parent.name != "decisions"}
    assert sorted(path.name for path in there - told - {table.resolve()}) == []
