"""The checklist of one person: each item with its standing check and what came before."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import day_words
from crm.influencers.models import Influencer
from crm.vetting.models import Check, CheckItem, HoldOverride

MOST_CHECKS = 300


@dataclass(frozen=True)
class Line:
    """One item, as it stands on a day."""

    item: CheckItem
    check: Check | None
    today: dt.date
    earlier: list[Check] = field(default_factory=list)

    @property
    def is_fail(self) -> bool:
        return self.check is not None and self.check.verdict == Check.Verdict.FAIL

    @property
    def is_over(self) -> bool:
        return self.check is not None and self.check.is_over(self.today)

    @property
    def is_open(self) -> bool:
        """Nobody has looked, or too long ago."""
        return self.check is None or self.is_over

    @property
    def override(self) -> HoldOverride | None:
        """Why an offer may go ahead all the same."""
        return getattr(self.check, "override", None)

    @property
    def is_holding(self) -> bool:
        return self.is_fail and self.item.is_hard and self.override is None

    @property
    def may_be_overridden(self) -> bool:
        """A fail that nobody has answered."""
        return self.is_fail and self.override is None

    @property
    def label(self) -> str:
        if self.check is None:
            return _("Not checked")
        return _("Too old") if self.is_over and not self.is_fail else self.check.get_verdict_display()

    @property
    def tone(self) -> str:
        if self.check is None:
            return ""
        return "warn" if self.is_over and not self.is_fail else self.check.tone


@dataclass(frozen=True)
class Checklist:
    """All items that are in force."""

    lines: list[Line]

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]

    @property
    def holding(self) -> list[Line]:
        return [line for line in self.lines if line.is_holding]

    @property
    def done(self) -> int:
        """How many items are checked and not too old."""
        return len(self.lines) - len(self.open)

    def counted(self, verdict: str) -> int:
        return sum(1 for line in self.lines if line.check and not line.is_over and line.check.verdict == verdict)

    @property
    def label(self) -> str:
        """The state in the fewest words: what holds first, then what is missing, then what is to be weighed."""
        if self.holding:
            return _("Offers held")
        if left := len(self.open):
            return ngettext("%(n)d to check", "%(n)d to check", left) % {"n": left}
        if failed := self.counted("fail"):
            return ngettext("%(n)d failed", "%(n)d failed", failed) % {"n": failed}
        if concerns := self.counted("concern"):
            return ngettext("%(n)d concern", "%(n)d concerns", concerns) % {"n": concerns}
        return _("Vetted")

    @property
    def tone(self) -> str:
        if self.holding:
            return "bad"
        if not self.done:
            return ""
        return "warn" if self.open or self.counted("fail") or self.counted("concern") else "ok"

    @property
    def until(self) -> str:
        """Until when it is good, once everything is checked."""
        ends = [line.check.expires_on for line in self.lines if line.check]
        if self.open or self.holding or not ends:
            return ""
        return _("good until %(day)s") % {"day": day_words(min(ends))}


def read_checklist(person: Influencer, today: dt.date) -> Checklist:
    """The checklist with its history; two queries."""
    checks: dict[int, list[Check]] = defaultdict(list)
    rows = Check.objects.filter(influencer=person).select_related("item", "checked_by", "file", "override__decided_by")
    for check in rows.order_by("-id")[:MOST_CHECKS]:
        checks[check.item_id].append(check)
    return Checklist([line_of(item, checks[item.pk], today) for item in CheckItem.objects.valid_on(today)])


def line_of(item: CheckItem, checks: list[Check], today: dt.date) -> Line:
    standing = next((check for check in checks if check.superseded_at is None), None)
    return Line(item, standing, today, [check for check in checks if check.superseded_at is not None])
