"""Cells as people type them. The clock stands at 22 November 2026."""

from datetime import date
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.influencers.imports.values import (
    Account,
    DeclaredBar,
    Price,
    RateHabit,
    read_account,
    read_birth_date,
    read_city,
    read_count_cell,
    read_country,
    read_date,
    read_email,
    read_name,
    read_niches,
    read_notes,
    read_phone,
    read_price,
    read_rate,
)
from crm.influencers.imports.values.words import Niches

TODAY = date(2026, 11, 22)
NICHES = {"makeup": "make-up", "olahraga": "sport", "parenting": "parenting", "skincare": "skincare"}


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "NaN", "tidak ada", "#N/A", "?"])
def test_a_cell_that_says_nothing_reads_as_nothing_without_a_remark(text: str) -> None:
    nothing = (None, "", "")
    assert read_count_cell(text) == nothing
    assert read_rate(text, RateHabit()) == nothing
    assert read_account(text, "instagram") == nothing
    assert read_phone(text) == nothing
    assert read_email(text) == nothing
    assert read_price(text) == nothing
    assert read_date(text, TODAY) == nothing
    assert read_city(text) == nothing
    assert read_country(text) == nothing
    assert read_niches(text, NICHES) == Niches()
    assert read_notes(text, TODAY) == ("", False, None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("63,3 rb", 63300),
        ("1,8 jt", 1800000),
        ("475.8m", 475800000),
        ("0.89k", 890),
        ("88.219", 88219),
        ("46025", 46025),
        ("9K", 9000),
        ("154.8k", 154800),
        ("477.9M", 477900000),
        ("46025.0", 46025),
        (" 12 ", 12),
        ("1.2E+06", 1200000),
        ("1.23456k", 1235),
    ],
)
def test_followers_are_read_as_sheets_write_them(text: str, count: int) -> None:
    assert read_count_cell(text) == (count, "", "")


@pytest.mark.parametrize("text", ["banyak", "12.5", "10k-20k", "-5", "999999999999999"])
def test_what_is_no_count_is_remarked_with_its_text(text: str) -> None:
    assert read_count_cell(text) == (None, "count", text)


MIXED = RateHabit.of(["3,2%", "4,04 %", "12%", "2.37", "0.031", "-", ""])
FRACTIONS = RateHabit.of(["0.031", "0.02", "0.114"])
BELOW_ONE_PERCENT = RateHabit.of(["0,8%", "0,9%", "1,1%"])


@pytest.mark.parametrize(
    ("text", "habit", "reading"),
    [
        ("2.37", MIXED, (Decimal("2.37"), "", "")),
        ("3,2%", MIXED, (Decimal("3.2"), "", "")),
        ("4,04 %", MIXED, (Decimal("4.04"), "", "")),
        ("12%", MIXED, (Decimal(12), "", "")),
        ("0.031", MIXED, (Decimal("3.1"), "rate-fraction", "0.031")),
        ("0.031", FRACTIONS, (Decimal("3.1"), "rate-fraction", "0.031")),
        ("0,9", BELOW_ONE_PERCENT, (Decimal("0.9"), "rate-percent", "0,9")),
        ("0.031", RateHabit(), (Decimal("0.031"), "rate-percent", "0.031")),
        ("0,4%", MIXED, (Decimal("0.4"), "", "")),
        ("120%", MIXED, (None, "rate", "120%")),
        ("tinggi", MIXED, (None, "rate", "tinggi")),
    ],
)
def test_a_rate_follows_the_habit_of_its_column(
    text: str, habit: RateHabit, reading: tuple[Decimal | None, str, str]
) -> None:
    assert read_rate(text, habit) == reading


@pytest.mark.parametrize(
    ("text", "platform", "account"),
    [
        ("@oka.saputra99", "instagram", ("instagram", "oka.saputra99")),
        (" BAGAS.WIJAYA", "instagram", ("instagram", "bagas.wijaya")),
        ("instagram.com/fajar.puspita99?igsh=abc", "instagram", ("instagram", "fajar.puspita99")),
        ("https://www.instagram.com/zahra.rahayu/", "instagram", ("instagram", "zahra.rahayu")),
        ("@HTTPS://WWW.INSTAGRAM.COM/ZAHRA.RAHAYU/", "instagram", ("instagram", "zahra.rahayu")),
        ("https://www.instagram.com/stories/zahra.rahayu/3141/", "instagram", ("instagram", "zahra.rahayu")),
        ("https://www.tiktok.com/@eka.setiawan_id?lang=id", "tiktok", ("tiktok", "eka.setiawan_id")),
        ("tiktok.com/@eka/video/7301", "", ("tiktok", "eka")),
        ("https://m.youtube.com/@DapurSekar", "", ("youtube", "dapursekar")),
        ("youtube.com/c/DapurSekar/videos", "", ("youtube", "dapursekar")),
        ("https://www.youtube.com/channel/UCabc-12_x", "", ("youtube", "channel/ucabc-12_x")),
        ("https://x.com/oka_s", "", ("x", "oka_s")),
        ("twitter.com/Oka_S?s=20", "", ("x", "oka_s")),
        ("https://www.facebook.com/sekar.dapur", "", ("facebook", "sekar.dapur")),
        ("https://web.facebook.com/profile.php?id=1000042", "", ("facebook", "1000042")),
        ("https://www.threads.net/@sekar", "", ("threads", "sekar")),
        ("IG: @sekar", "instagram", ("instagram", "sekar")),
        ("433", "instagram", ("instagram", "433")),
        ("sekar.com", "instagram", ("instagram", "sekar.com")),
        ("kiet.ac.quy", "", ("", "kiet.ac.quy")),
    ],
)
def test_an_account_is_found_in_every_form(text: str, platform: str, account: tuple[str, str]) -> None:
    assert read_account(text, platform) == (Account(*account), "", "")


def test_an_address_of_another_platform_wins_over_the_column_and_is_remarked() -> None:
    assert read_account("tiktok.com/@sekar", "instagram") == (Account("tiktok", "sekar"), "other-platform", "tiktok")


def test_the_first_of_several_accounts_counts() -> None:
    assert read_account("@sekar, @sekar.dapur", "instagram") == (
        Account("instagram", "sekar"),
        "several",
        "@sekar.dapur",
    )


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("https://www.instagram.com/reel/Cx12/", "post-address"),
        ("https://www.instagram.com/p/Cx12/", "post-address"),
        ("https://vt.tiktok.com/ZS8/", "account"),
        ("https://linktr.ee/sekar", "account"),
        ("sekar lestari", "account"),
        ("@", "account"),
        ("menyusul ya kak!", "account"),
    ],
)
def test_what_is_no_account_is_remarked(text: str, remark: str) -> None:
    assert read_account(text, "instagram") == (None, remark, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("081276665755", "+6281276665755"),
        ("628579362957", "+628579362957"),
        ("8111172107", "+628111172107"),
        ("+62 813-9455-9593", "+6281394559593"),
        ("0813 9455 9593", "+6281394559593"),
        ("+62 (0) 813 9455 9593", "+6281394559593"),
        ("WA: 081276665755", "+6281276665755"),
        ("https://wa.me/6281276665755?text=hai", "+6281276665755"),
        ("'081276665755", "+6281276665755"),
        ("(021) 5794 1000", "+622157941000"),
        ("+60 12-345 6789", "+60123456789"),
    ],
)
def test_a_phone_number_becomes_e164(text: str, number: str) -> None:
    assert read_phone(text) == (number, "", "")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("8069582865", ("+628069582865", "phone-unassigned", "8069582865")),
        ("081276665755 / 081276665756", ("+6281276665755", "several", "081276665756")),
        ("6.28579E+11", (None, "phone-cut", "6.28579E+11")),
        ("12", (None, "phone", "12")),
        ("lewat manajer", (None, "phone", "lewat manajer")),
    ],
)
def test_a_doubtful_number_is_remarked(text: str, reading: tuple[str | None, str, str]) -> None:
    assert read_phone(text) == reading


@given(st.from_regex(r"(\+62|62|0|)8[0-9]{8,11}", fullmatch=True))
def test_the_short_way_for_indonesian_mobiles_agrees_with_the_numbering_plan(text: str) -> None:
    number, remark, _text = read_phone(text)

    assert number is not None
    parsed = phonenumbers.parse(number)
    assert parsed.country_code == 62
    assert (remark == "") == phonenumbers.is_valid_number(parsed)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("KIRANA@Contoh.Example", ("kirana@contoh.example", "", "")),
        ("mailto:sekar@contoh.example", ("sekar@contoh.example", "", "")),
        ("a@contoh.example; b@contoh.example", ("a@contoh.example", "several", "b@contoh.example")),
        ("sekar.wijaya_id@contoh", (None, "email", "sekar.wijaya_id@contoh")),
        ("sekar(at)contoh.example", (None, "email", "sekar(at)contoh.example")),
    ],
)
def test_an_e_mail_address_is_checked(text: str, reading: tuple[str | None, str, str]) -> None:
    assert read_email(text) == reading


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Rp1.500.000", Price(Decimal(1_500_000), Decimal(1_500_000))),
        ("750rb", Price(Decimal(750_000), Decimal(750_000))),
        ("1,5 juta", Price(Decimal(1_500_000), Decimal(1_500_000))),
        ("2jt/reel", Price(Decimal(2_000_000), Decimal(2_000_000), "reel")),
        ("2jt per 1 IG story", Price(Decimal(2_000_000), Decimal(2_000_000), "story")),
        ("500000 - 750000", Price(Decimal(500_000), Decimal(750_000))),
        ("500-750rb", Price(Decimal(500_000), Decimal(750_000))),
        ("1,5jt s/d 2jt nett", Price(Decimal(1_500_000), Decimal(2_000_000))),
        ("$250/reel", Price(Decimal(250), Decimal(250), "reel", "USD")),
    ],
)
def test_a_rate_card_is_read(text: str, price: Price) -> None:
    assert read_price(text) == (price, "", "")


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Nego", "negotiable"),
        ("nego tipis kak", "negotiable"),
        ("1 reel 3 story 2,8jt nett", "terms"),
        ("2jt/paket lengkap", "terms"),
        ("2M", "amount"),
        ("750000 - 500000", "terms"),
        ("mahal", "amount"),
    ],
)
def test_prices_said_in_words_stay_words(text: str, remark: str) -> None:
    assert read_price(text) == (None, remark, text)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("12/03/1996", date(1996, 3, 12)),
        ("1996-03-12", date(1996, 3, 12)),
        ("1996-03-12 00:00:00", date(1996, 3, 12)),
        ("5-Jan-99", date(1999, 1, 5)),
        ("17 Agustus 2001", date(2001, 8, 17)),
        ("Jumat, 17 Agustus 2001", date(2001, 8, 17)),
        ("17 August 2001", date(2001, 8, 17)),
        ("August 17, 2001", date(2001, 8, 17)),
        ("01.02.98", date(1998, 2, 1)),
        ("1 Mei 2000", date(2000, 5, 1)),
        ("9 Pebruari 1990", date(1990, 2, 9)),
        ("35136", date(1996, 3, 12)),
    ],
)
def test_a_date_is_read_day_first_in_both_languages(text: str, on: date) -> None:
    assert read_birth_date(text, TODAY) == (on, "", "")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("31/02/1998", (None, "impossible-date", "31/02/1998")),
        ("03/25/1996", (date(1996, 3, 25), "month-first", "03/25/1996")),
        ("2011-06-01", (date(2011, 6, 1), "minor", "2011-06-01")),
        ("2031-06-01", (None, "unlikely-birth", "2031-06-01")),
        ("1871-06-01", (None, "unlikely-birth", "1871-06-01")),
        ("1996", (None, "date", "1996")),
        ("17 Brumaire 2001", (None, "date", "17 Brumaire 2001")),
    ],
)
def test_a_doubtful_birth_date_is_remarked(text: str, reading: tuple[date | None, str, str]) -> None:
    assert read_birth_date(text, TODAY) == reading


def test_somebody_is_grown_up_on_the_eighteenth_birthday() -> None:
    assert read_birth_date("22/11/2008", TODAY).remark == ""
    assert read_birth_date("23/11/2008", TODAY).remark == "minor"


@pytest.mark.parametrize(
    ("text", "niches"),
    [
        ("make up", Niches(("make-up",))),
        ("skincare; make up", Niches(("skincare", "make-up"))),
        ("Make-Up/MAKE UP", Niches(("make-up",))),
        ("Parenting, kesehatan keluarga", Niches(("parenting",), ("kesehatan keluarga",))),
        ("bulu tangkis", Niches((), ("bulu tangkis",))),
    ],
)
def test_niches_are_found_one_or_several(text: str, niches: Niches) -> None:
    assert read_niches(text, NICHES) == niches


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Kota Malang", "Malang"),
        ("DKI Jakarta", "Jakarta"),
        ("jogja", "Yogyakarta"),
        ("MEDAN", "Medan"),
        ("Kota Kinabalu", "Kota Kinabalu"),
        ("Kabupaten Bandung", "Kabupaten Bandung"),
        ("Ujung Pandang", "Makassar"),
    ],
)
def test_a_city_gets_the_name_people_file_it_under(text: str, city: str) -> None:
    assert read_city(text) == (city, "", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Indonesia", "ID"),
        ("United States", "US"),
        ("Amerika Serikat", "US"),
        ("Turkey", "TR"),
        ("South Korea", "KR"),
        ("Syria", "SY"),
        ("Jepang", "JP"),
        ("sg", "SG"),
    ],
)
def test_a_country_is_known_in_both_languages(text: str, code: str) -> None:
    assert read_country(text) == (code, "", "")


def test_an_unknown_country_is_remarked() -> None:
    assert read_country("Wakanda") == (None, "country", "Wakanda")


@pytest.mark.parametrize(
    "text", ["JANGAN DIHUBUNGI", "jangan di hubungi dulu ya", "Do not contact", "DNC", "blacklist"]
)
def test_do_not_contact_is_understood(text: str) -> None:
    assert read_notes(text, TODAY) == (text, True, None)


@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("exclusive brand X s/d 30/06/2026", DeclaredBar("X", date(2026, 6, 30))),
        ("Eksklusif dengan Lumi sampai 1 Maret 2027", DeclaredBar("Lumi", date(2027, 3, 1))),
        ("exclusive with Lumi Skincare until 2027-03-01, ok", DeclaredBar("Lumi Skincare", date(2027, 3, 1))),
        ("eksklusif brand X s/d 30/06/27", DeclaredBar("X", date(2027, 6, 30))),
        ("exclusive brand X s/d 31/02/2026", None),
        ("sudah kirim sampel 2x", None),
    ],
)
def test_a_declared_exclusivity_is_offered(text: str, bar: DeclaredBar | None) -> None:
    assert read_notes(text, TODAY) == (text, False, bar)


def test_a_formula_is_no_name() -> None:
    formula = '=HYPERLINK("http://jahat.example")'

    assert read_name(formula) == (None, "formula", formula)
    assert read_name("  Sekar   Lestari ") == ("Sekar Lestari", "", "")


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text: str) -> None:
    for reading in (
        read_count_cell(text),
        read_rate(text, MIXED),
        read_account(text, "instagram"),
        read_account(text),
        read_phone(text),
        read_email(text),
        read_price(text),
        read_birth_date(text, TODAY),
        read_city(text),
        read_country(text),
        read_name(text),
    ):
        assert reading.value is None or reading.value != ""
    assert read_notes(text, TODAY).bar is None or text
    assert len(read_niches(text, NICHES).codes) <= len(NICHES)


@given(st.integers(min_value=0, max_value=99_999_999_999))
def test_every_plain_count_comes_back(count: int) -> None:
    assert read_count_cell(str(count)).value == count


@given(st.dates(min_value=date(1920, 1, 1), max_value=date(2008, 11, 1)))
def test_every_birth_date_comes_back_in_every_spelling(on: date) -> None:
    for spelling in (f"{on:%Y-%m-%d}", f"{on:%d/%m/%Y}", f"{on.day}.{on.month}.{on.year}", f"{on:%d %B %Y}"):
        assert read_birth_date(spelling, TODAY).value == on


@given(st.from_regex(r"[a-z0-9][a-z0-9_]{1,14}", fullmatch=True), st.sampled_from(["instagram", "tiktok", "threads"]))
def test_every_handle_comes_back_from_its_address(handle: str, platform: str) -> None:
    hosts = {"instagram": "instagram.com/", "tiktok": "tiktok.com/@", "threads": "threads.net/@"}
    reading = read_account(f"https://www.{hosts[platform]}{handle}?x=1", platform)

    assert reading.value in {Account(platform, handle), None}
    assert reading.value is not None or reading.remark == "post-address"
