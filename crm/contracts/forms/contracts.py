"""The form of a contract: who, for whom and the words of the chat; everything else is folded and has an answer already."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Div, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.windows import validate_period
from crm.brands.forms import category_choices
from crm.brands.models import Brand
from crm.contracts.actions.amending import TEMPLATE
from crm.contracts.models import Contract, ContractTemplate, ContractWording
from crm.contracts.whom import people_named
from crm.exclusivity.forms.outside import day
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.team.forms import bare_helper, zone_field
from crm.team.models import User

if TYPE_CHECKING:
    ContractModelForm = forms.ModelForm[Contract]
else:
    ContractModelForm = forms.ModelForm

NEEDED: dict[str, Any] = {
    Contract.Renewal.AUTO: _("A contract that goes on by itself needs this."),
    Contract.Renewal.OPTION: _("A contract that goes on by our option needs this."),
}
FOLD = "crm/contracts/_folded.html"


class ContractForm(ContractModelForm):
    """A new contract asks for people, brand and what was agreed; one on file no longer asks for people."""

    who = forms.CharField(
        label=_("With whom"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Handles or names, one per line. Several people make one contract together."),
    )
    template = forms.ModelChoiceField(
        label=_("Template"), queryset=ContractTemplate.objects.none(), required=False,
        empty_label=_("None: their paper, or words of our own"),
    )  # fmt: skip

    class Meta:
        model = Contract
        fields = [
            "brand", "kind", "category", "title", "said", "start_on", "end_on", "offer_until_on", "language", "zone", "entity",
            "payee", "renewal", "renew_months", "most_renewals", "notice_value", "notice_span", "notice_counts", "extra_words",
            "note",
        ]  # fmt: skip
        widgets = {
            "start_on": day(), "end_on": day(), "offer_until_on": day(),
            "extra_words": forms.Textarea(attrs={"rows": 4}), "note": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today, self.people = user, today, list[Influencer]()
        self._choose(user)
        self.fields["zone"] = zone_field()
        self.fields["title"].required = self.fields["notice_counts"].required = False
        self.fields["title"].help_text = _("Empty: the brand and the people.")
        self.fields["said"].help_text = _(
            "As it was said in the chat, for each person: 1 reel 3 story 2,8jt nett. It becomes posts and a fee."
        )
        if self.instance.pk:
            del self.fields["who"]
            del self.fields["said"]
        self.helper = bare_helper(*self._layout())

    def _choose(self, user: User) -> None:
        brand, template, payee = self.fields["brand"], self.fields["template"], self.fields["payee"]
        assert isinstance(brand, forms.ModelChoiceField)
        assert isinstance(template, forms.ModelChoiceField)
        assert isinstance(payee, forms.ModelChoiceField)
        brand.queryset = Brand.objects.visible_to(user).running()
        brand.empty_label = _("Choose …")
        template.queryset = ContractTemplate.objects.filter(is_active=True).exclude(code=TEMPLATE)
        wording = self.instance.wording
        if wording is not None:
            template.queryset = template.queryset | ContractTemplate.objects.filter(pk=wording.template_id)
            self.initial["template"] = wording.template_id
        self.fields["category"].choices = category_choices(_("As the brand"))  # type: ignore[attr-defined]
        payee.queryset = Contact.objects.filter(kind=Contact.Kind.AGENT)
        payee.empty_label = _("Each person herself")

    def _layout(self) -> list[Any]:
        asked = [] if self.instance.pk else ["who"]
        said = [] if self.instance.pk else ["said"]
        return [
            Fieldset("", *asked, Row(Column("brand"), Column("category"), Column("kind")), *said),
            Fieldset("", Row(Column("start_on"), Column("end_on"), Column("offer_until_on")), "template", "title"),
            Div(
                Row(Column("renewal"), Column("renew_months"), Column("most_renewals")),
                Row(Column("notice_value"), Column("notice_span"), Column("notice_counts")),
                Row(Column("entity"), Column("payee")),
                Row(Column("language"), Column("zone")),
                "extra_words",
                "note",
                template=FOLD,
            ),
        ]

    def clean_who(self) -> str:
        said: str = self.cleaned_data["who"]
        self.people, unknown = people_named(said, self.user)
        if unknown:
            raise ValidationError(
                _("Nobody on file is called %(names)s. Check the spelling, or add the person first."),
                params={"names": ", ".join(unknown)}, code="unknown",
            )  # fmt: skip
        return said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        try:
            validate_period(data.get("start_on"), data.get("end_on"))
        except ValidationError as refused:
            self.add_error("end_on", refused)
        until = data.get("offer_until_on")
        if until and until < self.today and until != self.instance.offer_until_on:
            self.add_error("offer_until_on", _("This day is over. Until when does the offer stand?"))
        self._check_renewal(data)
        return data

    def _check_renewal(self, data: dict[str, Any]) -> None:
        needed = NEEDED.get(data.get("renewal") or "")
        if needed is None:
            return
        for name in ("start_on", "end_on", "renew_months", "notice_value"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, needed)
        if data.get("most_renewals") == 0:
            self.add_error("most_renewals", _("At least once. To let it end, choose that it ends by itself."))

    def contract(self) -> Contract:
        """The contract as typed, not saved."""
        contract, template = self.instance, self.cleaned_data["template"]
        if contract.wording is None or template is None or contract.wording.template_id != template.pk:
            contract.wording = newest_wording(template)
        contract.category = contract.category or contract.brand.category
        names = ", ".join(person.stage_name for person in self.people)
        contract.title = contract.title or f"{contract.brand} · {names}"[:160]
        return contract


def newest_wording(template: ContractTemplate | None) -> ContractWording | None:
    return template.newest if template is not None else None
