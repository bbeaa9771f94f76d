"""A quota of a period as a ring: how many are posted of how many that are owed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.ambassadors.models import DealPeriod, PeriodQuota, QuotaLine


@dataclass(frozen=True)
class Ring:
    """What one ring shows. `carried` of the posted ones were brought along; `left` is still owed."""

    line: QuotaLine
    done: int
    owed: int
    carried: int
    brought: int
    waived: int
    left: int
    is_settled: bool = False
    """The period is closed: what was left went somewhere else."""

    @property
    def name(self) -> str:
        return str(self.line)

    @property
    def spoken(self) -> str:
        """The whole ring in words, for who cannot see it."""
        said = _("%(what)s: %(done)s of %(owed)s posted") % {"what": self.name, "done": self.done, "owed": self.owed}
        return f"{said}. {self.sub}"

    @property
    def sub(self) -> str:
        """The line beneath: what is left, and what is special about it."""
        return ", ".join(part for part in (self._left(), self._brought(), self._waived()) if part)

    def _left(self) -> str:
        if self.left > 0 and self.is_settled:
            return _("%(count)s not posted") % {"count": self.left}
        if self.left == 0:
            return _("all done") if self.owed else _("nothing owed")
        return left_in_words(self.left)

    def _brought(self) -> str:
        if self.brought > 0:
            return _("%(count)s carried in") % {"count": self.brought}
        if self.brought < 0:
            return _("%(count)s done ahead") % {"count": -self.brought}
        return ""

    def _waived(self) -> str:
        return _("%(count)s let go") % {"count": self.waived} if self.waived else ""


def ring_of(balance: PeriodQuota) -> Ring:
    """The ring of one balance. What was done ahead counts as done; what the close settled still shows how it ended."""
    owed = max(balance.granted + max(balance.carried, 0) - balance.waived, 0)
    done = max(balance.delivered + max(-balance.carried, 0), 0)
    return Ring(
        line=balance.line,
        done=done,
        owed=owed,
        carried=min(abs(balance.carried), done),
        brought=balance.carried,
        waived=balance.waived,
        left=balance.left - balance.settled,
        is_settled=bool(balance.settled),
    )


def left_in_words(left: int) -> str:
    """2 left; none left; 1 more than owed."""
    if left > 0:
        return _("%(count)s left") % {"count": left}
    return _("%(count)s more than owed") % {"count": -left} if left < 0 else _("none left")


def rings_of(period: DealPeriod) -> list[Ring]:
    """The rings of a period, in the order of its deal's quotas. One query."""
    return [ring_of(balance) for balance in balances_of([period])]


def balances_of(periods: Iterable[DealPeriod]) -> list[PeriodQuota]:
    """The balances of some periods with the names of their quotas, in one query."""
    found = PeriodQuota.objects.filter(period__in=list(periods)).select_related("line__format__platform")
    return list(found.order_by("period_id", "line_id"))
