"""How somebody agreed when it did not happen on her page: by chat, on paper; and the brand's own signature."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFile, SafeFileField
from crm.base.zones import local_instant
from crm.contracts.models import Contract, Party, Signature
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper
from crm.team.models import User

if TYPE_CHECKING:
    SignatureModelForm = forms.ModelForm[Signature]
else:
    SignatureModelForm = forms.ModelForm

NOON = dt.time(12, 0)


class ByHandForm(SignatureModelForm):
    """She agreed by chat, or the paper came back signed."""

    signed_on = forms.DateField(label=_("Signed on"), widget=day())
    file = SafeFileField(label=_("Screenshot or scan"), kinds={*IMAGES, *DOCUMENTS}, required=False)

    class Meta:
        model = Signature
        fields = ["how", "name", "acting_for", "said"]
        widgets = {"said": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, party: Party, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.today = party, today
        how = self.fields["how"]
        assert isinstance(how, forms.ChoiceField)
        how.choices = [(way.value, way.label) for way in (Signature.How.CHAT, Signature.How.PAPER)]
        self.initial.update(how=Signature.How.CHAT, name=party.name, signed_on=today)
        self.fields["acting_for"].help_text = _("When somebody else signed for her: her name.")
        self.fields["said"].help_text = _("Her words, as she wrote them.")
        self.helper = bare_helper(
            Fieldset(
                "", Row(Column("how"), Column("signed_on")), Row(Column("name"), Column("acting_for")), "said", "file"
            )
        )

    def clean_signed_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["signed_on"]
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was it signed?"), code="future")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("how") == Signature.How.PAPER and not data.get("file"):
            self.add_error("file", _("Add the signed paper, as a scan or a photo."))
        if data.get("how") == Signature.How.CHAT and not data.get("file") and not (data.get("said") or "").strip():
            self.add_error("said", _("Copy her words, or add a screenshot: what is not shown is forgotten."))
        return data

    def signature(self) -> Signature:
        """As typed, not saved; the paper's hour is not known, so it counts as noon."""
        zone = self.party.contract.zone
        self.instance.party, self.instance.zone = self.party, zone
        self.instance.signed_at = local_instant(self.cleaned_data["signed_on"], NOON, zone)
        return self.instance

    @property
    def proof(self) -> SafeFile | None:
        return self.cleaned_data.get("file") or None


class CountersignForm(forms.Form):
    """The brand's own yes: the name of whoever signs for it, and a tick."""

    name = forms.CharField(label=_("Name of whoever signs"), max_length=160)
    yes = forms.BooleanField(label=_("I may sign for the brand, and I have read it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "name", "yes"))


def house_signature(contract: Contract, user: User, name: str, at: dt.datetime) -> Signature:
    """The brand's own signature by this colleague, as typed, not saved."""
    side = contract.parties.get(role=Party.Role.BRAND)
    side.contract = contract
    return Signature(
        party=side, how=Signature.How.HOUSE, name=name, acting_for=side.name, signed_at=at, zone=user.zone,
        consent_words=str(CountersignForm.base_fields["yes"].label), noted_by=user,
    )  # fmt: skip


class PaperForm(forms.Form):
    """Their paper: the file that will be signed."""

    file = SafeFileField(label=_("Their contract"), kinds=DOCUMENTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "file"))


class WhyForm(forms.Form):
    """A day and a reason."""

    on = forms.DateField(label=_("Last day"), widget=day())
    why = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("on", "why")
