"""From signs to a number between 0 and 100, or to the reason why there is none."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.vetting.authenticity.readings import Readings, Rules
from crm.vetting.authenticity.signs import Sign
from crm.vetting.models import Threshold

WHOLE = 100


@dataclass(frozen=True)
class Score:
    """100 less the weights of signs nobody has cleared. None, with what is missing, while too little is known."""

    points: int | None
    missing: tuple[str, ...] = ()

    @property
    def tone(self) -> str:
        """Nothing for too little; a low score asks for a look and condemns nobody."""
        if self.points is None:
            return ""
        return "ok" if self.points >= 80 else "warn"


def score(readings: Readings, signs: Iterable[Sign], cleared: Collection[str], rules: Rules) -> Score:
    """The score of one account."""
    missing = tuple(lacking(readings, rules))
    if missing:
        return Score(None, missing)
    off = sum(sign.weight for sign in signs if sign.code not in cleared)
    return Score(max(0, WHOLE - off))


def lacking(readings: Readings, rules: Rules) -> list[str]:
    """What is missing before a score may be given."""
    rule = rules.get(Threshold.Code.ENOUGH)
    if rule is None:
        return [_("No threshold says how much is enough.")]
    missing = []
    least, posts = rule.least or 0, readings.posts_known
    if posts is None:
        missing.append(_("Nobody has said how many posts were looked at."))
    elif posts < least:
        missing.append(
            ngettext("%(posts)d post was looked at", "%(posts)d posts were looked at", posts) % {"posts": posts}
            + _(", %(least)d are needed.") % {"least": least}
        )
    if readings.days_counted < rule.limit:
        missing.append(_("Followers were not counted on %(days)d different days.") % {"days": int(rule.limit)})
    return missing
