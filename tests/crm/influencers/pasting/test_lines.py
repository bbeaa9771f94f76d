"""Finding accounts in whatever somebody pasted."""

import pytest

from crm.influencers.pasting.lines import people_in

MESSAGE = """Halo kak, ini daftarnya ya:
1. @Kirana.id, sudah pernah kerja sama
2) IG: bima_s dan TikTok @bima_s
https://www.tiktok.com/@tari?lang=id
tanya ke x@contoh.example. Terima kasih
oka
"""


def told(text: str, platform: str = "instagram") -> list[tuple[list[str], str]]:
    return [([":".join(account) for account in found.accounts], found.problem) for found in people_in(text, platform)]


def test_a_message_gives_its_accounts_and_names_the_lines_without() -> None:
    assert told(MESSAGE) == [
        ([], "no-handle"),
        (["instagram:kirana.id"], ""),
        (["instagram:bima_s", "tiktok:bima_s"], ""),
        (["tiktok:tari"], ""),
        ([], "no-handle"),
        ([], "no-handle"),
    ]


def test_in_a_list_a_bare_word_is_a_handle() -> None:
    assert told("Kirana.id\n\n  bima_s \n", "tiktok") == [(["tiktok:kirana.id"], ""), (["tiktok:bima_s"], "")]


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("instagram.com/kirana?igsh=abc", ["instagram:kirana"]),
        ("(https://www.instagram.com/kirana/)", ["instagram:kirana"]),
        ("https://youtube.com/@kirana", ["youtube:kirana"]),
        ("https://youtube.com/channel/UCabc", ["youtube:channel/ucabc"]),
        ("https://x.com/kirana/status/12", ["x:kirana"]),
        ("facebook.com/profile.php?id=12", ["facebook:12"]),
        ("https://www.threads.net/@kirana", ["threads:kirana"]),
        ("yt @kirana", ["youtube:kirana"]),
        ("IG: instagram.com/kirana", ["instagram:kirana"]),
        ("@kirana.", ["instagram:kirana"]),
        ("\u200b@kirana\u200b", ["instagram:kirana"]),
    ],
)
def test_every_platform_is_understood(text: str, accounts: list[str]) -> None:
    assert told(text) == [(accounts, "")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("https://www.instagram.com/p/Cabc/", "post-address"),
        ("https://vt.tiktok.com/ZS1", "short-address"),
        ("https://contoh.example/kirana", "unknown-address"),
        ("a@contoh.example", "no-handle"),
        ("@", "no-handle"),
        ("@...", "no-handle"),
        ("x" * 5_000, "no-handle"),
    ],
)
def test_what_names_nobody_says_why(text: str, problem: str) -> None:
    assert told(text) == [([], problem)]
