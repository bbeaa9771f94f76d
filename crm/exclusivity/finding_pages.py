"""The list of findings, and one finding with both its sides: what its reader may know, and what she can do about it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.windows import Window
from crm.brands.models import Category
from crm.exclusivity.bars import bar_of, brands_of, world_of
from crm.exclusivity.conflicts import Conflict, judged, work_of
from crm.exclusivity.explaining import Explained, explain, free_people, sentence_for_client
from crm.exclusivity.masks import Sides, sides_of, whom_to_ask
from crm.exclusivity.models import BreachCase, Clause, Finding, FindingQuerySet
from crm.exclusivity.places import page_of_work
from crm.exclusivity.terms import Certainty
from crm.exclusivity.words import allowed_in_words, days_in_words, reason_in_words, sentence_of
from crm.influencers.models import Influencer
from crm.team.models import User

TONES = {
    Finding.Status.OPEN: "warn",
    Finding.Status.ACKNOWLEDGED: "info",
    Finding.Status.WAIVED: "info",
    Finding.Status.RESOLVED: "ok",
}
DONE = (Certainty.PUBLISHED, Certainty.OBSERVED)


@dataclass(frozen=True)
class FindingLine:
    """One line of the list."""

    finding: Finding
    sides: Sides
    days: str

    @property
    def standing(self) -> str:
        """The status as a word beside others; “open” alone is also a verb."""
        is_open = self.finding.status == Finding.Status.OPEN
        return _("To decide") if is_open else str(self.finding.get_status_display())

    @property
    def status_tone(self) -> str:
        return TONES.get(Finding.Status(self.finding.status), "mute")


@dataclass(frozen=True)
class FindingPage:
    """One finding, explained. `told` is missing where what it speaks of is no longer there."""

    line: FindingLine
    promise: str
    allowed: str
    work_url: str
    reasons: list[str]
    days_in_all: str
    told: Explained | None = None
    free: list[Influencer] = field(default_factory=list)
    for_client: str = ""
    case: BreachCase | None = None
    may: frozenset[str] = frozenset()


def findings_of(user: User, asked: dict[str, Any]) -> FindingQuerySet:
    """The findings a reader may know of, narrowed by what she chose."""
    rows = Finding.objects.visible_to(user).with_sides()
    rows = {"settled": rows.settled(), "asked": rows.asked_for()}.get(asked.get("part", ""), rows.unsettled())
    if asked.get("q"):
        rows = rows.filter(influencer__stage_name__icontains=asked["q"])
    if asked.get("person"):
        rows = rows.of_people([asked["person"]])
    if asked.get("severity"):
        rows = rows.filter(severity=asked["severity"])
    if asked.get("direction"):
        rows = rows.of_direction(asked["direction"])
    if asked.get("brand"):
        rows = rows.touching(asked["brand"].pk)
    return rows.latest_first() if asked.get("part") == "settled" else rows.worst_first()


def lines_of(findings: Iterable[Finding], user: User) -> list[FindingLine]:
    return [line_of(finding, user) for finding in findings]


def line_of(finding: Finding, user: User) -> FindingLine:
    return FindingLine(finding, sides_of(finding, user), _days(finding))


def _days(finding: Finding) -> str:
    if finding.overlap_start_at is None and finding.overlap_end_at is None:
        return ""
    overlap = Window(finding.overlap_start_at, finding.overlap_end_at)
    return days_in_words(*overlap.first_and_last(finding.clause.zone))


def page_of(finding: Finding, user: User, now: dt.datetime) -> FindingPage:
    """Everything there is to say about it, and what this colleague may do."""
    line = line_of(finding, user)
    clause = Clause.objects.with_scope().select_related("influencer").get(pk=finding.clause_id)
    conflict = conflict_of(finding, clause, now)
    told = explain([conflict], user, now)[0] if conflict else None
    free = _who_else(conflict, finding, user, now) if conflict else []
    return FindingPage(
        line=line,
        promise=sentence_of(clause) if line.sides.sees_promise else whom_to_ask(finding),
        allowed=allowed_in_words(clause) if line.sides.sees_promise else "",
        work_url=page_of_work(finding.engagement_ref, user) if line.sides.sees_work else "",
        reasons=[reason_in_words(code) for code in finding.reasons],
        days_in_all=_in_all(finding),
        told=told,
        free=free,
        for_client=_for_client(conflict, finding, free, clause) if conflict and line.sides.sees_work else "",
        case=BreachCase.objects.visible_to(user).filter(finding=finding).first(),
        may=may_do(finding, line.sides, user),
    )


def conflict_of(finding: Finding, clause: Clause, now: dt.datetime) -> Conflict | None:
    """The finding as it stands today; nothing when the work is gone or they no longer meet."""
    bar = bar_of(clause)
    mine = [one for one in work_of([finding.influencer_id], now) if one.ref == finding.engagement_ref]
    found = judged([(bar, one) for one in mine], world_of({one.brand for one in mine} | brands_of([bar])))
    return found[0] if found else None


def _who_else(conflict: Conflict, finding: Finding, user: User, now: dt.datetime) -> list[Influencer]:
    if conflict.engagement.certainty in DONE or not finding.is_unsettled:
        return []
    return free_people(conflict.engagement, finding.influencer, user, now)


def _for_client(conflict: Conflict, finding: Finding, free: Sequence[Influencer], clause: Clause) -> str:
    if conflict.engagement.certainty in DONE or not finding.is_unsettled:
        return ""
    spoken = conflict.engagement.categories or frozenset()
    category = Category.objects.filter(pk__in=spoken).first() or clause.categories.first()
    return sentence_for_client(finding.influencer.stage_name, free, category, finding.brand)


def _in_all(finding: Finding) -> str:
    if finding.overlap_days is None:
        return ""
    return ngettext("%(n)d day in all", "%(n)d days in all", finding.overlap_days) % {"n": finding.overlap_days}


def may_do(finding: Finding, sides: Sides, user: User) -> frozenset[str]:
    """What this colleague may decide here: only who works for the promised brand decides about its promise."""
    if not sides.sees_promise:
        return frozenset()
    may = set()
    if user.has_perm("crm.see_finding") and finding.may_be(Finding.Status.ACKNOWLEDGED):
        may.add("see")
    if user.has_perm("crm.waive_finding") and finding.is_unsettled:
        may |= {"allow", "no-conflict"}
    if user.has_perm("crm.waive_finding") and finding.status == Finding.Status.FALSE_POSITIVE:
        may.add("open")
    if user.has_perm("crm.work_case") and finding.is_unsettled:
        may.add("case")
    return frozenset(may)


def waits_for(finding: Finding, user: User) -> str:
    """What a second person is asked, where somebody wants to allow it."""
    if not finding.wished_why or not finding.is_unsettled:
        return ""
    who = {"who": finding.wished_by or _("Somebody"), "why": finding.wished_why}
    if finding.wished_by_id == user.pk:
        return _("You want to allow it: %(why)s. Somebody else who may decide has to agree.") % who
    return _("%(who)s wants to allow it: %(why)s. It is allowed once a second person agrees.") % who
