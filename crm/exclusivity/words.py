"""Clauses and findings in words: one sentence for what is barred, one for what stays allowed, one for each reason."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.base.formats import day_words
from crm.exclusivity.models import Clause, ClauseStretch
from crm.exclusivity.terms import Act, Kind

REASONS: dict[str, Any] = {
    "barred": gettext_lazy("It lies inside the promised days."),
    "adjacent": gettext_lazy("It is close to the promised days, and outside of them."),
    "own-house": gettext_lazy("Both brands belong to the same house."),
    "carved-out": gettext_lazy("It was agreed that this stays allowed."),
    "day-not-certain": gettext_lazy("The promised days still depend on a post that has not happened."),
    "product-unknown": gettext_lazy(
        "Nobody said which product it is about, so the brand's other products are assumed."
    ),
    "may-include-it": gettext_lazy("Its category is wider than the promised one and may include it."),
    "territory-unknown": gettext_lazy("Nobody said where it is shown."),
    "prior-commitment": gettext_lazy("It was promised before this version was in force."),
    "only-warns": gettext_lazy("This promise only warns."),
    "told-not-known": gettext_lazy("It is only told; nobody has confirmed it."),
    "not-signed": gettext_lazy("It is not agreed yet."),
    "two-drafts": gettext_lazy("Neither of the two is agreed yet."),
    "bar-draft": gettext_lazy("The promise is a draft."),
    "bar-proposed": gettext_lazy("The promise is proposed and not agreed yet."),
}


def reason_in_words(code: str) -> str:
    return str(REASONS.get(code, code))


def sentence_of(clause: Clause) -> str:
    """No paid posts for other Skincare brands from 7 days before to 7 days after each post, on Instagram."""
    return _sentence(clause, _when(clause))


def barred_in_words(clause: Clause) -> str:
    """The same without its days: No paid posts for other Skincare brands on Instagram."""
    return _sentence(clause, "")


def _sentence(clause: Clause, when: str) -> str:
    parts = [_("No %(acts)s for %(whom)s") % {"acts": _acts(clause), "whom": _whom(clause)}, when]
    where = _listed(clause.formats.all()) or _listed(clause.platforms.all())
    if where:
        parts.append(_("on %(where)s") % {"where": where})
    places = _listed(clause.territories.all())
    if places:
        parts.append(_("in %(places)s") % {"places": places})
    return f"{' '.join(part for part in parts if part)}."


def allowed_in_words(clause: Clause) -> str:
    """What stays allowed, in one line."""
    allowed = [] if clause.own_house_counts else [_("other brands of %(house)s") % {"house": clause.brand.owner}]
    if clause.kind in (Kind.CATEGORY_PRODUCT, Kind.CATEGORY_COMPANY):
        allowed.append(_("everything outside of %(what)s") % {"what": _listed(clause.categories.all())})
        excluded = _listed(clause.excluded_categories.all())
        allowed += [excluded] if excluded else []
    allowed += [_("%(brand)s until %(day)s") % {"brand": one, "day": day_words(one.until_on, "short")} if one.until_on
                else str(one) for one in clause.carve_outs.all()]  # fmt: skip
    if Act.ORGANIC_MENTION not in clause.acts:
        allowed.append(_("unpaid mentions"))
    return _("Stays allowed: %(what)s.") % {"what": ", ".join(allowed)} if allowed else ""


def stretch_in_words(row: ClauseStretch, zone: str) -> str:
    """3 to 17 December, in days of the clause's zone; open ends say so."""
    return days_in_words(*row.window.first_and_last(zone))


def days_in_words(first: dt.date | None, last: dt.date | None) -> str:
    if first and last:
        if first == last:
            return day_words(first, "short")
        return _("%(first)s to %(last)s") % {"first": day_words(first, "short"), "last": day_words(last, "short")}
    if first:
        return _("from %(first)s on, without an end") % {"first": day_words(first, "short")}
    return _("until %(last)s") % {"last": day_words(last, "short")} if last else _("always")


def _acts(clause: Clause) -> str:
    acts = [act for act in Act if act in clause.acts]
    return _(" or ").join(str(act.label) for act in acts)


def _whom(clause: Clause) -> str:
    what = _listed(clause.categories.all())
    if clause.kind == Kind.FULL:
        return _("anybody else")
    if clause.kind == Kind.NAMED_BRAND:
        return _listed(clause.named_brands.all())
    if clause.kind == Kind.NAMED_OWNER:
        return _("brands of %(houses)s") % {"houses": _listed(clause.named_owners.all())}
    if clause.kind == Kind.CATEGORY_COMPANY:
        return _("companies that sell %(what)s") % {"what": what}
    return _("other %(what)s brands") % {"what": what}


def _when(clause: Clause) -> str:
    anchor = Clause.Anchor(clause.anchor)
    if anchor == Clause.Anchor.FIXED:
        return days_in_words(clause.fixed_start_on, clause.fixed_end_on)
    if anchor == Clause.Anchor.TERM and not clause.start_offset and not clause.end_offset:
        return _("as long as the contract runs")
    return _("from %(before)s to %(after)s %(anchor)s") % {
        "before": _distance(clause, -clause.start_offset, _("before")),
        "after": _distance(clause, clause.end_offset, _("after")),
        "anchor": anchor.label,
    }


def _distance(clause: Clause, count: int, side: str) -> str:
    if clause.unit == Clause.Unit.HOURS:
        length = ngettext("%(n)s hour", "%(n)s hours", abs(count)) % {"n": abs(count)}
    else:
        length = ngettext("%(n)s day", "%(n)s days", abs(count)) % {"n": abs(count)}
    return f"{length} {side}"


def _listed(things: Iterable[Any]) -> str:
    return ", ".join(str(thing) for thing in things)
