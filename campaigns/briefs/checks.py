"""What makes a brief impossible, and what somebody should know before it is released. Judging asks no database."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.briefs.content import Content, Level
from campaigns.briefs.counting import length, words_found
from campaigns.briefs.days_named import days_named
from crm.base.formats import day_words, when_zone
from crm.base.zones import local_date
from crm.brands.regulated import NOTIFICATION

BLOCK, WARN = "block", "warn"
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
LINKED = re.compile(r"(?<!\w)(?:link|tautan|swipe up)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """One finding: which rule, whether it refuses the release, where it is mended, what is wrong and the way out."""

    rule: str
    outcome: str
    place: str
    text: str
    way_out: str

    @property
    def is_block(self) -> bool:
        return self.outcome == BLOCK


@dataclass(frozen=True)
class Limit:
    """What one expected format takes; nothing said is no limit."""

    name: str
    longest: int | None = None
    hashtags: int | None = None
    mentions: int | None = None
    counting: str = "utf16"
    carries_link: bool = False


@dataclass(frozen=True)
class Facts:
    """What the campaign knows that the brief must fit."""

    start_on: dt.date
    end_on: dt.date
    zone: str
    limits: Sequence[Limit] = ()
    last_post_on: dt.date | None = None
    is_cosmetic: bool = False
    products: Sequence[tuple[str, str]] = ()
    """Products that need one, with their notification numbers."""
    gives_something: bool = False
    musts_at_most: int = 8


def judge(content: Content, facts: Facts) -> list[Found]:
    """All findings, those that refuse a release first."""
    found = [
        *_too_many_hashtags(content, facts),
        *_too_many_mentions(content, facts),
        *_too_long(content, facts),
        *_says_what_it_forbids(content),
        *_not_notified(facts),
        *_no_label(content, facts),
        *_embargo_too_late(content, facts),
        *_outside(content, facts),
        *_no_page(content, facts),
        *_too_many_musts(content, facts),
    ]
    return sorted(found, key=lambda one: not one.is_block)


def required_tags(content: Content) -> list[str]:
    """The hashtags a post must carry, the label among them when it is one."""
    tags = content.entries("hashtags")
    label = [word for word in content.words("disclosure").split() if word.startswith("#")]
    known = {tag.casefold() for tag in tags}
    return [*(word for word in label if word.casefold() not in known), *tags]


def mandatory_text(content: Content) -> str:
    """The words a caption cannot do without: label, hashtags, accounts, and sentences a must puts in quotes."""
    tags = required_tags(content)
    label = [word for word in content.words("disclosure").split() if not word.startswith("#")]
    quoted = [sentence for text in content.at_level(Level.MUST) for sentence in QUOTED.findall(text)]
    return " ".join([*label, *quoted, *content.entries("mentions"), *tags])


def _too_many_hashtags(content: Content, facts: Facts) -> Iterator[Found]:
    many = len(required_tags(content))
    for limit in facts.limits:
        if limit.hashtags is not None and many > limit.hashtags:
            over = many - limit.hashtags
            yield Found(
                "CAP-02", BLOCK, "hashtags",
                _("%(n)d hashtags with the label; %(where)s takes %(most)d.")
                % {"n": many, "where": limit.name, "most": limit.hashtags},
                ngettext("Take %(n)d out.", "Take %(n)d out.", over) % {"n": over},
            )  # fmt: skip


def _too_many_mentions(content: Content, facts: Facts) -> Iterator[Found]:
    many = len(content.entries("mentions"))
    for limit in facts.limits:
        if limit.mentions is not None and many > limit.mentions:
            yield Found(
                "CAP-04", WARN, "mentions",
                _("%(n)d accounts to mention; %(where)s takes %(most)d when a tool posts.")
                % {"n": many, "where": limit.name, "most": limit.mentions},
                _("Leave some to her."),
            )  # fmt: skip


def _too_long(content: Content, facts: Facts) -> Iterator[Found]:
    text = mandatory_text(content)
    for limit in facts.limits:
        counted = length(text, limit.counting)
        if limit.longest is not None and counted > limit.longest:
            yield Found(
                "CAP-01", BLOCK, "items",
                _("What the caption must say has %(n)d characters; %(where)s takes %(most)d.")
                % {"n": counted, "where": limit.name, "most": limit.longest},
                _("Ask for less: fewer hashtags and accounts, shorter sentences in quotes."),
            )  # fmt: skip


def _says_what_it_forbids(content: Content) -> Iterator[Found]:
    said = {
        "caption": content.words("caption"),
        "key_messages": content.words("key_messages"),
        "hashtags": " ".join(tag.lstrip("#") for tag in content.entries("hashtags")),
        "claims": "\n".join(content.entries("claims")),
    }
    for place, text in said.items():
        for word in words_found(text, content.entries("forbidden")):
            yield Found(
                "CAP-12", BLOCK, place,
                _("“%(word)s” stands here and among the words that must not be said.") % {"word": word},
                _("Take it out of one of the two."),
            )  # fmt: skip


def _not_notified(facts: Facts) -> Iterator[Found]:
    if not facts.is_cosmetic:
        return
    way_out = _("Enter it on the product, as on the pack: NA18230104521.")
    if not facts.products:
        yield Found(
            "BPOM-01", BLOCK, "products",
            _("A cosmetic may be advertised once it is notified, and no product here has a number."),
            _("Enter the product on the brand's page, with the number on its pack: NA18230104521."),
        )  # fmt: skip
    for name, number in facts.products:
        if not NOTIFICATION.fullmatch(number.strip().upper()):
            said = _("has no notification number") if not number.strip() else _("has a number that cannot be one")
            yield Found(
                "BPOM-01", BLOCK, "products",
                _("%(product)s is a cosmetic and %(said)s.") % {"product": name, "said": said}, way_out,
            )  # fmt: skip


def _no_label(content: Content, facts: Facts) -> Iterator[Found]:
    if facts.gives_something and not content.words("disclosure"):
        yield Found(
            "CAP-05", BLOCK, "disclosure", _("Something is given for the post, and no label says so."),
            _("Fill in the label, #iklan or #ad for example."),
        )  # fmt: skip


def _embargo_too_late(content: Content, facts: Facts) -> Iterator[Found]:
    last = facts.last_post_on or facts.end_on
    at = content.embargo_at
    if at is not None and local_date(at, facts.zone) > last:
        yield Found(
            "CAP-15", BLOCK, "embargo_at",
            _("Nothing may go out before %(when)s, and the last posting day is %(day)s.")
            % {"when": when_zone(at, facts.zone), "day": day_words(last)},
            _("Choose an earlier moment, or move the posting days."),
        )  # fmt: skip


def _outside(content: Content, facts: Facts) -> Iterator[Found]:
    for day in days_named(content.words("upload_time")):
        if not facts.start_on <= day <= facts.end_on:
            yield Found(
                "CAP-15", WARN, "upload_time",
                _("%(day)s is outside the campaign, which runs from %(start)s to %(end)s.")
                % {"day": day_words(day), "start": day_words(facts.start_on), "end": day_words(facts.end_on)},
                _("Correct the day here or the days of the campaign."),
            )  # fmt: skip


def _no_page(content: Content, facts: Facts) -> Iterator[Found]:
    if content.words("link"):
        return
    said = [content.words("caption"), *(item.text for item in content.items)]
    if any(limit.carries_link for limit in facts.limits) or any(LINKED.search(text) for text in said):
        yield Found(
            "CAP-14", WARN, "link", _("A link is asked for, and no page says where it leads."),
            _("Enter the product page."),
        )  # fmt: skip


def _too_many_musts(content: Content, facts: Facts) -> Iterator[Found]:
    musts = len(content.at_level(Level.MUST))
    if musts > facts.musts_at_most:
        yield Found(
            "MUST-01", WARN, "items",
            _("%(n)d musts; more than %(most)d leave her no room.") % {"n": musts, "most": facts.musts_at_most},
            _("Make some of them “if you can”, or leave them to her."),
        )  # fmt: skip
