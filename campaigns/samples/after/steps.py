"""What a colleague may do with something that comes back: each step with its words, its form, and what it does."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.samples.after import forms as ask
from campaigns.samples.after.actions import decide_charge
from campaigns.samples.after.inspection import check
from campaigns.samples.after.keeping import keep
from campaigns.samples.models import ReturnRequest
from crm.team.models import User
from crm.timeline.record import Actor


@dataclass(frozen=True)
class Doing:
    """Who does it, when, on which day where the campaign is, and with what they typed."""

    user: User
    at: dt.datetime
    today: dt.date
    form: Any

    @property
    def said(self) -> Mapping[str, Any]:
        return self.form.cleaned_data  # type: ignore[no-any-return]

    @property
    def who(self) -> dict[str, Any]:
        return {"at": self.at, "actor": Actor.user(self.user)}


@dataclass(frozen=True)
class Step:
    """One thing that can be done: where it starts, what is asked, what it does and what is said afterwards."""

    code: str
    title: Any
    froms: tuple[str, ...]
    form: type[forms.Form]
    act: Callable[[ReturnRequest, Doing], None]
    done: Any
    icon: str = "check2"
    danger: bool = False
    primary: bool = False

    def form_for(self, row: ReturnRequest, data: Any, today: dt.date) -> Any:
        """The form as it starts for this return."""
        more: dict[str, Any] = {}
        if self.code == "check":
            more["lines"] = list(row.shipment.items.select_related("item__product", "item__variant__product"))
        start = {"due_on": row.due_on, "amount": row.charge, "courier": row.courier, "waybill": row.waybill}
        return self.form(data, initial=start, today=today, **more)  # type: ignore[call-arg]


def _decide(row: ReturnRequest, doing: Doing) -> None:
    said = doing.said
    amount = said["amount"] if said["decision"] == ask.ChargeForm.CHARGE else None
    decide_charge(row, amount, said["because"], user=doing.user, at=doing.at)


OPEN = ReturnRequest.OPEN
STEPS = {
    step.code: step
    for step in (
        Step(
            "sent", _("It is on its way"), ("asked",), ask.WaybillForm,
            lambda row, doing: row.sent_back(**doing.said, **doing.who), _("Noted. Nobody reminds her any more."), "truck",
        ),
        Step(
            "back", _("It is back"), (*OPEN, "given_up"), ask.NothingForm,
            lambda row, doing: row.arrived(**doing.who), _("Noted. Look at it, then it counts as stock again."), "box-seam",
            primary=True,
        ),
        Step(
            "check", _("Look at it"), ("back",), ask.CheckForm,
            lambda row, doing: check(
                row, doing.form.found(), used_go_back=doing.said["used_go_back"], note=doing.said["note"], **doing.who
            ),
            _("Noted, piece by piece."), "clipboard-check", primary=True,
        ),
        Step(
            "extend", _("Another day"), ("asked",), ask.ExtendForm,
            lambda row, doing: row.extend(doing.said["due_on"], because=doing.said["because"], **doing.who),
            _("Saved. Reminders follow the new day."), "calendar-range",
        ),
        Step(
            "keep", _("She keeps it"), OPEN, ask.WhyForm,
            lambda row, doing: keep(row, doing.said["because"], on=doing.today, **doing.who),
            _("Noted. A loan she keeps is part of the pay from today on."), "bag",
        ),
        Step(
            "charge", _("Charge or waive"), OPEN, ask.ChargeForm, _decide, _("Decided, and written down."), "cash-coin",
        ),
        Step(
            "give-up", _("Give it up"), OPEN, ask.WhyForm,
            lambda row, doing: row.give_up(because=doing.said["because"], **doing.who),
            _("Noted. Nobody waits for it any longer."), "x-circle", danger=True,
        ),
    )
}  # fmt: skip


def steps_for(row: ReturnRequest) -> list[Step]:
    """What can be done now, in the order of the trade."""
    return [
        step
        for step in STEPS.values()
        if row.status in step.froms and (step.code != "charge" or row.waits_for_decision)
    ]
