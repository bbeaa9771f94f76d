"""Every rule of the catalogue, in both languages, with the traps that look like a hit."""

import datetime as dt

import pytest

from campaigns.approvals.checking.asked import Clash, Code, Limit, Link, Posting, Seen, Word
from campaigns.approvals.checking.rules import CATALOGUE, judge, normalised, same_after
from tests.campaigns.approvals.checking.worlds import COSMETIC, SEEDED, asked, found, outcomes, quotes

OWN = Code("LUMISALSA", dt.date(2026, 2, 1), dt.date(2026, 2, 28), "15 %")
LED = Link(True, ("https://go.example/l/abc23/",), frozenset({"lumi.id", "go.example"}))
NOON = dt.datetime(2026, 2, 14, 5, 0, tzinfo=dt.UTC)


def test_every_rule_of_the_catalogue_is_a_row_and_every_row_a_rule() -> None:
    assert {code for code, _look in CATALOGUE} | {"CAP-20"} == set(SEEDED.rules)


def test_only_label_code_and_claim_hold() -> None:
    held = {code for code, rows in SEEDED.rules.items() if any(row and row.holds for row in rows.values())}
    assert held == {"CAP-05", "CAP-08", "CAP-12", "CAP-13"}


# ---- CAP-01, CAP-02 ---------------------------------------------------------------------------------------------------

SCIENTIST = "✨ Glow 👩‍🔬 test"


@pytest.mark.parametrize(("counting", "outcome"), [("codepoint", "pass"), ("utf16", "fail"), ("grapheme", "pass")])
def test_length_is_counted_as_the_platform_counts(counting: str, outcome: str) -> None:
    assert outcomes("CAP-01", SCIENTIST, limit=Limit("X", 15, counting=counting)) == [outcome]


def test_what_is_too_long_is_marked_from_the_first_sign_too_many() -> None:
    [hit] = found("CAP-01", "✨ Glow 👩‍🔬 test", limit=Limit("X", 15))
    assert (hit.start, hit.end, hit.quoted) == (13, 15, "st")
    assert hit.said_en == "17 characters, and at most 15 fit. Cut what is marked."


def test_without_a_limit_length_is_not_checked() -> None:
    assert outcomes("CAP-01", "a", limit=None) == ["skip"]


def test_hashtags_count_once_whatever_their_case() -> None:
    assert outcomes("CAP-02", "#a #A #ä #b #c #d") == ["pass"]
    assert quotes("CAP-02", "#a #b #c #d #e #f #g") == ["#f"]


# ---- CAP-03, CAP-04 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "outcome"),
    [
        ("x #lumiramadanglow.", "pass"),
        ("#LumiRamadanGlow2", "fail"),
        ("LumiRamadanGlow", "fail"),
        ("#LumiRamadan", "fail"),
    ],
)
def test_a_hashtag_of_the_brief_is_exactly_that(caption: str, outcome: str) -> None:
    assert outcomes("CAP-03", caption, hashtags=("#LumiRamadanGlow",)) == [outcome]


@pytest.mark.parametrize(
    ("caption", "outcome"),
    [
        ("sama @lumi.id", "pass"), ("sama @LUMI.ID.", "pass"), ("sama @lumi.id. Yuk", "pass"), ("(@lumi.id)", "pass"),
        ("@lumi.id_beauty", "fail"), ("@lumi.id.store", "fail"), ("lumi.id", "fail"), ("halo@lumi.id", "fail"),
    ],
)  # fmt: skip
def test_an_account_of_the_brief_is_exactly_that(caption: str, outcome: str) -> None:
    assert outcomes("CAP-04", caption, mentions=("@lumi.id",)) == [outcome]


# ---- CAP-05, CAP-08 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caption",
    ["#ad", "#ad.", "(#ad)", "Halo #AD!", "#iklan", "＃iklan bersama", "Iklan: serum", "kerja  sama\nberbayar"],
)
def test_a_label_of_its_own_says_it_is_an_ad(caption: str) -> None:
    assert outcomes("CAP-05", caption) == ["pass"]


@pytest.mark.parametrize(
    "caption",
    ["#adidas", "#adorable", "#ad_brand", "##ad", "madu", "periklanan", "bukan iklan", "ini bukan #iklan", "tanpa iklan",
     "https://toko.id/iklan", "https://toko.id/x?#ad", "Suka banget"],
)  # fmt: skip
def test_what_only_looks_like_a_label_does_not(caption: str) -> None:
    assert outcomes("CAP-05", caption) == ["fail"]


def test_a_missing_label_holds_and_says_what_to_write() -> None:
    [hit] = found("CAP-05", "Suka banget")
    assert (hit.holds, hit.said_en) == (True, "Nothing says that it is an ad. Put #iklan at the beginning.")


def test_every_market_is_told_in_what_counts_there() -> None:
    assert [one.key for one in found("CAP-05", "#iklan serum", "ID", "US")] == ["us"]
    assert outcomes("CAP-05", "#ad serum", "ID", "US", "GB") == ["pass"]


@pytest.mark.parametrize(
    ("market", "caption", "outcome"),
    [("FR", "Publicité avec Lumi", "pass"), ("FR", "#ad", "fail"), ("DE", "Werbung", "pass"), ("IT", "#ad", "pass"),
     ("GB", "Paid promotion", "warn"), ("GB", "Gifted", "warn"), ("JP", "#ad", "pass"), ("JP", "x", "fail")],
)  # fmt: skip
def test_each_market_has_its_labels(market: str, caption: str, outcome: str) -> None:
    assert outcomes("CAP-05", caption, market) == [outcome]


def test_nothing_given_needs_no_label() -> None:
    assert outcomes("CAP-05", "Suka banget", is_paid=False) == ["skip"]


@pytest.mark.parametrize("caption", ["", "  \n"])
def test_without_words_somebody_looks(caption: str) -> None:
    assert outcomes("CAP-05", caption) == ["hand"]
    assert [one for one in judge(asked(caption)) if one.holds] == []


@pytest.mark.parametrize(
    "caption", ["#sp", "#Spon", "#collab", "#partner!", "#ambassador", "#gifted", "Thanks @lumi.id"]
)
def test_a_vague_label_alone_is_none(caption: str) -> None:
    assert outcomes("CAP-08", caption) == ["fail"]


@pytest.mark.parametrize("caption", ["#gifted #ad", "#partners", "#spring", "thanks mom", "collab", "suka #collabyuk"])
def test_a_vague_label_beside_a_clear_one_or_a_longer_word_is_fine(caption: str) -> None:
    assert outcomes("CAP-08", caption) == ["pass"]


# ---- CAP-06, CAP-07, CAP-09 -------------------------------------------------------------------------------------------


def test_the_label_ends_before_the_fold() -> None:
    assert outcomes("CAP-06", "x" * 120 + " #ad") == ["pass"]
    assert quotes("CAP-06", "x" * 121 + " #ad") == []
    assert quotes("CAP-06", "x" * 122 + " #ad") == ["#ad"]


def test_an_emoji_before_the_label_counts_as_the_platform_counts() -> None:
    assert outcomes("CAP-06", "😀" * 10 + " #ad", limit=Limit("X", 99, 23)) == ["fail"]
    assert outcomes("CAP-06", "😀" * 10 + " #ad", limit=Limit("X", 99, 24)) == ["pass"]


def test_the_label_is_within_the_first_three_lines() -> None:
    assert outcomes("CAP-06", "a\nb\n#ad") == ["pass"]
    assert outcomes("CAP-06", "a\nb\nc\n#ad") == ["fail"]


def test_where_everything_is_seen_there_is_no_fold() -> None:
    assert outcomes("CAP-06", "a\n" * 9 + "#ad", limit=Limit("X", 280)) == ["pass"]


@pytest.mark.parametrize(
    ("caption", "outcome"),
    [("x #a #b #ad", "warn"), ("#ad #a #b", "pass"), ("x #ad #a #b", "pass"), ("x #a #ad", "pass"), ("#a, #b, #ad", "pass"),
     ("#a #b #ad tapi juga #ad di sini", "pass"), ("#a\n#b\n#ad", "warn")],
)  # fmt: skip
def test_the_label_is_not_lost_in_a_row_of_hashtags(caption: str, outcome: str) -> None:
    assert outcomes("CAP-07", caption) == [outcome]


def test_american_law_is_stricter_about_a_lost_label() -> None:
    assert outcomes("CAP-07", "x #a #b #ad", "ID", "US") == ["fail"]


@pytest.mark.parametrize(
    ("caption", "outcome"), [("Ad: I love it", "pass"), ("My new #ad", "pass"), ("I love it so much #ad", "warn")]
)
def test_british_readers_see_the_label_among_the_first_words(caption: str, outcome: str) -> None:
    assert outcomes("CAP-09", caption, "GB") == [outcome]


def test_elsewhere_the_order_of_words_is_free() -> None:
    assert outcomes("CAP-09", "I love it so much #ad", "ID") == ["skip"]


# ---- CAP-10, CAP-11 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "outcome"),
    [("Iklan. I have been using this and it is the one for me", "warn"), ("#iklan this is the one for me", "pass"),
     ("iklan serum yang aku pakai tiap malam", "pass"), ("iklan glow", "skip")],
)  # fmt: skip
def test_the_label_is_in_the_language_of_the_caption(caption: str, outcome: str) -> None:
    assert outcomes("CAP-10", caption) == [outcome]


def test_the_switch_of_the_platform_is_asked_for_and_missed_once_it_is_out() -> None:
    assert outcomes("CAP-11", "#ad", platform="tiktok") == ["warn"]
    assert outcomes("CAP-11", "#ad", platform="tiktok", label_on=True) == ["pass"]
    assert outcomes("CAP-11", "#ad", platform="tiktok", is_live=True) == ["fail"]
    assert outcomes("CAP-11", "#ad", platform="threads") == ["skip"]


# ---- CAP-12 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caption",
    ["nyaman banget", "teman-teman", "di taman kota", "keamanan kulit", "topi baru", "laptop", "bebas ongkir ya",
     "bebas biaya kirim", "terima kasih", "ternyata cocok", "terbaru dari Lumi", "tank top", "aku paling suka",
     "obat nyamuk", "halal bihalal", "serum yang merawat"],
)  # fmt: skip
def test_words_that_only_look_forbidden_are_not(caption: str) -> None:
    assert quotes("CAP-12", caption) == []


@pytest.mark.parametrize(
    ("caption", "words"),
    [("Aman kok", ["Aman"]), ("AMPÚH!", ["AMPÚH"]), ("ter\u00adampuh", ["ter\u00adampuh"]), ("bisa diobati", ["diobati"]),
     ("pengobatan", ["pengobatan"]), ("bebas paraben", ["bebas"]), ("Noda hitam hilang.", ["Noda hitam hilang"]),
     ("mengobati jerawat", ["mengobati jerawat"]), ("noda\n hitam  hilang", ["noda\n hitam  hilang"]), ("#ampuh", ["#ampuh"[1:]]), ("serum terbaik", ["terbaik"]),
     ("tidak ada efek samping", ["tidak ada efek samping"]), ("satu-satunya", ["satu-satunya"]),
     ("removes dark spots", ["removes dark spots"]), ("the best serum", ["the best"]), ("𝗮𝗺𝗽𝘂𝗵", ["𝗮𝗺𝗽𝘂𝗵"])],
)  # fmt: skip
def test_forbidden_words_are_quoted_as_typed(caption: str, words: list[str]) -> None:
    assert quotes("CAP-12", caption) == words


def test_a_claim_holds_and_a_superlative_only_warns() -> None:
    assert [(one.quoted, one.outcome, one.holds) for one in found("CAP-12", "ampuh dan terbaik")] == [
        ("ampuh", "fail", True),
        ("terbaik", "warn", False),
    ]


def test_a_hit_says_where_it_stands_and_what_to_write_instead() -> None:
    caption = "#iklan bersama @lumi.id. Noda hitam hilang."
    [hit] = found("CAP-12", caption)
    assert (hit.start, hit.end, caption[25:42]) == (25, 42, "Noda hitam hilang")
    said = "“Noda hitam hilang” promises more than this kind of product may promise. Try “tampak tersamarkan”."
    assert hit.said_en == said


def test_what_the_brief_allows_may_be_said_and_what_it_forbids_may_not() -> None:
    assert quotes("CAP-12", "teruji aman, aman", claims=("teruji aman",)) == ["aman"]
    [hit] = found("CAP-12", "murah banget", words=(Word("murah", kind="brief"),))
    assert (hit.quoted, hit.said_en) == ("murah", "The brief says not to say “murah”.")


def test_a_competitor_is_named_and_a_proof_lets_a_word_pass() -> None:
    assert quotes("CAP-12", "bukan Cahaya Kulit", words=(Word("Cahaya Kulit", kind="rival", outcome="warn"),)) == [
        "Cahaya Kulit"
    ]
    proven = tuple(word for word in COSMETIC if word.term == "halal")
    assert quotes("CAP-12", "sudah halal", words=proven) == ["halal"]
    assert quotes("CAP-12", "sudah halal", words=(Word("halal", is_proven=True),)) == []


# ---- CAP-13, CAP-14 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("caption", ["Pakai kode LUMISALSA, hemat", "kode: lumisalsa!", "“LUMISALSA”"])
def test_her_code_is_there(caption: str) -> None:
    assert outcomes("CAP-13", caption, code=OWN, planned_at=NOON) == ["pass"]


@pytest.mark.parametrize(
    "caption", ["LUMISALSA10", "XLUMISALSA", "LUMI SALSA", "#LUMISALSA", "@lumisalsa", "LUMISALSA-2"]
)
def test_a_code_that_only_looks_like_hers_is_missing_hers(caption: str) -> None:
    assert outcomes("CAP-13", caption, code=OWN) == ["fail"]


def test_her_code_counts_on_the_day_she_posts() -> None:
    late = dt.datetime(2026, 2, 28, 17, 0, tzinfo=dt.UTC)
    assert outcomes("CAP-13", "LUMISALSA", code=OWN, planned_at=late) == ["fail"]
    assert outcomes("CAP-13", "LUMISALSA", code=OWN, planned_at=late - dt.timedelta(minutes=1)) == ["pass"]


def test_somebody_elses_code_is_named_and_a_name_is_no_code() -> None:
    others = frozenset({"KIRANA"})
    hits = found("CAP-13", "LUMISALSA atau KIRANA", code=OWN, foreign_codes=others)
    assert [(one.quoted, one.outcome, one.holds) for one in hits] == [
        ("KIRANA", "fail", True),
        ("LUMISALSA", "pass", False),
    ]
    assert outcomes("CAP-13", "bareng Kirana", foreign_codes=others) == ["skip"]


@pytest.mark.parametrize(
    "caption",
    [
        "beli di https://go.example/l/abc23",
        "go.example/l/abc23/.",
        "Link di bio ya",
        "the link in bio",
        "klik stiker link",
    ],
)
def test_a_tracked_address_or_where_it_is_found_leads_to_the_product(caption: str) -> None:
    assert outcomes("CAP-14", caption, link=LED) == ["pass"]


@pytest.mark.parametrize(
    ("caption", "hits"),
    [
        ("beli ya", [""]),
        ("link di bio, https://toko-lain.id/x", ["https://toko-lain.id/x"]),
        ("link di bio, lumi.id/dew?aff_id=7", ["lumi.id/dew?aff_id=7"]),
        ("link di bio, https://evil.example/lumi.id", ["https://evil.example/lumi.id"]),
        ("link di bio, https://lumi.id.evil.example", ["https://lumi.id.evil.example"]),
        ("link di bio, https://[::1", ["https://[::1"]),
    ],
)
def test_a_link_that_leads_elsewhere_or_pays_somebody_else_is_found(caption: str, hits: list[str]) -> None:
    assert quotes("CAP-14", caption, link=LED) == hits


@pytest.mark.parametrize(
    "caption", ["@lumi.id", "enak.Banget", "dr. Sari, 3.5 ml", "a.b@toko-lain.id", "shop.lumi.id/x"]
)
def test_what_is_no_foreign_link_is_left_alone(caption: str) -> None:
    assert quotes("CAP-14", caption, link=Link(hosts=frozenset({"lumi.id"}))) == []


# ---- CAP-15 to CAP-19, VID-01, STO-01 ---------------------------------------------------------------------------------

WINDOW = Posting(
    "Asia/Jakarta", dt.date(2026, 2, 10), dt.date(2026, 2, 14), dt.datetime(2026, 2, 12, 12, tzinfo=dt.UTC)
)


@pytest.mark.parametrize(
    ("at", "keys"),
    [
        ("2026-02-12T12:00+00:00", [""]), ("2026-02-12T11:59+00:00", ["embargo"]), ("2026-02-14T16:59+00:00", [""]),
        ("2026-02-14T17:00+00:00", ["after"]),
    ],
)  # fmt: skip
def test_it_goes_out_within_its_days_where_they_are_meant(at: str, keys: list[str]) -> None:
    hits = found("CAP-15", "x", planned_at=dt.datetime.fromisoformat(at), posting=WINDOW)
    assert [one.key for one in hits] == keys


def test_another_promise_stands_against_it() -> None:
    assert outcomes("CAP-16", "x", clashes=(Clash("clause 1"), Clash("clause 2", blocks=False))) == ["fail", "warn"]


def test_a_sentence_of_the_brief_stands_whatever_its_blanks_and_case() -> None:
    wanted = ("Hasil bisa berbeda pada tiap orang.",)
    assert outcomes("CAP-17", "x hasil  bisa\nberbeda pada tiap orang. y", statements=wanted) == ["pass"]
    assert outcomes("CAP-17", "hasil bisa beda", statements=wanted) == ["fail"]


def test_numbers_somebody_should_know_the_proof_of_are_listed() -> None:
    caption = "Cerah 3x, 90% kulit lembap dalam 7 hari, instan, cuma Rp 99.000 atau 99rb, SPF 50, 30 ml, instagram"
    assert quotes("CAP-18", caption) == ["90%", "7 hari", "instan", "Rp 99.000", "99rb"]


def test_what_her_code_gives_is_a_known_number() -> None:
    assert quotes("CAP-18", "hemat 15% dan 20 %", code=OWN) == ["20 %"]


def test_the_words_of_the_brief_are_not_hers() -> None:
    brief = "Serum ini menjaga kulit tetap lembap dari sahur sampai buka puasa"
    assert outcomes("CAP-19", brief + " ya", brief=brief) == ["warn"]
    assert outcomes("CAP-19", "Sahur tadi kulitku masih enak, padahal semalam lupa minum air", brief=brief) == ["pass"]
    assert outcomes("CAP-19", "Serum ini oke", brief=brief) == ["skip"]


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [(None, "hand"), (Seen(30, 10), "pass"), (Seen(31, 10), "fail"), (Seen(0, 9), "fail"), (Seen(0), "hand")],
)
def test_a_label_in_a_video_is_early_and_long_enough(seen: Seen | None, outcome: str) -> None:
    assert outcomes("VID-01", "x", is_video=True, seen=seen) == [outcome]


def test_every_frame_of_a_story_carries_the_label() -> None:
    assert outcomes("STO-01", "", is_story=True) == ["hand"]
    assert outcomes("STO-01", "", is_story=True, seen=Seen(frames=3, labelled=2)) == ["fail"]
    assert outcomes("STO-01", "", is_story=True, seen=Seen(frames=3, labelled=3)) == ["pass"]


# ---- CAP-20 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approved", "live"),
    [("Glow ✨\n\n#ad ", "Glow ✨️\n#ad"), ("cafe\u0301", "café"), ("a  b", "a b"), ("a\u200bb", "ab")],
)
def test_what_platforms_change_by_themselves_is_no_change(approved: str, live: str) -> None:
    assert same_after(approved, live) == []


def test_every_word_that_went_or_came_is_told() -> None:
    changed = same_after("#iklan Suka banget serumnya", "suka banget serumnya, kode X")
    assert [(one.kind, one.words) for one in changed] == [
        ("gone", "#iklan Suka"), ("new", "suka"), ("gone", "serumnya"), ("new", "serumnya, kode X"),
    ]  # fmt: skip
    assert normalised("A") != normalised("a")
