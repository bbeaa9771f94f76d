"""Which column means what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.influencers.imports.mapping import (
    HEADINGS,
    ColumnMap,
    MappingError,
    Meaning,
    Target,
    fingerprint,
    guess,
    guess_platform,
    parse_target,
    recognised,
    target_of,
    to_remember,
    with_overrides,
)


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Nama KOL", "name"),
        ("Akun IG", "handle:instagram"),
        ("Akun TikTok", "handle:tiktok"),
        ("Jml Followers", "followers"),
        ("ER", "engagement_rate"),
        ("Niche / Kategori", "niche"),
        ("Kota", "city"),
        ("No. WA", "phone"),
        ("E-mail", "email"),
        ("Rate card", "rate_card"),
        ("Tgl lahir", "born_on"),
        ("Catatan", "notes"),
        ("AccountName", "handle"),
        ("Name", "name"),
        ("Subscribers", "followers"),
        ("Country", "country"),
        ("AuthenticEngagement", "authentic_engagements"),
        ("EngagementAverage", "engagements"),
        ("Category_1", "niche"),
        ("Category_2", "niche"),
        ("Views", "views"),
        ("Likes", "likes"),
        ("Comments", "comments"),
        ("Shares", "shares"),
        ("Followers TikTok", "followers:tiktok"),
        ("IG Followers", "followers:instagram"),
        ("ER (IG)", "engagement_rate:instagram"),
        ("Instagram", "handle:instagram"),
        ("Link YouTube", "handle:youtube"),
        ("nama akun ig", "handle:instagram"),
        ("  JUMLAH   FOLLOWERS ", "followers"),
        ("Platform", "platform"),
        ("No.", "skip"),
    ],
)
def test_a_heading_is_understood_in_both_languages(heading: str, target: str) -> None:
    assert str(target_of(heading)) == target


@pytest.mark.parametrize("heading", ["", "Ukuran sepatu", "Kota TikTok", "???", "Rate X"])
def test_a_heading_nobody_knows_is_not_guessed(heading: str) -> None:
    assert target_of(heading) is None


def test_no_two_meanings_claim_the_same_heading() -> None:
    words = [word for every in HEADINGS.values() for word in every.split("|")]

    assert sorted(words) == sorted(set(words))


@given(st.text(max_size=40))
def test_no_heading_breaks_the_guess(heading: str) -> None:
    target = target_of(heading)

    assert target is None or parse_target(str(target)) == target


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("instagram_2022_09.csv", "instagram"),
        ("Tik Tok oktober.xlsx", "tiktok"),
        ("export-IG-top1000.csv", "instagram"),
        ("ig vs tiktok.csv", ""),
        ("team_sheet_id.csv", ""),
        ("insight.csv", ""),
        ("x.csv", ""),
    ],
)
def test_a_file_name_may_say_the_platform(name: str, platform: str) -> None:
    assert guess_platform(name) == platform


def test_the_fingerprint_of_headings_does_not_depend_on_their_order_or_case() -> None:
    assert fingerprint(["Nama", "Akun IG"]) == fingerprint(["akun ig", " NAMA "])
    assert fingerprint(["Nama", "Akun IG"]) != fingerprint(["Nama", "Akun TikTok"])


def test_a_second_name_is_kept_as_a_note_and_unknown_columns_too() -> None:
    columns = guess(["Nama", "Name", "Ukuran sepatu"])

    assert [str(target) for target in columns.targets] == ["name", "keep", "keep"]


def test_what_was_chosen_before_wins_over_the_guess_in_any_order() -> None:
    chosen = ColumnMap((Target(Meaning.HANDLE, "tiktok"), Target(Meaning.SKIP)))
    remembered = to_remember(["Akun", "Kota"], chosen)

    assert [str(target) for target in guess(["Kota", "Akun"], remembered=remembered).targets] == [
        "skip",
        "handle:tiktok",
    ]


def test_columns_are_overruled_by_heading_or_number() -> None:
    header = ["Nama", "Akun", "Jml Followers"]

    columns = with_overrides(header, guess(header), {"akun": "tiktok", "3": "followers:tiktok"})

    assert [str(target) for target in columns.targets] == ["name", "handle:tiktok", "followers:tiktok"]


@pytest.mark.parametrize("text", ["umur", "followers:radio", "name:", "handle:instagram:x", ""])
def test_a_field_nobody_knows_is_refused(text: str) -> None:
    if text == "name:":
        assert parse_target(text) == Target(Meaning.NAME)
        return
    with pytest.raises(MappingError, match="is not a field"):
        parse_target(text)


def test_a_platform_is_needed_only_for_accounts_that_name_none() -> None:
    assert guess(["AccountName"]).needs_platform
    assert not guess(["AccountName"], platform="tiktok").needs_platform
    assert not guess(["Akun IG"]).needs_platform
    assert not guess(["Username", "Platform"]).needs_platform


def test_a_header_is_told_from_a_row_of_data() -> None:
    assert recognised(["Nama KOL", "Akun IG", "Kota"]) == 3
    assert recognised(["Sekar", "@sekar", "Malang"]) == 0
