"""Whatever anybody types: no rule fails, places lie within the caption, and normal forms stay as they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.approvals.checking.asked import Limit, Link
from campaigns.approvals.checking.rules import judge, normalised, same_after
from campaigns.approvals.checking.typed import Typed, plain
from campaigns.briefs.counting import length
from tests.campaigns.approvals.checking.test_rules import NOON, OWN
from tests.campaigns.approvals.checking.worlds import asked

PIECES = st.sampled_from(
    ["#ad", "#iklan", "ampuh", "noda hitam hilang", "@lumi.id", "LUMISALSA", "https://", "x.id/?ref=1", "\u200d", "\ufe0f",
     "\u0301", "ﬃ", "İ", "ß", "＃", "\n", " ", "90%", "7 hari", "👩‍🔬", "🇮🇩", "\u00ad", "\ud800", "link in bio"]
)  # fmt: skip
TEXT = st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=6)), max_size=25).map("".join)


@settings(max_examples=60)
@given(TEXT)
def test_no_text_breaks_a_rule_and_every_place_is_where_it_says(text: str) -> None:
    known = asked(
        text, "ID", "US", "GB", hashtags=("#Lumi",), mentions=("@lumi.id",), statements=("Hasil bisa berbeda",), code=OWN,
        foreign_codes=frozenset({"KIRANA"}), link=Link(True, ("https://a.id/l/x/",), frozenset({"a.id"})), planned_at=NOON,
        limit=Limit("X", 10, 5, 1), brief=text, is_video=True,
    )  # fmt: skip
    for one in judge(known):
        assert one.said_en and one.said_id
        if one.start is not None and one.end is not None:
            assert 0 <= one.start <= one.end <= len(text)
            assert one.quoted == text[one.start : one.end][:300]


@settings(max_examples=60)
@given(TEXT)
def test_making_it_plain_or_normal_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert normalised(normalised(text)) == normalised(text)
    assert same_after(text, text) == []


@settings(max_examples=60)
@given(TEXT)
def test_no_way_of_counting_counts_less_than_what_is_seen(text: str) -> None:
    assert length(text, "grapheme") <= length(text, "codepoint") <= length(text, "utf16")


@given(TEXT, st.text(st.characters(), max_size=8))
def test_a_word_that_stands_by_itself_is_found_where_it_is(before: str, after: str) -> None:
    text = f"{before} ampuh {after}"
    assert (len(before) + 1, len(before) + 6) in Typed(text).says("ampuh")


@given(st.sampled_from("abcdefghijklmnopqrstuvwxyz_0123456789"))
def test_a_letter_beside_a_word_makes_it_another(letter: str) -> None:
    assert Typed(f"{letter}ampuh").says("ampuh") == Typed(f"ampuh{letter}").says("ampuh") == []
