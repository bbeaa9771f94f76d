"""What makes a brief impossible: each rule with the place, and the traps that must not hit."""

import datetime as dt
from typing import Any

import pytest

from campaigns.briefs.checks import Facts, Limit, judge
from campaigns.briefs.counting import length, words_found
from campaigns.briefs.days_named import days_named
from campaigns.briefs.models import CaptionLimit
from campaigns.briefs.queries import checks_of, facts_of, limits_of
from campaigns.briefs.tags import clean_hashtags, clean_mentions
from campaigns.planning.models import Campaign
from crm.brands.models import Category, Product
from crm.influencers.models import Format
from crm.timeline.record import Actor
from tests.campaigns.briefs.conftest import said, written
from tests.factories import DeliverableFactory

REEL = Limit("Instagram Reel", longest=2200, hashtags=5, mentions=3)


def facts(**values: Any) -> Facts:
    given: dict[str, Any] = {"limits": [REEL], **values}
    return Facts(start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 12, 31), zone="Asia/Makassar", **given)


def told(content: Any, known: Facts) -> list[tuple[str, str, str]]:
    return [(one.rule, one.outcome, one.place) for one in judge(content, known)]


@pytest.mark.parametrize(("counting", "counted"), [("codepoint", 15), ("utf16", 17), ("grapheme", 13)])
def test_an_emoji_counts_as_the_platform_counts_it(counting: str, counted: int) -> None:
    assert length("✨ Glow 👩‍🔬 test", counting) == counted


def test_flags_and_skin_tones_are_one_visible_character_each() -> None:
    assert [length(text, "grapheme") for text in ("🇮🇩🇯🇵", "👍🏽", "é")] == [2, 1, 1]


def test_hashtags_are_tidied_and_each_stands_once() -> None:
    assert clean_hashtags("glow, #Glow  # lumi ##Kulit_Sehat #glow!") == ["#glow", "#lumi", "#Kulit_Sehat"]
    assert clean_mentions("@lumi.id, lumi.ID @@dewi.") == ["@lumi.id", "@dewi"]


def test_hashtags_and_the_label_together_must_fit_the_platform() -> None:
    five = ["#a", "#b", "#c", "#d", "#e"]
    assert told(said(hashtags=five), facts()) == []
    assert told(said(hashtags=five, disclosure="#iklan"), facts()) == [("CAP-02", "block", "hashtags")]
    assert told(said(hashtags=["#Iklan", *five[:4]], disclosure="#iklan"), facts()) == []
    assert told(said(hashtags=five, disclosure="iklan"), facts()) == []


def test_the_tightest_of_the_expected_formats_decides() -> None:
    threads = Limit("Threads post", longest=500, hashtags=1)
    found = judge(said(hashtags=["#a", "#b"]), facts(limits=[REEL, threads]))
    assert [one.text for one in found] == ["2 hashtags with the label; Threads post takes 1."]
    assert [one.way_out for one in found] == ["Take 1 out."]


def test_what_must_be_said_has_to_fit_into_the_caption() -> None:
    sentence = "a" * 270
    content = said(items=[(f"Write “{sentence}”", "must"), ("Smile “a lot”", "free")], disclosure="#ad")
    assert told(content, facts(limits=[Limit("X post", longest=275)])) == []
    assert told(content, facts(limits=[Limit("X post", longest=273)])) == [("CAP-01", "block", "items")]


def test_a_forbidden_word_in_the_briefs_own_words_is_refused_where_it_stands() -> None:
    content = said(
        forbidden=["Ampuh", "nomor satu"], caption="Serum yang AMPÚH", key_messages="Nomor\n satu", hashtags=["#ampuh"],
        claims=["ampuhnya"],
    )  # fmt: skip
    assert told(content, facts()) == [
        ("CAP-12", "block", "caption"), ("CAP-12", "block", "key_messages"), ("CAP-12", "block", "hashtags"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word"),
    [("nyaman, teman, taman, keamanan", "aman"), ("topi dan laptop", "top"), ("bebas ongkir dan bebas biaya", "bebas"),
     ("terima kasih, ternyata terbaru", "terbaik")],
)  # fmt: skip
def test_words_that_only_look_like_a_forbidden_one_are_fine(text: str, word: str) -> None:
    assert words_found(text, [word]) == []


def test_whole_words_are_found_beside_signs_and_phrases() -> None:
    assert words_found("Aman! Bebas jerawat.", ["aman", "bebas", "top"]) == ["aman", "bebas"]


@pytest.mark.parametrize(
    ("number", "found"),
    [("NA18230104521", 0), ("na18230104521", 0), ("", 1), ("NF18230104521", 1), ("NA1823010452", 1)],
)
def test_a_cosmetic_needs_its_notification_number(number: str, found: int) -> None:
    known = facts(is_cosmetic=True, products=[("Glow Serum", number)])
    assert told(said(), known) == [("BPOM-01", "block", "products")] * found


def test_something_given_needs_a_label() -> None:
    assert told(said(), facts(gives_something=True)) == [("CAP-05", "block", "disclosure")]
    assert told(said(disclosure="#ad"), facts(gives_something=True)) == []


def test_nothing_may_be_held_back_beyond_the_last_posting_day() -> None:
    late = dt.datetime(2026, 12, 4, 16, 0, tzinfo=dt.UTC)  # midnight of 5 December in Makassar
    assert told(said(embargo_at=late), facts()) == []
    known = facts(last_post_on=dt.date(2026, 12, 4))
    assert told(said(embargo_at=late), known) == [("CAP-15", "block", "embargo_at")]
    assert told(said(embargo_at=late - dt.timedelta(seconds=1)), known) == []


def test_what_only_deserves_a_word_blocks_nothing() -> None:
    musts = [(f"{n}. point", "must") for n in range(9)]
    content = said(
        items=[*musts, ("Put the link into your bio", "should")], upload_time="5 Januari 2027, 19.00",
        mentions=["@a", "@b", "@c", "@d"],
    )  # fmt: skip
    assert told(content, facts()) == [
        ("CAP-04", "warn", "mentions"), ("CAP-15", "warn", "upload_time"), ("CAP-14", "warn", "link"),
        ("MUST-01", "warn", "items"),
    ]  # fmt: skip


def test_days_are_read_in_both_languages() -> None:
    text = "2026-12-01, 2 Des 2026, 3 August 2026, 4/12/2026, 31 Feb 2026, 40.000"
    assert days_named(text) == [
        dt.date(2026, 8, 3), dt.date(2026, 12, 1), dt.date(2026, 12, 2), dt.date(2026, 12, 4),
    ]  # fmt: skip


def test_limits_are_dated_and_the_format_wins(db: None) -> None:
    story = Format.objects.get(platform__code="instagram", code="story")
    feed = Format.objects.get(platform__code="instagram", code="feed")
    shorts = Format.objects.get(platform__code="youtube", code="short")

    def hashtags(day: dt.date) -> list[int | None]:
        return [one.hashtags for one in limits_of([feed.pk, story.pk, shorts.pk], day)]

    assert hashtags(dt.date(2026, 11, 24)) == [5, 10, 15]
    assert hashtags(dt.date(2025, 11, 30)) == [30, 10, 15]
    assert CaptionLimit.objects.filter(source="").count() == 0


def test_planned_work_and_the_campaigns_products_are_held_against_it(
    campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    reel = Format.objects.get(platform__code="instagram", code="reel")
    DeliverableFactory(collaboration__campaign=campaign, format=reel, post_due_on=dt.date(2026, 12, 4))
    serum = Category.objects.get(slug="serum")
    campaign.products.add(Product.objects.create(brand=campaign.brand, name="Glow Serum", category=serum))
    known = facts_of(campaign)
    assert (known.products, known.is_cosmetic, known.last_post_on) == ([("Glow Serum", "")], True, dt.date(2026, 12, 4))
    draft = written(campaign, said(hashtags=["#a", "#b", "#c", "#d", "#e", "#f"]), now, actor)
    assert [(one.rule, one.outcome) for one in checks_of(draft, campaign)] == [
        ("CAP-02", "block"), ("BPOM-01", "block"), ("CAP-05", "block"),
    ]  # fmt: skip


def test_a_campaign_without_a_product_needs_a_notified_one_of_its_brand(campaign: Campaign) -> None:
    campaign.category = Category.objects.get(slug="skincare")
    campaign.save()
    assert (facts_of(campaign).products, facts_of(campaign).is_cosmetic) == ([], True)
    Product.objects.create(brand=campaign.brand, name="Glow Serum", notification_no="NA18230104521")
    assert facts_of(campaign).products == [("Glow Serum", "NA18230104521")]
