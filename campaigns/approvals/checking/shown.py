"""What was found as pages show it: what holds first, what to know, what somebody looks at, what is clean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from campaigns.approvals.checking.actions import BY_EYE
from campaigns.approvals.checking.asked import FAIL, HAND, PASS, SKIP, WARN, Finding
from campaigns.approvals.models import CheckResult, ContentVersion
from crm.base.formats import when_zone

if TYPE_CHECKING:
    from crm.team.models import User

TONES = {PASS: "ok", WARN: "warn", FAIL: "bad", HAND: "hand", SKIP: "skip"}
ICONS = {PASS: "check-circle-fill", WARN: "exclamation-circle-fill", FAIL: "x-circle-fill", HAND: "eye", SKIP: "dash"}
NOT_HERS = ("CAP-16",)
"""What is about other brands stays with us."""


@dataclass(frozen=True)
class Line:
    """One finding in the reader's language."""

    rule: str
    outcome: str
    said: str
    holds: bool = False
    quoted: str = ""
    start: int | None = None
    end: int | None = None
    source: str = ""
    source_url: str = ""
    platform: str = ""
    waived: str = ""
    waive_url: str = ""
    note_url: str = ""

    @property
    def is_let_pass(self) -> bool:
        return bool(self.waived)

    @property
    def is_hit(self) -> bool:
        return self.outcome in (WARN, FAIL) and not self.waived

    @property
    def tone(self) -> str:
        return "ok" if self.waived else TONES[self.outcome]

    @property
    def icon(self) -> str:
        return "check-circle-fill" if self.waived else ICONS[self.outcome]

    @property
    def is_seen(self) -> bool:
        """Whether somebody may enter what they saw."""
        return self.rule in BY_EYE

    @property
    def place(self) -> str:
        """Characters 114 to 130, counted from one."""
        if self.start is None or self.end is None or not self.quoted:
            return ""
        return _("characters %(first)d to %(last)d") % {"first": self.start + 1, "last": self.end}

    @property
    def weight(self) -> tuple[bool, ...]:
        """What holds first, then what is wrong, then what is to know."""
        return (not (self.is_hit and self.holds), not (self.is_hit and self.outcome == FAIL), not self.is_hit)


@dataclass(frozen=True)
class Panel:
    """Everything found, in the order somebody reads it."""

    hits: Sequence[Line] = ()
    by_hand: Sequence[Line] = ()
    clean: Sequence[Line] = ()
    left_out: Sequence[Line] = ()
    again_url: str = ""
    tick_url: str = ""
    try_url: str = ""

    @property
    def holding(self) -> int:
        return sum(line.holds and line.outcome == FAIL for line in self.hits)

    @property
    def label(self) -> str:
        if self.holding:
            return ngettext("%(n)d holds Approve", "%(n)d hold Approve", self.holding) % {"n": self.holding}
        if self.hits:
            return ngettext("%(n)d to know", "%(n)d to know", len(self.hits)) % {"n": len(self.hits)}
        return _("All clear") if self.clean or self.by_hand else _("Not looked at yet")

    @property
    def tone(self) -> str:
        if self.holding:
            return "bad"
        return "warn" if self.hits else ("ok" if self.clean else "mute")


@dataclass(frozen=True)
class Piece:
    """A piece of a caption, marked when something was found in it."""

    text: str
    tone: str = ""
    said: str = ""


def lines_of(found: Iterable[Finding]) -> list[Line]:
    """Findings nobody kept, as lines."""
    is_id = get_language() == "id"
    return [
        Line(
            one.rule, one.outcome, one.said_id if is_id else one.said_en, one.holds, one.quoted, one.start, one.end,
            one.source, one.source_url,
        )
        for one in found
    ]  # fmt: skip


def checks_of(version: ContentVersion) -> list[Line]:
    """What was found in a version last, what holds first. One query."""
    rows = CheckResult.objects.filter(version=version).select_related("platform", "waived_by").order_by("rule", "pk")
    return sorted(map(line_of, rows), key=lambda line: line.weight)


def page_of(version: ContentVersion) -> str:
    return reverse("review", args=[version.pk])


def line_of(row: CheckResult) -> Line:
    """One finding that was kept."""
    waived = ""
    if row.waived_at is not None:
        said = {"who": row.waived_by or "Mitra", "when": when_zone(row.waived_at), "why": row.waive_reason}
        waived = _("Let pass by %(who)s, %(when)s: %(why)s") % said
    return Line(
        row.rule, row.outcome, row.said_id if get_language() == "id" else row.said_en, row.holds, row.quoted, row.start,
        row.end, row.source, row.source_url, row.platform.name if row.platform else "", waived,
        reverse("check-waive", args=[row.pk]), f"{reverse('review', args=[row.version_id])}?about={row.pk}#write",
    )  # fmt: skip


def panel_from(lines: Sequence[Line], **links: str) -> Panel:
    """The lines in their groups."""
    return Panel(
        hits=sorted((line for line in lines if line.is_hit), key=lambda line: line.weight),
        by_hand=_together([line for line in lines if line.outcome == HAND]),
        clean=[line for line in lines if line.outcome == PASS or line.is_let_pass],
        left_out=_together([line for line in lines if line.outcome == SKIP]),
        **links,
    )


def _together(lines: Iterable[Line]) -> list[Line]:
    """Rules that say the same in one line."""
    found: dict[tuple[str, str], Line] = {}
    for line in lines:
        there = found.get((line.said, line.platform))
        found[line.said, line.platform] = replace(there, rule=f"{there.rule}, {line.rule}") if there else line
    return list(found.values())


def for_version(version: ContentVersion, user: "User") -> Panel:
    """The panel of the review page, with what this colleague may do."""
    lines = checks_of(version)
    links = {}
    if user.has_perm("campaigns.review"):
        links["again_url"] = reverse("check-again", args=[version.pk])
        if any(line.is_seen and line.outcome != SKIP for line in lines):
            links["tick_url"] = reverse("check-tick", args=[version.pk])
    return panel_from(lines, **links)


def marked(caption: str, lines: Iterable[Line]) -> list[Piece]:
    """The caption in pieces; where two findings meet, the first one is marked."""
    pieces, done = [], 0
    placed = [line for line in lines if line.is_hit and line.start is not None and line.end is not None]
    for line in sorted(placed, key=lambda one: (one.start or 0, -(one.end or 0))):
        start, end = line.start or 0, line.end or 0
        if start < done or end <= start:
            continue
        pieces += [Piece(caption[done:start])] if start > done else []
        pieces.append(Piece(caption[start:end], line.tone, line.said))
        done = end
    return [*pieces, Piece(caption[done:])] if done < len(caption) else pieces


def for_her(found: Iterable[Finding]) -> list[Finding]:
    """What she may still mend, what holds first. Nothing of it keeps her from handing in."""
    hits = [one for one in found if one.is_hit and one.rule not in NOT_HERS]
    return sorted(hits, key=lambda one: (not one.holds, one.outcome != FAIL))
