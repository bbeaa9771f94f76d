"""What she chooses about hearing from us."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from crm.outbox.models import Contact
from crm.outbox.topics import OF_DATA, OF_MARKETING, Purpose
from crm.preferences.models import WEEKDAYS, ReminderWish


class ChoicesForm(forms.Form):
    """Consents as boxes with the words she agrees to; how often, how, and in which language."""

    news = forms.BooleanField(label=Purpose.NEWS.label, required=False)
    offers = forms.BooleanField(label=Purpose.OFFERS.label, required=False)
    profile = forms.BooleanField(label=Purpose.PROFILE.label, required=False)
    minor = forms.BooleanField(label=Purpose.MINOR.label, required=False)
    address = forms.BooleanField(label=Purpose.ADDRESS.label, required=False)
    pace = forms.ChoiceField(label=_("How often"), choices=ReminderWish.Pace.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(label=_("Once a week on"), choices=WEEKDAYS, coerce=int)
    extras = forms.BooleanField(
        label=_("Also remind me of small things we did not agree on"),
        required=False,
        help_text=_("For example the address of a post."),
    )
    prefers = forms.ChoiceField(
        label=_("Reach me by"),
        choices=[
            (Contact.Prefers.EMAIL, _("E-mail")),
            (Contact.Prefers.WHATSAPP, _("WhatsApp only")),
            (Contact.Prefers.CALL, _("A phone call")),
        ],
        widget=forms.RadioSelect,
    )
    whatsapp = PhoneNumberField(
        label=_("My WhatsApp number"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(
        self, *args: Any, texts: Mapping[str, str], standing: set[str], may_agree: bool, guards: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for purpose, words in texts.items():
            self.fields[purpose].help_text = words
        for purpose in OF_MARKETING:
            if not may_agree and purpose not in standing:
                del self.fields[purpose]
        for purpose in OF_DATA:
            if purpose not in standing and not (purpose == Purpose.MINOR and guards):
                del self.fields[purpose]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_missing = not cleaned.get("whatsapp") and "whatsapp" not in self.errors
        if cleaned.get("prefers") == Contact.Prefers.WHATSAPP and is_missing:
            self.add_error("whatsapp", _("Tell us the number, so that we can write to you there."))
        return cleaned

    @property
    def wanted(self) -> dict[str, bool]:
        """The consents as ticked."""
        purposes = [purpose for purpose in (*OF_MARKETING, *OF_DATA) if purpose in self.fields]
        return {str(purpose): bool(self.cleaned_data[purpose]) for purpose in purposes}

    def consents(self) -> list[Any]:
        """The boxes that are about agreeing."""
        return [self[purpose] for purpose in (*OF_MARKETING, *OF_DATA) if purpose in self.fields]
