"""News of parcels as a kind of file: shown before it is kept, each line with its result, the same file twice once."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.samples.models import Shipment
from campaigns.samples.shipping.actions import Heard, note_event
from campaigns.samples.shipping.actions.news import SOURCE
from campaigns.samples.shipping.couriers import Words
from campaigns.samples.shipping.news_rows import Judging, V, target_of
from crm.exclusivity.gate import gate, joining
from crm.influencers.imports.reading import Table
from crm.intake.kinds import IntakeKind, Judge, Outcome, Reason, Way
from crm.intake.models import Intake, IntakeLine
from crm.team.forms import bare_helper
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User


class NothingToSay(forms.Form):
    """About the whole file there is nothing to choose."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = bare_helper()


class ParcelNews(IntakeKind):
    """What couriers say of parcels, line by line."""

    code = "parcel-news"
    permission = "campaigns.change_sample"
    icon = "truck"
    is_walled = True
    title = _("News of parcels")
    lead = _("What couriers say of parcels on their way: number, when, their words.")
    hint = _(
        "One line for each thing that happened: waybill number, when, the courier's words, and where. Times are those of "
        "the courier's country. The same line twice counts once, and older news never moves a parcel back."
    )
    who = _("Parcel")
    what = _("News")
    meanings = {
        "waybill": _("Waybill number"), "at": _("When"), "clock": _("Hour"), "words": _("The courier's words"),
        "place": _("Where"),
    }  # fmt: skip
    sentences = {
        "says-nothing": _("The line has no waybill number, or says nothing of it."),
        "no-parcel": _("No parcel that has left has the number “%(text)s”."),
        "several": _("Several couriers have a parcel with the number “%(text)s”. Note this by hand on its page."),
        "no-moment": _("“%(text)s” is no moment. Write it as 2026-11-23 14:30."),
        "to-come": _("“%(text)s” is still to come."),
        "unknown-words": _("Nobody has said yet what “%(text)s” means; it is kept and moves nothing."),
        "there": _("It is known already."),
        "refused": _("%(text)s"),
        "stays": _("What was heard stays in the parcel's story."),
    }

    def target_of(self, heading: str) -> str:
        return target_of(heading)

    def wrong_columns(self, targets: Sequence[str]) -> str:
        missing = [name for name in ("waybill", "at", "words") if name not in targets]
        if not missing:
            return ""
        names = ", ".join(str(self.meanings[name]) for name in missing)
        return _now("Choose a column for each of these: %(names)s.") % {"names": names}

    def choices_form(self, run: Intake, user: "User", data: QueryDict | None) -> forms.Form:
        return NothingToSay(data)

    def choices_of(self, form: forms.Form) -> dict[str, Any]:
        return {}

    def judge(self, run: Intake, table: Table, now: dt.datetime) -> Judge:
        return Judging(run, now)

    def write(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        """The people are held together first, so that two files never wait for each other."""
        rows = Shipment.objects.with_request().filter(pk__in={line.facts["shipment"] for line in lines})
        parcels, words = {row.pk: row for row in rows}, Words()
        with gate({row.request.influencer_id for row in parcels.values()}), joining():
            return [self._written(line, parcels, words, now, actor) for line in lines]

    def _written(
        self, line: IntakeLine, parcels: dict[int, Shipment], words: Words, now: dt.datetime, actor: Actor
    ) -> Outcome:
        facts = line.facts
        heard = Heard(
            dt.datetime.fromisoformat(facts["at"]), facts["words"], place=facts["place"], source=SOURCE.IMPORT
        )
        try:
            noted = note_event(parcels[facts["shipment"]], heard, at=now, actor=actor, words=words)
        except TransitionRefused as refused:
            return Outcome(line, V.CONFLICT, [("refused", "", str(refused))])
        if not noted.is_new:
            return Outcome(line, V.UNCHANGED, [("there", "", "")])
        return Outcome(line, line.verdict, (), {"event": noted.event.pk})

    def take_back(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        """History is only added to: what was heard was heard."""
        stays: list[Reason] = [("stays", "", "")]
        return [Outcome(line, line.verdict, stays) for line in lines]

    def ways(self, run: Intake) -> list[Way]:
        return [Way(reverse("samples"), _now("See the samples"), "box-seam")]
