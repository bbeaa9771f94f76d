"""What a caption is judged by, as plain facts, and what is found. Nothing here asks a database or a clock."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from campaigns.approvals.checking.typed import Span
from crm.timeline.record import in_language

PASS, WARN, FAIL, SKIP, HAND = "pass", "warn", "fail", "skip", "hand"
LONGEST_KEY, LONGEST_QUOTE, LONGEST_SAID = 80, 300, 400


@dataclass(frozen=True)
class Finding:
    """What one rule found. `sentence` is lazy and `params` fill it; `key` tells it from others of the same rule."""

    rule: str
    outcome: str
    sentence: Any
    params: Mapping[str, Any] = field(default_factory=dict)
    holds: bool = False
    start: int | None = None
    end: int | None = None
    quoted: str = ""
    key: str = ""
    source: str = ""
    source_url: str = ""
    to_her: Any = None
    """The same in words for the one who wrote it, where they differ."""

    @property
    def said_en(self) -> str:
        return in_language("en", self.sentence, self.params)[:LONGEST_SAID]

    @property
    def said_id(self) -> str:
        return in_language("id", self.sentence, self.params)[:LONGEST_SAID]

    def said_to_her(self, language: str) -> str:
        return in_language(language, self.to_her or self.sentence, self.params)

    @property
    def is_hit(self) -> bool:
        return self.outcome in (WARN, FAIL)


@dataclass(frozen=True)
class Rule:
    """One rule as the strictest of all markets has it. `numbers` are its thresholds and lists."""

    code: str
    outcome: str = FAIL
    holds: bool = False
    numbers: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    source_url: str = ""

    def clean(self, sentence: Any, at: Span | None = None, quoted: str = "", **params: Any) -> Finding:
        return self._found(PASS, sentence, params, at, quoted)

    def skipped(self, sentence: Any, **params: Any) -> Finding:
        return self._found(SKIP, sentence, params)

    def by_hand(self, sentence: Any, **params: Any) -> Finding:
        return self._found(HAND, sentence, params)

    def hit(
        self, sentence: Any, at: Span | None = None, quoted: str = "", key: str = "", outcome: str = "",
        source: tuple[str, str] | None = None, to_her: Any = None, **params: Any,
    ) -> Finding:  # fmt: skip
        """It is not as it should be. What only warns never holds."""
        weighs = outcome or self.outcome
        start, end = at or (None, None)
        named, where = source if source and source[0] else (self.source, self.source_url)
        return Finding(
            self.code, weighs, sentence, params, self.holds and weighs == FAIL, start, end, quoted[:LONGEST_QUOTE],
            key.casefold()[:LONGEST_KEY], named, where, to_her,
        )  # fmt: skip

    def _found(
        self, outcome: str, sentence: Any, params: Mapping[str, Any], at: Span | None = None, quoted: str = ""
    ) -> Finding:
        start, end = at or (None, None)
        return Finding(
            self.code,
            outcome,
            sentence,
            params,
            False,
            start,
            end,
            quoted[:LONGEST_QUOTE],
            "",
            self.source,
            self.source_url,
        )


@dataclass(frozen=True)
class Limit:
    """What a platform takes; nothing said is no limit."""

    name: str = ""
    longest: int | None = None
    fold: int | None = None
    hashtags: int | None = None
    counting: str = "utf16"
    source: tuple[str, str] | None = None


@dataclass(frozen=True)
class Label:
    """A token that says in one market that something is paid, or fails to say it."""

    text: str
    weight: str = "accepted"
    languages: frozenset[str] = frozenset()
    source: tuple[str, str] | None = None


@dataclass(frozen=True)
class Word:
    """A word or phrase that may not be said, with its forms and the phrases in which it is harmless."""

    term: str
    forms: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    instead: str = ""
    outcome: str = FAIL
    kind: str = "regulated"
    is_proven: bool = False
    source: tuple[str, str] | None = None


@dataclass(frozen=True)
class Code:
    """Her own voucher code in this campaign, and the days it counts."""

    text: str
    first_on: dt.date
    last_on: dt.date
    offer: str = ""


@dataclass(frozen=True)
class Link:
    """Where people should be led: the tracked address, and the hosts that may be named."""

    is_asked: bool = False
    tracked: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Posting:
    """When it may go out: the days of the campaign and her posting day, in the zone they are meant in."""

    zone: str = "Asia/Jakarta"
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    embargo_at: dt.datetime | None = None


@dataclass(frozen=True)
class Clash:
    """Another promise of hers that stands against posting it then."""

    key: str
    blocks: bool = True


@dataclass(frozen=True)
class Seen:
    """What somebody counted in the picture: where the label stands in a video, on how many frames of a story."""

    first_s: int | None = None
    for_s: int | None = None
    is_spoken: bool = False
    frames: int | None = None
    labelled: int | None = None


@dataclass(frozen=True)
class Asked:
    """One caption and everything the rules go by."""

    caption: str = ""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    limit: Limit | None = None
    limits: Mapping[int, Limit] = field(default_factory=dict)
    """What the other platforms take, by their keys."""
    platform: str = ""
    is_story: bool = False
    is_video: bool = False
    is_paid: bool = True
    label_on: bool = False
    is_live: bool = False
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    brief: str = ""
    markets: tuple[str, ...] = ()
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    """By market; a market without any goes by all of them."""
    words: tuple[Word, ...] = ()
    claims: tuple[str, ...] = ()
    code: Code | None = None
    foreign_codes: frozenset[str] = frozenset()
    link: Link = Link()
    planned_at: dt.datetime | None = None
    posting: Posting = Posting()
    clashes: tuple[Clash, ...] = ()
    seen: Seen | None = None

    @property
    def is_silent(self) -> bool:
        """Whether there are no words to look at: nobody typed any, or they stand on the picture."""
        return not self.caption.strip()
