"""What she says about posts that are still open: it is up, she needs more time, she has a question.

A post counts at once, as it does in a campaign; whoever answers for the deal finds it among the things to look at and can
take it back on the page of the period.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, QuotaLine
from crm.ambassadors.quotas.by_hand import note_post
from crm.ambassadors.showing.addresses import of_period
from crm.ambassadors.telling import tell
from crm.base.formats import day_in_words
from crm.base.zones import end_of_day, local_date
from crm.portal.registry import Told
from crm.reminders.models import Todo
from crm.reminders.settled import stop_asking
from crm.reminders.todos import leave_todo
from crm.timeline.record import subject_of

ASKED = "deal_asked:"
"""What stands before the key of a task that waits for our answer; while it is open nobody reminds her."""
LOOK = _("Look at the post: %(what)s for %(program)s")
MORE_TIME = _("Needs more time for %(what)s (%(program)s): until %(until)s")
QUESTION = _("Has a question about %(what)s (%(program)s)")
KNOWN = _("This post counts already. If it is another one, send its own link.")


@dataclass(frozen=True)
class About:
    """Which posts she speaks of: of a period under way, or to be made good."""

    deal: AmbassadorDeal
    period: DealPeriod
    line: QuotaLine
    make_good: MakeGood | None = None

    @property
    def subject(self) -> str:
        return subject_of(self.make_good or self.period)

    @property
    def params(self) -> dict[str, Any]:
        return {"what": self.line, "program": self.deal.program}


def say_posted(about: About, told: Told) -> None:
    """It counts on the day it went out. Raises ValidationError, nothing counted."""
    url, zone = str(told.data.get("url") or ""), about.deal.contract.zone
    on = told.data.get("posted_on") or local_date(told.at, zone)
    once = url or f"{about.subject}/{about.line.pk}/{told.at.isoformat()}"
    with transaction.atomic():
        row = note_post(
            about.line, on=on, told=(url or told.quote or str(about.line))[:200], once=once, at=told.at,
            actor=told.actor, make_good=about.make_good,
        )  # fmt: skip
        if row is None:
            raise ValidationError(KNOWN, code="known")
        _leave(about, f"deal_posted:{row.pk}", Todo.Kind.CHECK, LOOK, told, {}, quote=url or told.quote)
        stop_asking([about.subject], told.at)


def say_more_time(about: About, told: Told) -> None:
    """She proposes a day; somebody answers. Until then nobody reminds her."""
    until = told.data["until"]
    key = f"{ASKED}more_time/{about.subject}/{until.isoformat()}"
    _ask(about, key, Todo.Kind.MORE_TIME, MORE_TIME, told, {"until": day_in_words(until)})


def say_question(about: About, told: Told) -> None:
    """Every question is a task of its own."""
    _ask(about, f"{ASKED}question/{about.subject}/{told.at.isoformat()}", Todo.Kind.QUESTION, QUESTION, told, {})


def waiting_for_us(subjects: Collection[str]) -> frozenset[str]:
    """Those about which something of hers waits for an answer. One query."""
    if not subjects:
        return frozenset()
    rows = Todo.objects.open().filter(key__startswith=ASKED, subject__among=list(subjects))
    return frozenset(rows.values_list("subject", flat=True))


def _ask(about: About, key: str, kind: str, sentence: Any, told: Told, more: Mapping[str, Any]) -> None:
    with transaction.atomic():
        _record(about, f"deal.{kind}", sentence, told, more, quote=told.quote)
        _leave(about, key, kind, sentence, told, more, quote=told.quote)
        stop_asking([about.subject], told.at)


def _record(
    about: About, verb: str, sentence: Any, told: Told, more: Mapping[str, Any], quote: str
) -> None:  # fmt: skip
    how = {"at": told.at, "actor": told.actor, "quote": quote, "channel": told.channel, "file": told.file}
    tell(about.deal, verb, sentence, params={**about.params, **more}, **how)


def _leave(
    about: About, key: str, kind: str, sentence: Any, told: Told, more: Mapping[str, Any], quote: str
) -> None:  # fmt: skip
    """The task for the owner, due today: somebody waits."""
    contract = about.deal.contract
    owner = contract.owner
    leave_todo(
        key[:200], sentence, language=owner.language, params={**about.params, **more}, kind=kind, quote=quote,
        due_at=end_of_day(local_date(told.at, owner.zone), owner.zone), owner=owner, influencer_ref=about.deal.influencer_id,
        influencer_label=str(about.deal.influencer), brand_ref=contract.brand_id, subject=about.subject,
        subject_label=str(about.deal.program), url=of_period(about.deal.pk, about.period.number),
    )  # fmt: skip
