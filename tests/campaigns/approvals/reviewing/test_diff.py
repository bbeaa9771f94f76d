"""Two captions word by word, and where words stand again."""

from hypothesis import given
from hypothesis import strategies as st

from campaigns.approvals.reviewing.diff import (
    GONE,
    NEW,
    SAME,
    Bit,
    Range,
    Span,
    caption_diff,
    cut,
    of_new,
    of_old,
    positions,
)


def test_a_replaced_word_is_gone_and_another_came_each_with_its_place() -> None:
    assert caption_diff("Serum cocok buat puasa", "Serum nyaman buat puasa") == [
        Span(SAME, "Serum ", 0, 0),
        Span(GONE, "cocok ", 6, 6),
        Span(NEW, "nyaman ", 12, 6),
        Span(SAME, "buat puasa", 12, 13),
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_each_side_is_its_whole_caption_with_every_place_right(old: str, new: str) -> None:
    spans = caption_diff(old, new)
    for bits, caption in ((of_old(spans), old), (of_new(spans), new)):
        assert "".join(bit.text for bit in bits) == caption
        assert [caption[bit.at : bit.end] for bit in bits] == [bit.text for bit in bits]


def test_a_caption_is_cut_where_a_finding_and_the_fold_begin() -> None:
    bits = cut([Bit(SAME, "Noda hitam hilang. Cek bio", 0)], [Range(0, 17)], fold=19)
    assert bits == [
        Bit(SAME, "Noda hitam hilang", 0, is_found=True),
        Bit(SAME, ". ", 17),
        Bit(SAME, "Cek bio", 19, folds=True),
    ]


def test_words_are_found_again_where_they_stand_closest() -> None:
    caption = "Cek bio ya. Lalu CEK\nBIO lagi."
    assert positions("cek bio", caption, near=15) == (17, 24)
    assert positions("cek bio", caption, near=2) == (0, 7)


def test_words_that_are_gone_are_nowhere() -> None:
    assert positions("cek bio", "Pakai kode LUMI") is None
    assert positions("  ", "Pakai kode LUMI") is None
