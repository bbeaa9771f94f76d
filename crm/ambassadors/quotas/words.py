"""What a close would do, in sentences: read before anybody confirms it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.money import Money

from crm.ambassadors.pay import reckoning, retainers
from crm.ambassadors.quotas.closing import Closing, LineClosing
from crm.base.formats import day_words, money_full


@dataclass(frozen=True)
class Said:
    """One quota and what happens to it. `tone` as of a pill."""

    name: str
    done: str
    sentences: list[str]
    tone: str


def said_of(closing: Closing) -> list[Said]:
    """Quota by quota; those that owe nothing and got nothing are left out."""
    found = []
    for one in closing.lines:
        if one.totals.owed or one.totals.done:
            done = _("%(done)s of %(owed)s posted") % {"done": one.totals.done, "owed": max(one.totals.owed, 0)}
            found.append(Said(str(one.line), done, list(_sentences(one, closing)), _tone(one)))
    return found


def _tone(one: LineClosing) -> str:
    if one.totals.left > 0:
        return "warn" if one.carried == one.totals.left or one.close.made_good else "bad"
    return "ok"


def _sentences(one: LineClosing, closing: Closing) -> Iterator[str]:
    """Where everything that is left goes."""
    close, behind = one.close, closing.behind
    if one.is_settled:
        yield _("Nothing is left.")
    if one.carried and behind:
        yield _into(
            ngettext(
                "%(count)s is owed in period %(number)s instead, from %(day)s.",
                "%(count)s are owed in period %(number)s instead, from %(day)s.", one.carried,
            ), one.carried, behind,
        )  # fmt: skip
    if one.lapsed and not close.missed:
        yield ngettext("%(count)s lapses.", "%(count)s lapse.", one.lapsed) % {"count": one.lapsed}
    if close.missed:
        yield ngettext("%(count)s was missed and lapses.", "%(count)s were missed and lapse.", one.lapsed) % {
            "count": one.lapsed
        }
    if close.made_good:
        yield ngettext(
            "%(count)s is to be made good by %(day)s.", "%(count)s are to be made good by %(day)s.", close.made_good
        ) % {"count": close.made_good, "day": day_words(one.make_good_by)}
    if close.ahead and behind:
        yield _into(
            ngettext(
                "%(count)s counts for period %(number)s, from %(day)s.",
                "%(count)s count for period %(number)s, from %(day)s.", close.ahead,
            ), close.ahead, behind,
        )  # fmt: skip
    if close.extra:
        yield _extra(one)


def _into(sentence: str, count: int, behind: Any) -> str:
    return sentence % {"count": count, "number": behind.number, "day": day_words(behind.first_on)}


def _extra(one: LineClosing) -> str:
    told = _("%(count)s more than owed") % {"count": one.close.extra}
    if one.line.over == one.line.Over.IGNORE:
        return _("%(told)s: not counted.") % {"told": told}
    if not one.line.extra_price:
        return _("%(told)s: noted as a gift.") % {"told": told}
    price = money_full(one.line.extra_price * one.close.extra)
    return _("%(told)s: somebody who decides is asked to pay %(price)s.") % {"told": told, "price": price}


def deduction_of(closing: Closing) -> Money | None:
    """What a decider would be asked to take off the retainer; None where nothing is."""
    missed = sum(one.close.missed for one in closing.lines)
    whole, _parts = retainers.earned(closing.period)
    currency = str(whole.currency)
    off = reckoning.deducted(whole.amount, missed, retainers.owed_in(closing.period), currency)
    return Money(off, currency) if off else None
