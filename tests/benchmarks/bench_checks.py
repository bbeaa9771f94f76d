"""What looking at a caption costs, as a ratio to one regex pass over the same text in the same run.

    python -m tests.benchmarks.bench_checks [--rounds 300]

The rules are asked of captions in both languages, short and long, with everything seeded and a whole brief. The limit beside
them reads every word of the same captions once. Both answer in turns; medians of three are printed, never asserted.
"""

import argparse
import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.bench_settings")
os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
django.setup()

from campaigns.approvals.checking.asked import Asked, Link  # noqa: E402
from campaigns.approvals.checking.rules import CATALOGUE, judge, same_after  # noqa: E402
from tests.campaigns.approvals.checking.worlds import asked  # noqa: E402

SHORT = "#iklan bersama @lumi.id. Dua minggu puasa, serum ini nemenin terus ✨ Link di bio. #LumiRamadanGlow"
CLAIMS = "Akhirnya nemu serum! Noda hitam hilang dalam 7 hari, paling ampuh dan aman. #sp #glow #skincare #beauty #ramadan #x"
LONG = (
    "#ad I have been using Lumi Dew Serum for two weeks now and it is the one I reach for when the day was long. "
    "Kulitku tetap lembap dari sahur sampai buka, dan wanginya lembut banget 🌿\n\n"
) * 6
BRIEF = "Serum ini menjaga kulit tetap lembap dari sahur sampai buka puasa. Ceritakan dua minggu pertamamu. " * 4
WORDS = re.compile(r"\w+")
TURNS = 3


def captions() -> list[Asked]:
    """The same brief for each of them."""
    known = {
        "hashtags": ("#LumiRamadanGlow",), "mentions": ("@lumi.id",), "statements": ("Hasil bisa berbeda",),
        "brief": BRIEF, "link": Link(True, ("https://go.example/l/abc23/",), frozenset({"go.example", "lumi.id"})),
    }  # fmt: skip
    return [replace(asked(caption, "ID", "US"), **known) for caption in (SHORT, CLAIMS, LONG)]


def look(one: Asked) -> None:
    """The rules of a caption, and the one that compares two."""
    judge(one)
    same_after(one.caption, one.caption)


def microseconds(step: Callable[[Asked], object], one: Asked, rounds: int) -> float:
    started = time.process_time()
    for _round in range(rounds):
        step(one)
    return (time.process_time() - started) / rounds * 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    print(f"{len(CATALOGUE) + 1} rules, medians of {TURNS}, {rounds} rounds each")
    for one in captions():
        look(one)
        pairs = [
            (microseconds(look, one, rounds), microseconds(lambda it: WORDS.findall(it.caption), one, rounds))
            for _turn in range(TURNS)
        ]
        rules, limit = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(first / second for first, second in pairs)
        print(
            f"{len(one.caption):5} characters: {rules:8.1f} µs per caption, one regex pass {limit:6.1f} µs, ratio {ratio:5.1f}"
        )


if __name__ == "__main__":
    main()
