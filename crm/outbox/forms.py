"""What people type at the outbox's switches, and an e-mail's words in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.text import validate_header_text, validate_letter
from crm.outbox.kinds import KINDS
from crm.outbox.models import ChatWording, Email, Wording
from crm.outbox.promotions import refuse_promotion


class PauseForm(forms.Form):
    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Colleagues see it until mail goes on."),
        validators=[validate_header_text],
    )


class RedirectForm(forms.Form):
    address = forms.EmailField(
        label=_("Send everything to"), required=False, help_text=_("Leave it empty to write to the recipients again.")
    )


class WordingForm(forms.ModelForm[Wording]):
    """Own words for one message in one language; only names the message knows."""

    class Meta:
        model = Wording
        fields = ("name", "language", "subject", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            choices = sorted((kind.name, str(kind.label)) for kind in KINDS.values())
            self.fields["name"] = forms.ChoiceField(label=_("Message"), choices=choices)
        if "subject" in self.fields:
            self.fields["subject"].validators.append(validate_header_text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = KINDS.get(str(cleaned.get("name") or self.instance.name))
        for field in ("subject", "text"):
            if kind and field in cleaned:
                self._check(field, cleaned[field], kind.allowed)
        if kind and kind.mail_class == Email.MailClass.SERVICE:
            self._check_service(cleaned)
        return cleaned

    def _check_service(self, cleaned: dict[str, Any]) -> None:
        """What completes what was agreed may not sell anything besides."""
        language = str(cleaned.get("language") or self.instance.language)
        for field in ("subject", "text"):
            try:
                refuse_promotion(str(cleaned.get(field, "")), language, timezone.now().date())
            except ValidationError as error:
                self.add_error(field, error)

    def _check(self, field: str, words: str, allowed: tuple[str, ...]) -> None:
        try:
            validate_letter(words, allowed)
            if "${late:" in words:
                raise ValidationError(_now("Write only names from the list, such as $first_name."))
        except ValidationError as error:
            self.add_error(field, error)


class ChatWordingForm(WordingForm):
    """Own words for one message on WhatsApp in one language."""

    class Meta(WordingForm.Meta):
        model = ChatWording  # type: ignore[assignment]
        fields = ("name", "language", "text")  # type: ignore[assignment]
