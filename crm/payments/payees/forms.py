"""What colleagues type about whoever is paid. Numbers that are kept are never written back into a form."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.exclusivity.forms.outside import day
from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact
from crm.payments.models import BankAccount, Payee, TaxCertificate
from crm.payments.payees.queries import masked
from crm.team.forms import bare_helper
from crm.timeline.edit_forms import SeenMixin

if TYPE_CHECKING:
    PayeeModelForm = forms.ModelForm[Payee]
    AccountModelForm = forms.ModelForm[BankAccount]
    CertificateModelForm = forms.ModelForm[TaxCertificate]
else:
    PayeeModelForm = AccountModelForm = CertificateModelForm = forms.ModelForm

ACCOUNT = re.compile(r"[0-9A-Za-z]{4,34}")
HIDDEN = {"autocomplete": "off", "spellcheck": "false"}


class PayeeForm(SeenMixin, PayeeModelForm):
    """Name, kind, country, and what the tax office knows. An empty number keeps the one on file."""

    tax_number = forms.CharField(
        label=_("Number"), max_length=40, required=False, widget=forms.TextInput(attrs=HIDDEN),
        help_text=_("NPWP or NIK, digit by digit."),
    )  # fmt: skip
    checked = forms.BooleanField(label=_("I looked the number up, and it is as it stands here."), required=False)

    class Meta:
        model = Payee
        fields = ["name", "kind", "country", "contact", "tax_id_status", "is_vat_registered", "address"]
        widgets = {"address": forms.Textarea(attrs={"rows": 2}), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, person: Influencer | None = None, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_number = self.instance.tax_number
        self._offer_contacts(person)
        if self.kept_number:
            self.fields["tax_number"].help_text = _("On file: %(number)s. Leave this empty to keep it, or type all of it.") % {
                "number": masked(self.kept_number)
            }  # fmt: skip
        rest: list[Any] = []
        if person is not None:
            self.fields["since_on"] = forms.DateField(label=_("Paid there from"), widget=day(), initial=today)
            rest = ["since_on"]
        self.helper = bare_helper(
            Fieldset(str(_("Who is paid")), "name", "kind", Row(Column("country"), Column("contact")), *rest),
            Fieldset(
                str(_("What the tax office knows")), Row(Column("tax_id_status"), Column("tax_number")), "checked",
                "is_vat_registered", "address",
            ),
        )  # fmt: skip
        self.remember()
        if "seen" in self.fields:
            self.helper.layout.append("seen")

    def _offer_contacts(self, person: Influencer | None) -> None:
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.empty_label = _("The influencer herself")
        contact.help_text = _("Whoever is paid instead: her agent or guardian.")
        others = Contact.objects.partners().exclude(kind=Contact.Kind.PERSON)
        if person is not None:
            stands = Representation.objects.filter(influencer=person).exclude(capacity=Representation.Capacity.SELF)
            others = Contact.objects.filter(representations__in=stands)
        contact.queryset = others

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed = "".join(str(data.get("tax_number") or "").split())
        if data.get("tax_id_status") == Payee.TaxId.NONE:
            if typed:
                self.add_error("tax_id_status", _("You typed a number. Choose which one it is."))
            self.instance.tax_number = ""
        else:
            self.instance.tax_number = typed or self.kept_number
            if not self.instance.tax_number:
                self.add_error("tax_number", _("Enter the number, or choose that there is none."))
        return data


class WayForm(forms.Form):
    """An existing payee for a person, such as the agency of many."""

    payee: forms.ModelChoiceField[Payee] = forms.ModelChoiceField(label=_("Paid through"), queryset=None)
    since_on = forms.DateField(label=_("From"), widget=day())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payee"].queryset = Payee.objects.standing()  # type: ignore[attr-defined]
        self.initial.setdefault("since_on", today)
        self.helper = bare_helper(Row(Column("payee"), Column("since_on")))


class AccountForm(AccountModelForm):
    """A bank account, typed whole."""

    class Meta:
        model = BankAccount
        fields = ["bank", "bank_code", "number", "holder"]
        widgets = {"number": forms.TextInput(attrs={**HIDDEN, "inputmode": "numeric"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_code"].help_text = _("Three digits, or the SWIFT code. May stay empty.")
        self.fields["holder"].help_text = _("Exactly as the bank writes it.")
        self.helper = bare_helper(Row(Column("bank"), Column("bank_code")), Row(Column("number"), Column("holder")))

    def clean_number(self) -> str:
        return bare_number(self.cleaned_data["number"])


class HerAccountForm(AccountForm):
    """The same on her own page."""

    class Meta(AccountForm.Meta):
        fields = ["bank", "number", "holder"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)
        self.fields["holder"].help_text = _("Exactly as the bank writes it.")


def bare_number(typed: str) -> str:
    """Without the blanks, dots and dashes people set for reading. Raises ValidationError."""
    number = re.sub(r"[\s.\-]", "", typed)
    if not ACCOUNT.fullmatch(number):
        raise ValidationError(_("An account number has 4 to 34 digits or letters."), code="number")
    return number


class CallForm(forms.Form):
    """Who was called, on which number we knew before, and what she said."""

    number = forms.ChoiceField(
        label=_("On which number"), help_text=_("One we knew before. Never a number that came with the new details.")
    )
    other = forms.CharField(label=_("Which one, and from where we know it"), max_length=80, required=False)
    who = forms.CharField(label=_("Who answered"), max_length=80)
    said = forms.ChoiceField(
        label=_("She says"), widget=forms.RadioSelect,
        choices=[("hers", _("It is right: bank, number and holder")), ("not_hers", _("It is not hers"))],
    )  # fmt: skip

    def __init__(self, *args: Any, numbers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*numbers, ("other", _("Another one we knew before"))]
        self.fields["number"].choices = choices  # type: ignore[attr-defined]
        self.helper = bare_helper(Row(Column("number"), Column("other")), "who", "said")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("number") == "other" and not data.get("other"):
            self.add_error("other", _("Write down which number, and from where we know it."))
        return data

    @property
    def note(self) -> str:
        said = self.cleaned_data
        number = said["other"] if said["number"] == "other" else said["number"]
        return f"{said['who']}, {number}"

    @property
    def is_hers(self) -> bool:
        return bool(self.cleaned_data["said"] == "hers")


class CertificateForm(CertificateModelForm):
    """A paper of the tax office: what it says, for which days, and the paper."""

    percent = forms.DecimalField(
        label=_("Rate, percent"), min_value=0, max_value=100, decimal_places=2, required=False,
        help_text=_("For example 0.5 for a small business. Empty where nothing is withheld."),
    )  # fmt: skip
    file = SafeFileField(label=_("The paper"), kinds={*IMAGES, *DOCUMENTS}, required=False)

    class Meta:
        model = TaxCertificate
        fields = ["kind", "number", "valid_from", "valid_to"]
        widgets = {"kind": forms.RadioSelect, "valid_from": day(), "valid_to": day()}
        labels = {"number": _("Number")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = TaxCertificate.Kind.choices  # type: ignore[attr-defined]  # no empty dot
        self.helper = bare_helper(
            "kind", Row(Column("number"), Column("percent")), Row(Column("valid_from"), Column("valid_to")), "file"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") != TaxCertificate.Kind.EXEMPT and data.get("percent") is None and not self.errors:
            self.add_error("percent", _("Enter the rate that stands on the paper."))
        self.instance.rate_bp = int((data.get("percent") or 0) * 100)
        return data


class RevealForm(forms.Form):
    """Why somebody has to see the whole number."""

    why = forms.CharField(
        label=_("Why do you need it?"), max_length=200, help_text=_("Stands in the story, with your name.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("why")
