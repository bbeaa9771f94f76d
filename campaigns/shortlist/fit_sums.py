"""What a shortlist comes to if everybody on it is taken: fees, people reached, and what a thousand of them cost."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.cards import Sums, written
from campaigns.planning.tiles import beside
from campaigns.shortlist.fit_page import Row, Shortlist
from crm.base.formats import count_short, money_full, money_short


@dataclass(frozen=True)
class Figure:
    """One tile above the list."""

    label: str
    value: str
    of: str = ""
    sub: str = ""


def figures_of(shortlist: Shortlist) -> list[Figure]:
    """People, fees against the budget, reach, and the cost of a thousand people with its unit and goal."""
    rows, currency = shortlist.rows, shortlist.wish.currency
    return [_people(rows), _fees(shortlist, currency), _reach(rows), _per_thousand(shortlist, currency)]


def _people(rows: Sequence[Row]) -> Figure:
    free = sum(not row.free.is_barred for row in rows)
    words = ngettext("%(n)d is free on some of these days", "%(n)d are free on some of these days", free)
    return Figure(_("People"), str(len(rows)), sub=words % {"n": free})


def _fees(shortlist: Shortlist, currency: str) -> Figure:
    sums: Sums = defaultdict(Decimal)
    priced = [cost for row in shortlist.rows if (cost := row.cost) is not None]
    for cost in priced:
        sums[str(cost.currency)] += cost.amount
    own, budget = sums.pop(currency, Decimal(0)), shortlist.campaign.budget
    said = [
        ngettext("counted for %(n)d person", "counted for %(n)d people", len(priced)) % {"n": len(priced)},
        _("%(sum)s over the budget") % {"sum": money_short(own - budget.amount, currency)}
        if budget is not None and own > budget.amount
        else "",
        beside(sums) if written(sums) else "",
    ]
    of = _("of %(sum)s") % {"sum": money_short(budget)} if budget is not None else _("no budget is set")
    return Figure(_("Fees"), money_short(own, currency), of, ", ".join(part for part in said if part))


def _reach(rows: Sequence[Row]) -> Figure:
    known = [row.forecast for row in rows if row.forecast is not None]
    matched = [one.effective for one in known if one.effective is not None]
    if not known:
        return Figure(_("Reach, forecast"), _("n/a"), sub=_("nobody counted how many people a post of theirs reaches"))
    said = ngettext(
        "one post of %(n)d person, by reach rates", "one post each of %(n)d people, by reach rates", len(known)
    ) % {"n": len(known)}
    if matched:
        said = _("%(said)s; %(target)s of them are the audience of this campaign") % {
            "said": said, "target": count_short(sum(matched)),
        }  # fmt: skip
    return Figure(_("Reach, forecast"), count_short(sum(one.reach for one in known)), sub=said)


def _per_thousand(shortlist: Shortlist, currency: str) -> Figure:
    """Only people whose fee and reach are both known count, and it says how many they are."""
    counted = [
        (cost.amount, row.forecast.reach)
        for row in shortlist.rows
        if (cost := row.cost) is not None and str(cost.currency) == currency and row.forecast and row.forecast.reach
    ]
    reach = sum(reached for _fee, reached in counted)
    value = money_full(round(sum(fee for fee, _reached in counted) * 1000 / reach), currency) if reach else _("n/a")
    words = ngettext("goal: %(goal)s; %(n)d person counted", "goal: %(goal)s; %(n)d people counted", len(counted))
    words = words if counted else _("goal: %(goal)s; nobody has both a price and a counted reach")
    sub = words % {"n": len(counted), "goal": shortlist.campaign.get_goal_display()}
    return Figure(_("Cost per 1,000 people reached"), value, sub=sub)
