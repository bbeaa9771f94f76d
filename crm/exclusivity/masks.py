"""What a reader may know of the two sides of a finding: whoever works for neither brand never gets here, and whoever
works for one learns of the other only what is barred, on which days, and whom to ask.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.exclusivity.barred import what_of
from crm.exclusivity.explaining import work_in_words
from crm.exclusivity.models import Finding
from crm.team.models import User


@dataclass(frozen=True)
class Sides:
    """Both sides of a finding as one reader may read them."""

    promise: str
    work: str
    sees_promise: bool
    sees_work: bool


def sides_of(finding: Finding, user: User) -> Sides:
    """Without a query, for findings read `with_sides()`."""
    brands = user.brand_ids()
    sees_promise = brands is None or finding.clause.brand_id in brands
    sees_work = brands is None or finding.brand_id is None or finding.brand_id in brands
    return Sides(
        promise=_promise(finding, sees_promise=sees_promise),
        work=work_in_words(finding.brand_id, finding.engagement_label, user),
        sees_promise=sees_promise,
        sees_work=sees_work,
    )


def _promise(finding: Finding, *, sees_promise: bool) -> str:
    what = what_of(finding.clause)
    if sees_promise:
        return _("%(what)s, promised to %(brand)s") % {"what": what, "brand": finding.clause.brand}
    return _("Barred from %(what)s") % {"what": what}


def whom_to_ask(finding: Finding) -> str:
    """Who may tell more."""
    return _("It was promised to a brand you do not work with. Ask %(who)s.") % {
        "who": finding.clause.influencer.owner or _("a manager")
    }
