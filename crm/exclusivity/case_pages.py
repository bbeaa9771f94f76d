"""The list of cases, and one case: how far it is, what was seen, and what a colleague may do next."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.formats import day_words
from crm.exclusivity.explaining import work_in_words
from crm.exclusivity.forms.cases import RemedyForm, StepForm, TellForm, WhyForm
from crm.exclusivity.models import BreachCase, BreachCaseQuerySet, CaseEvidence, Clause
from crm.exclusivity.places import page_of_work
from crm.exclusivity.words import sentence_of
from crm.team.models import User

Status = BreachCase.Status


@dataclass(frozen=True)
class CaseStep:
    """One step a person may take: where it leads, its words, who may, and what has to be said with it."""

    key: str
    to: str
    verb: Any
    lead: Any
    permission: str = "crm.work_case"
    form: type[StepForm] = StepForm
    is_main: bool = False


STEPS: dict[str, CaseStep] = {
    step.key: step
    for step in (
        CaseStep("review", Status.UNDER_REVIEW, gettext_lazy("Look into it"),
                 gettext_lazy("Nobody is told yet. Collect what was seen, then confirm or drop it."), is_main=True),
        CaseStep("confirm", Status.CONFIRMED, gettext_lazy("It was broken"),
                 gettext_lazy("You have looked at it and are sure. She is not told by this."), is_main=True),
        CaseStep("dismiss", Status.DISMISSED, gettext_lazy("It was nothing"),
                 gettext_lazy("The case is closed and its reason is kept."), form=WhyForm),
        CaseStep("tell", Status.NOTIFIED, gettext_lazy("She was told"),
                 gettext_lazy("Write to her first, yourself. The days to put it right count from the day you told her."),
                 form=TellForm, is_main=True),
        CaseStep("cured", Status.CURED, gettext_lazy("It is put right"),
                 gettext_lazy("The case is closed. The story keeps what happened."), is_main=True),
        CaseStep("remedied", Status.REMEDIED, gettext_lazy("It is made good"),
                 gettext_lazy("The case is closed with what she did, or what was kept back."), form=RemedyForm),
        CaseStep("let-go", Status.WAIVED, gettext_lazy("Let it go"),
                 gettext_lazy("The case is closed and its reason is kept."), "crm.close_case", WhyForm),
        CaseStep("further", Status.ESCALATED, gettext_lazy("Take it further"),
                 gettext_lazy("A manager takes it from here."), form=WhyForm),
        CaseStep("end-deal", Status.TERMINATED, gettext_lazy("The deal is ended over it"),
                 gettext_lazy("The case is closed. End the collaboration on its own page."), "crm.close_case", WhyForm),
    )
}  # fmt: skip
LADDER = (Status.SUSPECTED, Status.UNDER_REVIEW, Status.CONFIRMED, Status.NOTIFIED, Status.CURE_PERIOD)


@dataclass(frozen=True)
class CaseLine:
    """One line of the list."""

    case: BreachCase
    work: str
    until: str
    is_late: bool


@dataclass(frozen=True)
class CasePage:
    """One case."""

    line: CaseLine
    promise: str
    work_url: str
    ladder: list[dict[str, Any]]
    evidence: list[CaseEvidence]
    steps: list[CaseStep]


def cases_of(user: User, *, over: bool) -> BreachCaseQuerySet:
    rows = BreachCase.objects.visible_to(user).with_sides()
    return rows.over() if over else rows.running()


def line_of_case(case: BreachCase, user: User, now: dt.datetime) -> CaseLine:
    """Without a query, for cases read `with_sides()`."""
    work = work_in_words(case.finding.brand_id, case.finding.engagement_label, user)
    due_at = case.cure_due_at if case.status in BreachCase.CURING else None
    last_on = case.cure_due_on if due_at else None
    until = _("put right by %(day)s") % {"day": day_words(last_on, "short")} if last_on else ""
    return CaseLine(case, work, until, is_late=bool(due_at and due_at <= now))


def page_of_case(case: BreachCase, user: User, now: dt.datetime) -> CasePage:
    finding = case.finding
    clause = Clause.objects.with_scope().get(pk=finding.clause_id)
    return CasePage(
        line=line_of_case(case, user, now),
        promise=sentence_of(clause),
        work_url=page_of_work(finding.engagement_ref, user),
        ladder=_ladder(case),
        evidence=list(case.evidence.select_related("file")),
        steps=steps_for(case, user),
    )


def steps_for(case: BreachCase, user: User) -> list[CaseStep]:
    """What this colleague may do next, the usual thing first."""
    steps = [step for step in STEPS.values() if case.may_be(step.to) and user.has_perm(step.permission)]
    return sorted(steps, key=lambda step: not step.is_main)


def _ladder(case: BreachCase) -> list[dict[str, Any]]:
    """Where it stands on the way, the last step being what came of it."""
    now = LADDER.index(Status(case.status)) if case.status in LADDER else len(LADDER)
    steps = [{"label": Status(one).label, "state": _state(place, now)} for place, one in enumerate(LADDER)]
    if case.status == Status.DISMISSED:
        steps = steps[:2]
    end = case.get_status_display() if now == len(LADDER) else _("What came of it")
    state = "now" if now >= len(LADDER) else "later"
    return [
        *({**step, "state": "done"} if now == len(LADDER) else step for step in steps),
        {"label": end, "state": state},
    ]


def _state(place: int, now: int) -> str:
    return "done" if place < now else "now" if place == now else "later"
