"""What is read of a mail: the words somebody wrote herself, whatever program she wrote them in, and never an exception."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.inbox.automatic import back_on
from crm.inbox.mime import LONGEST_HEAD, TOO_DEEP, Unreadable, read
from crm.inbox.quotes import own_words
from tests.crm.inbox.conftest import CORPUS, OURS, eml

OWN_WORDS = {
    "reply_gmail_en": "Hi Dinda, the draft is ready, I will upload it tonight.\n\nKirana",
    "reply_gmail_id": "Halo Kak Dinda, drafnya sudah jadi, nanti malam aku unggah ya 🙏",
    "reply_outlook_en": "Could I have until Monday? My café shoot moved.",
    "reply_outlook_id_html": "Boleh mundur sampai Senin, Kak?\nAku masih di Lombok.",
    "reply_apple_mail": "Done, it is on the page.",
    "reply_apple_id": "Sudah aku kirim ya Kak.",
    "reply_yahoo_id": "Maaf Kak, baru baca. Besok pagi aku kirim.",
    "reply_below_the_quote": "Friday is fine. I send two versions.",
    "reply_between_the_lines": "Yes.\nOn Saturday.",
    "reply_signature": "OK, thank you.",
    "broken_charset": "Kafé besok?",
    "broken_latin_as_utf8": "Kafé besok?",
    "broken_no_boundary": "No parts at all, only words.",
    "null_bytes": "Siap Kak",
    "html_only_script": "Siap, Kak!\nBesok ya.",
    "forwarded_mail_inside": "Lihat terlampir.",
    "no_head_at_all": "Hanya isi.",
    "empty": "",
}


@pytest.mark.parametrize(("name", "words"), OWN_WORDS.items())
def test_her_own_words_are_found(name: str, words: str) -> None:
    assert own_words(read(eml(name)).text) == words


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.eml")))
def test_nothing_in_the_corpus_breaks_the_reader(name: str) -> None:
    try:
        found = read(eml(name))
    except Unreadable as error:
        assert (name, str(error.said)) == (
            "deep_nesting",
            "The parts of this mail are nested deeper than in any real one. Its source is kept.",
        )
    else:
        assert "\x00" not in found.text + found.subject + found.from_name + found.from_address


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(list(CORPUS.glob("*.eml"))) >= 45


def test_the_head_of_a_reply_is_read() -> None:
    found = read(eml("reply_gmail_en"))
    assert (found.message_id, found.from_name, found.from_address, found.to_addresses, found.subject) == (
        "<CAG1@mail.contoh.example>", "Kirana Larasati", "kirana@contoh.example", ["jawaban@mitra.example"],
        "Re: Lumi Skincare: Reel draft, Fri 27 Nov",
    )  # fmt: skip
    assert found.answers[0] == OURS


def test_encoded_words_are_joined_and_broken_ones_do_no_harm() -> None:
    assert read(eml("broken_encoded_words")).subject == "Halo Kak 🙏 drafAâ("


def test_a_name_cannot_smuggle_in_a_header() -> None:
    found = read(eml("header_injection"))
    assert (found.from_name, found.subject) == ("Kirana Bcc: jahat@elsewhere.example", "Halo Bcc: x@elsewhere.example")


def test_raw_bytes_in_a_head_are_read_as_letters() -> None:
    found = read(eml("broken_raw_8bit_head"))
    assert (found.from_name, found.subject) == ("Kírana", "café début")


def test_files_are_named_without_being_looked_at() -> None:
    found = read(eml("with_files"))
    assert [one.name for one in found.enclosed] == ["insight.png", "winmail.dat", "bom.zip", "../../etc/passwd.png"]


def test_more_files_than_ten_are_counted_not_read() -> None:
    found = read(eml("many_files"))
    assert (len(found.enclosed), found.left_out) == (10, 3)


def test_a_head_longer_than_any_real_one_is_not_parsed() -> None:
    with pytest.raises(Unreadable, match="The head of this mail is longer than any real one"):
        read(b"X-Long: " + b"a" * LONGEST_HEAD + b"\n\nHalo")


HEAD = b"From: a@contoh.example\nMIME-Version: 1.0\n"
PARTED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
MONSTERS = {
    "a parameter as long as a book": HEAD + b'Content-Type: text/plain; x="' + b';"' * 5_000 + b"\n\nHalo",
    "the same in a part": PARTED + b'--b\nContent-Disposition: attachment; filename="' + b"a" * 9_000 + b"\n\nx",
    "the same, folded": HEAD + b"Content-Type: text/plain" + b";\n x=y" * 2_000 + b"\n\nHalo",
    "thousands of parts": PARTED + b"--b\n\n" * 1_100,
    "a million lines": PARTED + b"--b\n" + b"a: b\n" * 1_000_001,
    "mails in mails": HEAD + b"Content-Type: message/rfc822\n\n" * 61,
}


@pytest.mark.parametrize("raw", MONSTERS.values(), ids=MONSTERS)
def test_what_would_take_minutes_to_read_is_not_read(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read(raw)


def test_of_html_that_is_nested_without_end_only_the_beginning_is_read() -> None:
    found = read(HEAD + b"Content-Type: text/html\n\n" + b"<div>a" * 30_000)
    assert found.text.count("a") == 9_999


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("I am back on 3 December.", dt.date(2026, 12, 3)),
        ("Saya sedang cuti sampai 7 Desember 2026.", dt.date(2026, 12, 7)),
        ("Kembali 2026-12-01, terima kasih.", dt.date(2026, 12, 1)),
        ("Out until December 5th", dt.date(2026, 12, 5)),
        ("Cuti s.d. 30/11/2026", dt.date(2026, 11, 30)),
        ("Back on 4 January", dt.date(2027, 1, 4)),
        ("I will be back soon, on 31 February maybe", None),
        ("Our office opened on 3 December 2020", None),
    ],
)
def test_the_day_somebody_is_back_is_found(words: str, day: dt.date | None) -> None:
    assert back_on(words, dt.date(2026, 11, 24)) == day


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read(raw)
    except Unreadable:
        return


@given(st.text(max_size=1000))
def test_own_words_are_never_more_than_was_written(text: str) -> None:
    assert len(own_words(text)) <= len(text)


@pytest.mark.parametrize(
    "raw",
    [
        PARTED + b"--b\nContent-Type: multipart/mixed; boundary=c\n\n" * 30 + b"x\n" * 200_000,
        b"".join(b"Content-Type: multipart/mixed; boundary*=us-ascii''%x\n\n--%x\n" % (n, n) for n in range(61)),
        b"Content-Type: message/x\n\n" * 61,
    ],
    ids=["many boundaries over many lines", "boundaries by RFC 2231", "mails in mails"],
)
def test_what_would_keep_the_reader_busy_for_minutes_is_not_parsed(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(raw)
    assert refused.value.said == TOO_DEEP


def test_a_mail_of_many_parts_keeps_their_order() -> None:
    parts = b"".join(b"--b\nContent-Type: text/plain\n\n%d\n" % n for n in range(30))
    assert read(PARTED + parts + b"--b--\n").text.split() == [str(n) for n in range(30)]


def test_an_address_longer_than_any_server_takes_is_none() -> None:
    longest = b"a" * 64 + b"@" + b"b" * 189
    assert read(b"From: " + longest + b"\n\nHalo").from_address == longest.decode()
    assert read(b"From: " + longest + b"b\n\nHalo").from_address == ""
