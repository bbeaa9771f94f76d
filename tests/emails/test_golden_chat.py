"""What partners read on WhatsApp, in both languages, word for word: `make golden` after a wanted change."""

import re
from pathlib import Path

import pytest

from crm.outbox.chat import chat_sample
from crm.outbox.kinds import KINDS, kind_of
from tests.emails.test_golden import same

GOLDEN = Path(__file__).parent / "golden_chat"
SPOKEN = [(name, language) for name in sorted(KINDS) if KINDS[name].from_a_person for language in ("en", "id")]


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_the_words_are_the_golden_ones(name: str, language: str) -> None:
    same(GOLDEN / f"{name}.{language}.txt", chat_sample(kind_of(name), language) + "\n")


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_it_is_short_calm_and_ends_with_the_link(name: str, language: str) -> None:
    kind, said = kind_of(name), chat_sample(kind_of(name), language)
    assert len(said) <= 400
    assert "\n--\n" not in said
    link = kind.late.get(kind.button_to, "page")
    assert said.endswith(f"\n${{late:{link}}}") is bool(kind.button_to)
    forbidden = r"!|\b(REMINDER|OVERDUE|kindly|deliverable|wajib|pelanggaran|Anda|e-mail)\b"
    assert re.findall(forbidden, said) == []


def test_no_golden_text_outlives_its_message() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{language}.txt" for name, language in SPOKEN}
