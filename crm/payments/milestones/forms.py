"""How a contract is paid, and what of a fee is still paid when work is called off."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.money import MoneyField
from crm.contracts.models import Contract, Party, PayLine, PromisedPost
from crm.exclusivity.forms.outside import day
from crm.payments.milestones.killing import By, Suggestion
from crm.payments.milestones.laying import AFTER, USUAL, Part, Terms, check_whole
from crm.payments.models import Milestone, PayTerms
from crm.team.forms import bare_helper

OTHER = "other"
MOST = 6
Trigger = Milestone.Trigger


class TermsForm(forms.Form):
    """Which of the usual ways, or another; by when, and who writes the invoice."""

    how = forms.ChoiceField(label=_("When is it paid"), widget=forms.RadioSelect)
    net_days = forms.IntegerField(
        label=_("Days to pay"), min_value=0, max_value=365,
        help_text=_("Counted from what happened; on a day off, the next working day."),
    )  # fmt: skip
    needs_invoice = forms.BooleanField(
        label=_("She sends an invoice"), required=False, help_text=_("When off, we write the bill for her.")
    )
    in_kind_tax = forms.ChoiceField(label=_("Tax on what is not money"), choices=PayTerms.BorneBy)

    def __init__(self, *args: Any, terms: Terms, how: str, **kwargs: Any) -> None:
        first = {
            "how": how, "net_days": terms.net_days, "needs_invoice": terms.needs_invoice, "in_kind_tax": terms.in_kind_tax,
        }  # fmt: skip
        super().__init__(*args, **{"initial": first, **kwargs})
        choice = self.fields["how"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            *((code, usual.label) for code, usual in USUAL.items()),
            (OTHER, _("Otherwise: part by part")),
        ]
        self.helper = bare_helper(Fieldset("", "how", Row(Column("net_days"), Column("in_kind_tax")), "needs_invoice"))

    @property
    def is_other(self) -> bool:
        """Whether the rows count, as it was typed or as it stands."""
        return (self["how"].value() or AFTER) == OTHER

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(said["net_days"], said["needs_invoice"], said["in_kind_tax"])


class PartForm(forms.Form):
    """One part of the money: how much, and what it waits for."""

    percent = forms.DecimalField(
        label=_("Share, %"), required=False, min_value=Decimal("0.01"), max_value=100, decimal_places=2
    )
    trigger = forms.ChoiceField(label=_("Due when"), choices=Trigger.choices, initial=Trigger.PUBLISHED, required=False)
    post = forms.ModelChoiceField(
        label=_("Which post"), queryset=PromisedPost.objects.none(), required=False, empty_label=_("all of them")
    )
    number = forms.IntegerField(label=_("Days, or period"), required=False, min_value=1, max_value=3_650)
    on = forms.DateField(label=_("Day"), required=False, widget=day())

    def __init__(self, *args: Any, contract: Contract, part: Part | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _first(part), **kwargs})
        chosen = self.fields["post"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = contract.posts.standing().select_related("format")
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("percent"):
            return said
        trigger, number = said.get("trigger"), said.get("number")
        if not trigger and "trigger" not in self.errors:
            self.add_error("trigger", _("Choose when it is due."))
        if trigger == Trigger.DATE and not said.get("on"):
            self.add_error("on", _("Enter the day."))
        if trigger == Trigger.LIVE_N_DAYS and not number:
            self.add_error("number", _("Enter for how many days it has to stay online."))
        return said

    @property
    def part(self) -> Part | None:
        """Nothing where no share was entered."""
        said = self.cleaned_data
        if not said.get("percent"):
            return None
        trigger = said["trigger"]
        return Part(
            int(said["percent"] * 100), trigger, said["post"],
            days=said["number"] if trigger == Trigger.LIVE_N_DAYS else None,
            period=said["number"] if trigger == Trigger.PERIOD_CLOSED else None,
            on=said["on"] if trigger == Trigger.DATE else None,
        )  # fmt: skip


def _first(part: Part | None) -> dict[str, Any]:
    if part is None:
        return {}
    share = Decimal(part.share_bp) / 100
    return {
        "percent": share, "trigger": part.trigger, "post": part.post, "number": part.days or part.period, "on": part.on,
    }  # fmt: skip


class PartsForm:
    """The terms and, for another way, its rows. Not one form of Django's: the rows only count when they are asked for."""

    def __init__(self, data: Any, *, contract: Contract, terms: Terms, how: str, parts: Sequence[Part]) -> None:
        self.core = TermsForm(data, terms=terms, how=how)
        self.rows = [
            PartForm(data, prefix=f"part{number}", contract=contract, part=part)
            for number, part in enumerate([*parts, *([None] * MOST)][:MOST])
        ]
        self.is_bound = data is not None
        self.errors: list[str] = []

    def is_valid(self) -> bool:
        if not self.core.is_valid():
            return False
        if not self.core.is_other:
            return True
        if not all(row.is_valid() for row in self.rows):
            return False
        try:
            check_whole(self.parts)
        except forms.ValidationError as refused:
            self.errors = list(refused.messages)
        return not self.errors

    @property
    def parts(self) -> list[Part]:
        """What was said, as parts."""
        if not self.core.is_other:
            return list(USUAL[self.core.cleaned_data["how"]].parts)
        return [part for row in self.rows if (part := row.part) is not None]


class KillForm(forms.Form):
    """Who calls it off, why, and the share of each person's fee that is paid."""

    by = forms.ChoiceField(label=_("Called off by"), choices=By, widget=forms.RadioSelect, initial=By.US)
    why = forms.CharField(
        label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For us. She is not shown it."),
    )  # fmt: skip

    def __init__(self, *args: Any, suggested: Sequence[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggested = list(suggested)
        for one in self.suggested:
            self.fields[f"share_{one.party.pk}"] = forms.DecimalField(
                label=_("Share of the fee of %(who)s, %%") % {"who": one.party}, min_value=0, max_value=100,
                decimal_places=2, initial=Decimal(one.share_bp) / 100,
                help_text=", ".join(str(words) for words in one.in_words),
            )  # fmt: skip
        self.helper = bare_helper(Fieldset("", "by", "why", *self._names()))

    def _names(self) -> Iterator[str]:
        return (f"share_{one.party.pk}" for one in self.suggested)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("by") == By.HER:
            for name in self._names():
                if said.get(name):
                    self.add_error(name, _("Where she calls it off herself, no kill fee is due. Enter 0."))
        return said

    @property
    def shares(self) -> dict[int, int]:
        return {one.party.pk: int(self.cleaned_data[f"share_{one.party.pk}"] * 100) for one in self.suggested}


EXTRA = (PayLine.Kind.REIMBURSEMENT, PayLine.Kind.BONUS)


class ExtraForm(forms.Form):
    """Costs she had, or a bonus she has earned: signed off by hand, as far as the contract says so."""

    who = forms.ChoiceField(label=_("For whom"))
    amount = MoneyField(label=_("Amount"))
    why = forms.CharField(label=_("For what"), max_length=200)

    def __init__(self, *args: Any, line: PayLine, left: Decimal, talents: Sequence[Party], **kwargs: Any) -> None:
        first = {"amount": Money(left, line.amount.currency) if line.amount else None, "why": line.note}
        super().__init__(*args, **{"initial": first, **kwargs})
        self.talents = {str(party.pk): party for party in talents}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [(pk, str(party)) for pk, party in self.talents.items()]
        if len(self.talents) == 1:
            who.initial, who.widget = next(iter(self.talents)), forms.HiddenInput()
        self.helper = bare_helper(Fieldset("", "who", "amount", "why"))

    @property
    def party(self) -> Party:
        return self.talents[self.cleaned_data["who"]]
