"""The check of translations finds what is missing, and the compiler writes what Django reads."""

import gettext
from pathlib import Path

import pytest
from django.core.management import load_command_class

from scripts.check_translations import faults, strings_in_code
from scripts.compile_messages import compile_messages

HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: id\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small tree with one string in code and several in a template."""
    (tmp_path / "crm" / "locale" / "id" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "crm" / "views.py").write_text('from x import gettext as _\nsaid = _("Ship it")\nother = f"{said}"\n')
    (tmp_path / "templates" / "page.html").write_text(
        "<p>don't</p>{% translate 'Sign in' %}\n  {% blocktranslate count n=n trimmed %}\n One\n  {% plural %}"
        "{{ n }} of them{% endblocktranslate %}\n{% translate 'May' context 'month' as may %}"
    )
    return tmp_path


def catalogue(house: Path, *entries: str) -> Path:
    path = house / "crm" / "locale" / "id" / "LC_MESSAGES" / "django.po"
    path.write_text(HEAD + "\n\n".join(entries) + "\n")
    return path


COMPLETE = (
    'msgid "Ship it"\nmsgstr "Kirim"',
    'msgid "Sign in"\nmsgstr "Masuk"',
    'msgid "One"\nmsgid_plural "%(n)s of them"\nmsgstr[0] "%(n)s buah"',
    'msgctxt "month"\nmsgid "May"\nmsgstr "Mei"',
)


def test_strings_are_found_in_code_and_templates_with_their_place(house: Path) -> None:
    assert strings_in_code(house) == {
        ("", "Ship it"): "crm/views.py:2",
        ("", "Sign in"): "templates/page.html:1",
        ("", "One"): "templates/page.html:2",
        ("month", "May"): "templates/page.html:5",
    }


def test_what_is_translated_at_once_is_found_and_gathered_too(house: Path) -> None:
    (house / "crm" / "views.py").write_text('from x import gettext as _now\nsaid = _now("Ship it")\n')
    assert strings_in_code(house)[("", "Ship it")] == "crm/views.py:2"
    assert "--keyword=_now" in load_command_class("crm", "makemessages").xgettext_options


def test_a_complete_catalogue_has_no_fault(house: Path) -> None:
    catalogue(house, *COMPLETE)
    assert faults(house) == []


def test_a_string_of_the_code_that_no_catalogue_has_is_named(house: Path) -> None:
    catalogue(house, *COMPLETE[1:])
    assert faults(house) == ["crm/views.py:2: not in any catalogue: 'Ship it'"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Ship it"\nmsgstr ""', "not translated: 'Ship it'"),
        ('#, fuzzy\nmsgid "Ship it"\nmsgstr "Kirim"', "fuzzy: 'Ship it'"),
    ],
)
def test_an_empty_or_fuzzy_translation_is_named(house: Path, entry: str, fault: str) -> None:
    catalogue(house, entry, *COMPLETE[1:])
    assert [line.split(": ", 1)[1] for line in faults(house)] == [fault]


def test_a_placeholder_that_got_lost_is_named(house: Path) -> None:
    lost = '#, python-format\nmsgid "Hello %(name)s"\nmsgstr "Halo %(nama)s"'
    catalogue(house, *COMPLETE, lost)
    assert len(faults(house)) == 1
    assert faults(house)[0].endswith("'Hello %(name)s'")


def test_compiled_files_are_what_gettext_reads(house: Path) -> None:
    source = catalogue(house, *COMPLETE)
    assert compile_messages(house) == [source.with_suffix(".mo")]
    with source.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    assert words.gettext("Ship it") == "Kirim"
    assert words.ngettext("One", "%(n)s of them", 5) == "%(n)s buah"
    assert words.pgettext("month", "May") == "Mei"


def test_what_is_compiled_already_is_left_alone(house: Path) -> None:
    catalogue(house, *COMPLETE)
    compile_messages(house)
    assert compile_messages(house) == []
