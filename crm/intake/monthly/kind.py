"""Monthly numbers as a kind of file."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.influencers.imports.mapping import PLATFORMS
from crm.influencers.imports.reading import Table
from crm.influencers.models import Platform
from crm.intake.kinds import IntakeKind, Judge, Outcome, Way
from crm.intake.models import Intake, IntakeLine
from crm.intake.monthly.judging import NAMES, Judging
from crm.intake.monthly.words import MEANINGS, target_of
from crm.intake.monthly.writing import take_back, write
from crm.team.forms import bare_helper
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User


class WholeFileForm(forms.Form):
    """On which platform handles are that do not say it."""

    platform = forms.ChoiceField(label=_("Accounts are on"), help_text=_("Counts for handles that do not say it."))

    def __init__(self, *args: Any, run: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platform = self.fields["platform"]
        assert isinstance(platform, forms.ChoiceField)
        platform.choices = list(Platform.objects.filter(code__in=PLATFORMS).values_list("code", "name"))
        self.initial["platform"] = run.choices.get("platform") or "instagram"
        self.helper = bare_helper()


class MonthlyNumbers(IntakeKind):
    """Followers and other figures of accounts, for one month or many."""

    code = "monthly"
    permission = "crm.import_influencer"
    icon = "graph-up"
    title = _("Monthly numbers")
    lead = _("Followers, engagement, likes, views of people on file, month by month.")
    hint = _(
        "One row per account with a column for each month (“Followers Jan 2026”, “2026-02”), or one row per account "
        "and month. Numbers count as taken at the month's end. A month that is on file stays as it is."
    )
    who = _("Account")
    what = _("Months")
    meanings = MEANINGS
    sentences = {
        "nobody": _("The row names nobody: neither an account nor a name."),
        "not-known": _("Nobody on file has this account or name. Import the people first."),
        "several": _("Several accounts are meant by “%(text)s”. Give the handle and its platform."),
        "no-numbers": _("The row has no number of a month that is over."),
        "no-month": _("“%(text)s” is no month. Write it as 2026-02 or Feb 2026."),
        "which-month": _("Of which month is “%(text)s”? Name it in the heading or in a column."),
        "no-number": _("“%(text)s” is no number; left out."),
        "month-open": _("%(text)s is not over yet; import it after its end."),
        "there": _("%(text)s is on file already."),
        "other-numbers": _("%(text)s is on file with other numbers, which stay. Withdraw those first to replace them."),
        "twice": _("%(text)s stands in an earlier row, which counts."),
        "account-gone": _("The account was removed meanwhile."),
        "there-meanwhile": _("Somebody else has brought these numbers meanwhile."),
    }

    def target_of(self, heading: str) -> str:
        return target_of(heading)

    def wrong_columns(self, targets: Sequence[str]) -> str:
        if not {"account", "name"} & set(targets):
            return _now("No column says whose numbers these are. Choose one for the account or the name.")
        if not set(NAMES) & set(targets):
            return _now("No column counts anything. Choose one for followers or another figure.")
        return ""

    def choices_form(self, run: Intake, user: "User", data: QueryDict | None) -> forms.Form:
        return WholeFileForm(data, run=run)

    def choices_of(self, form: forms.Form) -> dict[str, Any]:
        return {"platform": form.cleaned_data["platform"]}

    def judge(self, run: Intake, table: Table, now: dt.datetime) -> Judge:
        return Judging(run, table, now)

    def write(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        return write(run, lines, now=now, actor=actor)

    def take_back(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        return take_back(run, lines, now=now, actor=actor)

    def ways(self, run: Intake) -> list[Way]:
        return [Way(reverse("people"), _now("See the people"), "people")]
