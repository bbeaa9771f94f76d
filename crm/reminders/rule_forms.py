"""What an admin may write into a rule: only what can be planned, to whom it is meant for."""

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import KINDS
from crm.outbox.models import Email
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.registry import due

FURTHEST = {RuleStep.Unit.DAYS: 90, RuleStep.Unit.HOURS: 240}
CLASSES = [choice for choice in Email.MailClass.choices if choice[0] != Email.MailClass.CODE]


class RuleForm(forms.ModelForm[Rule]):
    """A rule speaks of one kind of due thing, and only of kinds that exist; codes are never sent by rule."""

    class Meta:
        model = Rule
        fields = (
            "code",
            "kind",
            "name",
            "stop_when",
            "mail_class",
            "series",
            "is_urgent",
            "is_active",
            "valid_from",
            "valid_to",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(placed.key, placed.words.get("label", placed.key)) for placed in due.all()]
        self.fields["kind"] = forms.ChoiceField(label=_("trigger"), choices=kinds)
        self.fields["mail_class"] = forms.ChoiceField(label=_("class"), choices=CLASSES)
        self.fields["stop_when"].help_text = _(
            "In words, for colleagues. Every reminder stops by itself when what it asks for is settled."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("valid_from"), data.get("valid_to")
        if since and until and until < since:
            self.add_error("valid_to", _("The rule ends before it begins. Swap the days or correct one."))
        return data


class StepForm(forms.ModelForm[RuleStep]):
    """A step sends one of the messages that exist, to those it was written for."""

    class Meta:
        model = RuleStep
        fields = ("offset", "unit", "recipient", "email_name", "moves_for_days_off")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email_name" in self.fields:
            choices = sorted((kind.name, str(kind.label)) for kind in KINDS.values() if kind.for_reminders)
            self.fields["email_name"] = forms.ChoiceField(label=_("message"), choices=choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_reader(data.get("email_name"), data.get("recipient"))
        self._check_offset(data.get("offset"), data.get("unit"))
        return data

    def _check_reader(self, email_name: str | None, recipient: str | None) -> None:
        """What carries a link to her own page is for her alone; what is written to colleagues never reaches her."""
        kind = KINDS.get(email_name or "")
        if kind is None or not recipient:
            return
        is_hers = "page" in kind.late
        if is_hers and recipient != Recipient.INFLUENCER:
            self.add_error("email_name", _("This message is written to influencers. Choose the one to a colleague."))
        elif not is_hers and recipient == Recipient.INFLUENCER:
            self.add_error("email_name", _("This message is written to colleagues. Choose one to the influencer."))

    def _check_offset(self, offset: int | None, unit: str | None) -> None:
        furthest = FURTHEST.get(RuleStep.Unit(unit)) if unit in RuleStep.Unit.values else None
        if offset is not None and furthest is not None and abs(offset) > furthest:
            words = _now("Choose a number between -%(most)d and %(most)d.")
            self.add_error("offset", words % {"most": furthest})


class StepFormSet(BaseInlineFormSet[RuleStep, Rule, forms.ModelForm[RuleStep]]):
    """All steps of a rule together."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.instance.is_active:
            return
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if not kept:
            raise forms.ValidationError(_("Without a step this rule does nothing. Add one, or switch the rule off."))
