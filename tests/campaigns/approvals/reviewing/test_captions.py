"""Where a caption is cut by “more”."""

import pytest

from campaigns.approvals.reviewing.captions import place_of


@pytest.mark.parametrize(
    ("text", "fold", "place"),
    [
        ("Serum cocok buat puasa", 22, None),
        ("Serum cocok buat puasa", 18, 17),
        ("Serum cocok buat puasa", 17, 17),
        ("✨🧕 buat puasa", 4, 3),
        ("a" * 50, 40, 40),
        ("Serum", None, None),
    ],
)
def test_what_is_seen_at_once_ends_before_the_word_that_is_cut(text: str, fold: int | None, place: int | None) -> None:
    assert place_of(text, fold) == place
