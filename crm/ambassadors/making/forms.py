"""Four questions make a deal: how many of what, what fee, how long, what happens at the end. The rest has an answer already."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import fields_for_model
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.making.asked import FOLDS, MOST, Fold, of_commission, of_contract, of_deal, of_rules
from crm.ambassadors.making.figures import figures_of
from crm.ambassadors.making.rows import rows_of
from crm.ambassadors.making.said import SaidDeal, read_deal
from crm.ambassadors.making.terms import TEMPLATE, DealTerms, for_person, money
from crm.ambassadors.models import AmbassadorDeal, CommissionRule, Program, QuotaLine
from crm.base.money import MoneyField
from crm.base.windows import term_end
from crm.brands.forms import category_choices
from crm.contracts.models import Contract, ContractTemplate, PayLine
from crm.contracts.whom import people_named
from crm.exclusivity.forms.outside import day
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.team.forms import bare_helper, zone_field
from crm.team.models import User

FIRST_YEAR, LAST_YEAR = 2000, 2100
YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}
HIGHEST = Decimal(10) ** 12
ROWS = '{% include "crm/ambassadors/making/_rows.html" with rows=form.rows only %}'


class DealForm(forms.Form):
    """A deal with one person; the kinds of post are rows of their own (`rows`)."""

    who = forms.CharField(label=_("With whom"), max_length=200, help_text=_("A handle or a name."))
    program = forms.ModelChoiceField(
        label=_("Programme"), queryset=Program.objects.none(), empty_label=_("Choose …"),
    )  # fmt: skip
    said = forms.CharField(
        label=_("As it was said"), max_length=300, required=False,
        help_text=_("2 reels 4 stories a month, 5jt. Or fill in the lines below."),
    )  # fmt: skip
    retainer = MoneyField(
        label=_("Retainer for a whole period"), required=False,
        help_text=_("Empty: the price in the words above, or no money at all."),
    )  # fmt: skip
    tax = forms.ChoiceField(label=_("Tax"), choices=PayLine.Tax.choices, required=False)
    start_on = forms.DateField(label=_("First day"), widget=day())
    months = forms.IntegerField(label=_("For months"), min_value=1, max_value=120, required=False, initial=12)
    end_on = forms.DateField(
        label=_("Last day"), required=False, widget=day(), help_text=_("Empty: counted from the months.")
    )
    is_open = forms.BooleanField(label=_("Without a last day"), required=False)
    renewal = forms.ChoiceField(
        label=_("At its end"), choices=Contract.Renewal.choices, initial=Contract.Renewal.NONE, widget=forms.RadioSelect
    )
    template = forms.ModelChoiceField(
        label=_("Template"), required=False, empty_label=None,
        queryset=ContractTemplate.objects.filter(is_active=True, kind=Contract.Kind.AMBASSADOR),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    category = forms.ChoiceField(label=_("Product category"), required=False)
    exclusive = forms.BooleanField(label=_("No work for other brands of the category"), required=False)
    tail_days = forms.IntegerField(
        label=_("And so many days after the end"), min_value=0, max_value=730, initial=0, required=False
    )
    rests_in_pauses = forms.BooleanField(label=_("Rests while the deal is paused"), required=False)
    in_kind = MoneyField(label=_("Products each period, worth"), required=False)
    in_kind_note = forms.CharField(label=_("What products"), max_length=120, required=False)
    percent = forms.DecimalField(
        label=_("Commission, %"), required=False, min_value=0, max_value=100, decimal_places=2,
        help_text=_("Empty: what her tier earns, or nothing."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, user: User, today: dt.date, zone: str, currency: str, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.user, self.today, self.people = user, today, list[Influencer]()
        self.said_deal: SaidDeal | None = None
        self.rows = rows_of(data, kwargs.get("initial", {}).get("quotas", ()))
        self._borrow()
        self._choose(user)
        self.fields["zone"] = zone_field()
        for name, value in {"zone": zone, "retainer": [None, currency], "in_kind": [None, currency],
                            "extra_price": [None, currency]}.items():  # fmt: skip
            self.initial.setdefault(name, value)
        self.helper = bare_helper(*self._layout())

    def _borrow(self) -> None:
        """Questions that are columns: asked with their own words, choices and answers."""
        widgets: Any = {"offer_until_on": day(), "anchor_on": day(), "note": forms.Textarea(attrs={"rows": 2}),
                   "extra_words": forms.Textarea(attrs={"rows": 4})}  # fmt: skip
        parts = (
            (AmbassadorDeal, of_deal),
            (Contract, of_contract),
            (QuotaLine, of_rules),
            (CommissionRule, of_commission),
        )
        for model, names in parts:
            borrowed: Any = fields_for_model(
                model, fields=list(names), widgets=widgets, field_classes={"extra_price": MoneyField}
            )
            self.fields.update(borrowed)
            for name in names:
                self.fields[name].required = False
        for name, most in MOST.items():
            self.fields[name].validators += [MinValueValidator(most[0]), MaxValueValidator(most[1])]
            self.fields[name].widget.attrs.update({"min": most[0], "max": most[1]})
        self.fields["year_begins"] = forms.TypedChoiceField(
            label=self.fields["year_begins"].label, help_text=self.fields["year_begins"].help_text, coerce=int,
            choices=list(MONTHS.items()), initial=1, required=False,
        )  # fmt: skip

    def _choose(self, user: User) -> None:
        program: Any = self.fields["program"]
        seen = Program.objects.visible_to(user).select_related("brand__category", "category")
        program.queryset = seen.running() | seen.filter(pk=self.initial.get("program") or 0)
        program.label_from_instance = lambda one: f"{one.name} · {one.brand}"
        self.fields["category"].choices = category_choices(_("As the programme"))  # type: ignore[attr-defined]
        payee: Any = self.fields["payee"]
        payee.queryset, payee.empty_label = Contact.objects.filter(kind=Contact.Kind.AGENT), _("The person herself")
        language: Any = self.fields["language"]
        language.choices = [("", _("As the person")), *(one for one in language.choices if one[0])]
        self.initial.setdefault("language", "")
        self.fields["title"].help_text = _("Empty: the programme and the person.")
        self.initial.setdefault("notice_value", 30)
        template: Any = self.fields["template"]
        self.initial.setdefault("template", template.queryset.filter(code=TEMPLATE).first())

    def _layout(self) -> list[Any]:
        return [
            Fieldset("", *self._whom()),
            Fieldset(_("How many of what, each period"), "said", HTML(ROWS)),
            Fieldset(_("What fee"), Row(Column("retainer"), Column("tax"))),
            Fieldset(_("How long"), Row(Column("start_on"), Column("months"), Column("end_on")), "is_open"),
            Fieldset(_("What happens at the end"), "renewal"),
            *(Fold(title, lines) for title, lines in FOLDS),
        ]

    def _whom(self) -> list[Any]:
        return [Row(Column("who"), Column("program"))]

    @property
    def media(self) -> forms.Media:
        return super().media + self.rows.media

    def is_valid(self) -> bool:
        """The form and its lines; both are always checked, so that everything is said at once."""
        rows_fit = self.rows.is_valid()
        return super().is_valid() and rows_fit

    def clean_who(self) -> str:
        said: str = self.cleaned_data["who"]
        self.people, unknown = people_named(said, self.user)
        if unknown or not self.people:
            raise ValidationError(
                _("Nobody on file is called %(names)s. Check the spelling, or add the person first."),
                params={"names": ", ".join(unknown) or said}, code="unknown",
            )  # fmt: skip
        if len(self.people) > 1:
            raise ValidationError(_("One deal is with one person. For several, use “For many”."), code="several")
        return said

    def clean_said(self) -> str:
        said: str = self.cleaned_data["said"]
        self.said_deal = read_deal(said) if said else None
        if said and self.said_deal is None:
            raise ValidationError(
                _("This cannot be read. Write it for example as: 2 reels 4 stories a month, 5jt."), code="said"
            )
        return said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("start_on", "end_on", "anchor_on"):
            if data.get(name) and not FIRST_YEAR <= data[name].year <= LAST_YEAR:
                self.add_error(name, _("Choose a day between %(first)s and %(last)s.") % YEARS)
        start_on = data.get("start_on")
        if start_on and not data.get("end_on") and not data.get("is_open") and data.get("months"):
            data["end_on"] = term_end(start_on, data["months"])
        if data.get("is_open"):
            data["end_on"] = None
        self._check_days(data)
        self._check_end(data)
        if data.get("program") and data.get("exclusive") and not self._category(data):
            self.add_error("exclusive", _("This programme has no category. Choose the product category below."))
        if not self._owed() and not {"said"} & set(self.errors) and self.rows.is_valid():
            self.add_error("said", _("How many of what does she owe? Write it here, or fill in a line."))
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        start_on, end_on, until = data.get("start_on"), data.get("end_on"), data.get("offer_until_on")
        if start_on and end_on and end_on < start_on:
            self.add_error("end_on", _("The last day is before the first."))
        if start_on and end_on is None and not data.get("is_open") and not self.errors.get("months"):
            self.add_error("months", _("For how many months? Or choose a last day, or none at all."))
        if until and until < self.today:
            self.add_error("offer_until_on", _("This day is over. Until when does the offer stand?"))
        if data.get("anchor_on") and start_on and data["anchor_on"] > start_on:
            self.add_error("anchor_on", _("Periods count from the first day or an earlier one."))

    def _check_end(self, data: dict[str, Any]) -> None:
        """What goes on by itself needs a last day; for how long and with which notice has an answer already."""
        if data.get("renewal") not in (Contract.Renewal.AUTO, Contract.Renewal.OPTION):
            return
        if data.get("is_open"):
            self.add_error("is_open", _("What goes on at its end needs a last day."))
        data["renew_months"] = data.get("renew_months") or data.get("months") or 12
        if data.get("notice_value") is None and "notice_value" not in self.errors:
            data["notice_value"] = 30

    def _owed(self) -> bool:
        return bool(self.rows.quotas or (self.said_deal and self.said_deal.posts))

    @staticmethod
    def _category(data: dict[str, Any]) -> int | None:
        chosen, program = data.get("category"), data["program"]
        return int(chosen) if chosen else program.category_id or program.brand.category_id

    def terms(self) -> DealTerms:
        """What was asked for; only after a successful check."""
        data, said = self.cleaned_data, self.said_deal
        quotas = self.rows.quotas
        retainer = data["retainer"]
        if retainer is None and said is not None and said.amount is not None:
            retainer = money(said.amount, said.currency)
        of_its_deal = _filled(data, of_deal)
        if said is not None and said.unit and not quotas:
            of_its_deal["unit"] = said.unit
        return DealTerms(
            program=data["program"], person=self.people[0] if len(self.people) == 1 else None,
            start_on=data["start_on"], end_on=data["end_on"], zone=data["zone"], owner=self.user,
            posts=said.posts if said is not None and not quotas else (), quotas=quotas, retainer=retainer,
            tax=data["tax"] or (said.tax if said else ""), in_kind=data["in_kind"], in_kind_note=data["in_kind_note"],
            said=data["said"], title=data["title"], category=int(data["category"]) if data["category"] else None,
            exclusive=data["exclusive"], tail_days=data["tail_days"] or 0, rests_in_pauses=data["rests_in_pauses"],
            deal=of_its_deal, contract={"renewal": data["renewal"], **_filled(data, of_contract)},
            rules=_filled(data, of_rules), commission=self._commission(), template=data["template"],
        )  # fmt: skip

    def terms_for_her(self) -> DealTerms | None:
        """The same with the formats her words mean; None, and an error at its field, where nobody can tell."""
        terms = self.terms()
        try:
            found = for_person(terms, self.people[0])
            if (figures_of(found).cash or 0) < HIGHEST:
                return found
            self.add_error("retainer", _("That is more than can be written down. Check the amount."))
            return None
        except ValidationError as refused:
            self.add_error("said", refused)
            return None

    def _commission(self) -> dict[str, Any] | None:
        percent = self.cleaned_data["percent"]
        if not percent:
            return None
        return {"rate_bp": int(percent * 100), **_filled(self.cleaned_data, of_commission)}


def _filled(data: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What was answered; what was left empty keeps the answer of its column."""
    return {name: data[name] for name in names if data.get(name) is not None and data[name] != ""}
