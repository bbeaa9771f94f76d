"""Her own page: posts of her deal that have no card of their own, as tasks she answers with a link; and the deal itself.

A colleague settles the very same tasks as "told me", through the same function.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.hers.answers import About, say_more_time, say_posted, say_question
from crm.ambassadors.hers.forms import HerPostForm, MoreTimeForm, QuestionForm, ToldPostForm
from crm.ambassadors.hers.her_page import her_deals
from crm.ambassadors.hers.open_posts import open_in, planned_for, told_make_goods, told_periods
from crm.ambassadors.hers.words import this_period
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood
from crm.ambassadors.showing.standing import pause_on
from crm.base.year_strip import between
from crm.base.zones import local_date
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Asking,
    PortalFeature,
    PortalTask,
    Told,
    portal_part,
    portal_task,
)

QUOTA, MAKE_GOOD = "deal-posts", "deal-make-good"
HER_PAGE = "portal-deal"
THANK_POSTED = _("Thank you for posting. It counts already, and we have a look at it.")
THANK_MORE = _("Noted. We get back to you about the new day.")
THANK_QUESTION = _("Your question is with us. You get an answer from a person.")
GONE = _("This is settled already. Reload the page.")

HERS = (
    Answer("posted", _("I posted it"), _("She has posted it"), THANK_POSTED, HerPostForm, True, "send"),
    Answer(
        "more_time", _("I need more time"), _("Needs more time"), THANK_MORE, MoreTimeForm, icon="hourglass-split", power="dates"
    ),
    Answer("question", _("I have a question"), _("Has a question"), THANK_QUESTION, QuestionForm, icon="chat-left-text", power=""),
)  # fmt: skip
TOLD = tuple(
    replace(
        answer, form=ToldPostForm if answer.code == "posted" else None if answer.code == "question" else answer.form
    )
    for answer in HERS
)
SAY: dict[str, Callable[[About, Told], None]] = {
    "posted": say_posted, "more_time": say_more_time, "question": say_question,
}  # fmt: skip
this_in_words, days_in_words = lazy(this_period, str), lazy(between, str)


class Posts:
    """Posts of a period under way that nothing else asks for, quota by quota."""

    THANKS = {"posted": THANK_POSTED, "more_time": THANK_MORE, "question": THANK_QUESTION}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        rows = list(told_periods(open_periods(asking)))
        planned = planned_for([row.pk for row in rows], (), asking.now)
        return [
            _task(QUOTA, balance.pk, About(row.deal, row, one.line), asking, one.loose, balance)
            for row in rows
            if is_asked(row.deal, asking)
            for one in open_in(row, planned)
            for balance in row.balances.all()
            if balance.line_id == one.line.pk and one.loose
        ]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        row = told_periods(open_periods(asking)).filter(balances=task.subject_id).first()
        if row is None:
            raise AnswerRefused(GONE)
        balance = next(one for one in row.balances.all() if one.pk == task.subject_id)
        _say(About(row.deal, row, balance.line), told)


class MakeGoods:
    """Posts a closed period still owes, by a day of their own."""

    THANKS = Posts.THANKS

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        rows = list(told_make_goods(open_make_goods(asking)))
        planned = planned_for((), [row.pk for row in rows], asking.now)
        return [
            _task(MAKE_GOOD, row.pk, About(row.period.deal, row.period, row.line, row), asking, row.left)
            for row in rows
            if is_asked(row.period.deal, asking) and row.left > planned.make_goods.get(row.pk, 0)
        ]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        row = told_make_goods(open_make_goods(asking)).filter(pk=task.subject_id).first()
        if row is None:
            raise AnswerRefused(GONE)
        _say(About(row.period.deal, row.period, row.line, row), told)


@portal_task(QUOTA, order=30)
def posts() -> PortalFeature:
    return Posts()


@portal_task(MAKE_GOOD, order=31)
def make_goods() -> PortalFeature:
    return MakeGoods()


@portal_part("ambassador", order=20)
def deals(asking: Asking) -> tuple[str, dict[str, Any]] | None:
    """Each deal in force, in short, with the way to all of it."""
    found = her_deals(asking)
    return ("crm/ambassadors/hers/_section.html", {"deals": found}) if found else None


def open_periods(asking: Asking) -> Any:
    rows = DealPeriod.objects.under_way().owing().filter(deal__in=AmbassadorDeal.objects.in_force())
    rows = rows.filter(deal__influencer=asking.influencer_id).order_by("last_on", "pk")
    return rows if asking.brand_id is None else rows.filter(deal__contract__brand=asking.brand_id)


def open_make_goods(asking: Asking) -> Any:
    rows = MakeGood.objects.open().filter(period__deal__in=AmbassadorDeal.objects.in_force())
    rows = rows.filter(period__deal__influencer=asking.influencer_id)
    return rows if asking.brand_id is None else rows.filter(period__deal__contract__brand=asking.brand_id)


def is_asked(deal: AmbassadorDeal, asking: Asking) -> bool:
    """Nothing is asked of her while it is paused."""
    return pause_on(deal.pauses.all(), local_date(asking.now, deal.contract.zone)) is None


def _say(about: About, told: Told) -> None:
    try:
        SAY[told.code](about, told)
    except ValidationError as refused:
        raise AnswerRefused(refused.messages[0]) from refused


def _task(
    feature: str, pk: int, about: About, asking: Asking, count: int, balance: Any = None
) -> PortalTask:  # fmt: skip
    deal, due_on = about.deal, about.make_good.due_on if about.make_good else about.period.last_on
    return PortalTask(
        feature,
        pk,
        format_lazy("{count} × {what}", count=count, what=about.line),
        HERS if asking.contact is not None else TOLD,
        brand_id=deal.contract.brand_id,
        due_on=due_on,
        zone=deal.contract.zone,
        is_late=due_on < local_date(asking.now, deal.contract.zone),
        is_next=balance is not None,
        lines=[_line(about, balance)],
        campaign=str(deal.program),
        whole_page=HER_PAGE,
        whole_id=deal.pk,
    )


def _line(about: About, balance: Any) -> Any:
    """This month: 1 of 2. Or from when it is still open."""
    if balance is None:
        days = days_in_words(about.period.first_on, about.period.last_on)
        return format_lazy(_("Still open from {days}"), days=days)
    owed = balance.granted + balance.carried - balance.waived
    said = {"when": this_in_words(about.deal), "done": balance.delivered, "owed": owed}
    return format_lazy(_("{when}: {done} of {owed} posted"), **said)
