"""CAP-15 and CAP-16: it goes out when it may."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.asked import WARN, Asked, Finding, Rule
from campaigns.approvals.checking.typed import Typed
from crm.base.formats import day_in_words
from crm.base.zones import local_date


def posting_window(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-15: between the first and the last day, and not before the embargo, all in the zone the days are meant in."""
    at, posting = asked.planned_at, asked.posting
    if at is None:
        yield rule.skipped(_("She has not said when she posts it."))
        return
    day = local_date(at, posting.zone)
    if posting.embargo_at is not None and at < posting.embargo_at:
        yield rule.hit(
            _("She plans to post before it may be public."),
            key="embargo",
            to_her=_("It may not be public so early yet."),
        )
    elif posting.first_on is not None and day < posting.first_on:
        words = _("She plans to post on %(day)s; the campaign begins on %(first)s.")
        yield rule.hit(
            words,
            key="before",
            to_her=_("The campaign begins on %(first)s."),
            day=day_in_words(day),
            first=day_in_words(posting.first_on),
        )
    elif posting.last_on is not None and day > posting.last_on:
        words = _("She plans to post on %(day)s; her posting day is %(last)s.")
        yield rule.hit(
            words,
            key="after",
            to_her=_("Your posting day is %(last)s."),
            day=day_in_words(day),
            last=day_in_words(posting.last_on),
        )
    else:
        yield rule.clean(_("She posts on an agreed day"))


def exclusivity(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-16: what the promises about other brands say of that day. Whom they are for stays with those who may know."""
    for one in asked.clashes:
        outcome = rule.outcome if one.blocks else WARN
        yield rule.hit(
            _("Another promise of hers stands against posting it then. Look at her promises."), key=one.key,
            outcome=outcome,
        )  # fmt: skip
    if not asked.clashes:
        yield rule.clean(_("No other promise stands against it"))
