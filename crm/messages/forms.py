"""What a colleague types to write a message, and the words of a template."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.layout import Column, Div, Field, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.base.text import validate_header_text
from crm.inbox.answering import answer_subject
from crm.inbox.models import InboundMail
from crm.messages.blanks import listed, validate_blanks
from crm.messages.fields import all_fields, fields_of, used_by
from crm.messages.files import room_for
from crm.messages.models import MailClass, Message, MessageTemplate
from crm.outbox.promotions import words_that_sell
from crm.team.forms import bare_helper
from crm.team.models import User

PARTS = ("subject_id", "text_id", "subject_en", "text_en")
LONGEST = 5_000
FAR = dt.timedelta(days=366)


NAMED = {"id": _("Bahasa Indonesia"), "en": _("English")}


def words_boxes(languages: Iterable[str] = ("id", "en")) -> tuple[Any, ...]:
    """A box for each language, Indonesian first."""
    return tuple(
        Fieldset(NAMED[language], f"subject_{language}", Field(f"text_{language}", rows=8)) for language in languages
    )


def language_of(mail: InboundMail) -> str:
    """The language of who wrote, as far as it is known."""
    return str(mail.contact.language) if mail.contact else "id"


class WordsForm(forms.ModelForm[Any]):
    """Words in one language or both, with blanks somebody can fill."""

    allowed: dict[str, Any]
    today: dt.date
    answers: InboundMail | None = None

    def _prepare_words(self) -> None:
        for name in PARTS:
            self.fields[name].required = False
        for name in ("subject_id", "subject_en"):
            self.fields[name].validators.append(validate_header_text)
            self.fields[name].label = _("Subject")
        for name in ("text_id", "text_en"):
            self.fields[name].label = _("Text")
            self.fields[name].max_length = LONGEST  # type: ignore[attr-defined]
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in PARTS:
            if cleaned.get(name):
                self._check(name, cleaned[name])
        self._check_pairs(cleaned)
        if cleaned.get("mail_class") == MailClass.SERVICE:
            self._check_service(cleaned)
        return cleaned

    def _check_service(self, cleaned: dict[str, Any]) -> None:
        """One promoting word turns a service message into advertising, whatever it is called."""
        found = [
            words
            for language in ("id", "en")
            for words in words_that_sell(self._own_words(cleaned, language), language, self.today)
        ]
        if found:
            said = _now("This promotes something: %(words)s. Leave it out, or send it as marketing.")
            self.add_error("mail_class", said % {"words": ", ".join(f"“{one}”" for one in found)})

    def _own_words(self, cleaned: dict[str, Any], language: str) -> str:
        """Everything typed; the subject of an answer is what she wrote herself."""
        subject, text = cleaned.get(f"subject_{language}") or "", cleaned.get(f"text_{language}") or ""
        return text if self.answers and subject == answer_subject(self.answers) else f"{subject}\n{text}"

    def _check(self, name: str, text: str) -> None:
        try:
            validate_blanks(text, self.allowed)
        except ValidationError as error:
            self.add_error(name, error)

    def _check_pairs(self, cleaned: dict[str, Any]) -> None:
        """At least one language is whole, and no language is half."""
        for language in ("id", "en"):
            subject, text = cleaned.get(f"subject_{language}"), cleaned.get(f"text_{language}")
            if subject and not text and not self.has_error(f"text_{language}"):
                self.add_error(f"text_{language}", _now("Write the text, too, or clear the subject."))
            if text and not subject and not self.has_error(f"subject_{language}"):
                self.add_error(f"subject_{language}", _now("Write a subject, too: it is what they see first."))
        if not any(cleaned.get(name) for name in PARTS) and not self.errors:
            raise ValidationError(_now("Write a subject and a text in at least one language."), code="no_words")


class MessageForm(WordsForm):
    """What is written, to people who are chosen already."""

    use_template: forms.ModelChoiceField[MessageTemplate] = forms.ModelChoiceField(
        label=_("Begin with"), queryset=MessageTemplate.objects.none(), required=False, empty_label=_("My own words")
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[
            ("now", _("As soon as it may")),
            ("there", _("At this hour where each of them is")),
            ("here", _("At this hour where I am, for all at once")),
        ],
        initial="now",
    )

    class Meta:
        model = Message
        fields = (*PARTS, "mail_class", "with_page", "day_on", "leave_on", "leave_clock", "is_urgent")
        widgets = {
            "day_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "leave_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "leave_clock": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "day_on": _("Fills {{ day }}, in each one's language."),
            "is_urgent": _("Leaves also on days off and however much mail she had; quiet hours stay."),
            "with_page": _("Each gets a link of her own."),
        }

    def __init__(
        self,
        *args: Any,
        audience: str,
        user: User,
        today: dt.date,
        answers: InboundMail | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.allowed, self.user, self.today, self.answers = fields_of(audience), user, today, answers
        self._prepare_words()
        self.fields["use_template"].queryset = offered()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["when"].initial = when_of(self.instance)
            self.fields["use_template"].initial = self.instance.template_id
        self.fields["mail_class"].help_text = _(
            "Service is about what you do together. Whatever promotes something is marketing: it goes only to those "
            "who want news and offers, with the way out of them."
        )
        begin = [Row(Column("use_template"), Column("day_on")), Div(use_words(), css_class="mb-3")]
        words = words_boxes([language_of(answers)] if answers else NAMED)
        self.helper = bare_helper(
            *([*words, Fieldset(_("Words of a template"), *begin)] if answers else [*begin, *words]),
            Fieldset(_("What it is"), "mail_class", "with_page"),
            Fieldset(_("When it leaves"), Row(Column("when"), Column("leave_on"), Column("leave_clock")), "is_urgent"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_day(cleaned)
        self._check_when(cleaned)
        return cleaned

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        words = Message(**{name: cleaned.get(name) or "" for name in PARTS})
        if "day" in used_by(words) and not cleaned.get("day_on") and not self.has_error("day_on"):
            self.add_error("day_on", _now("The words use %(blank)s: choose the day.") % {"blank": listed(["day"])})

    def _check_when(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("when") == "now":
            cleaned["leave_on"] = cleaned["leave_clock"] = None
            return
        on = cleaned.get("leave_on")
        if not on and not self.has_error("leave_on"):
            self.add_error("leave_on", _now("Choose the day on which it leaves."))
        if on and not self.today <= on <= self.today + FAR:
            self.add_error("leave_on", _now("Choose a day from today on, within a year."))
        if not cleaned.get("leave_clock") and not self.has_error("leave_clock"):
            self.add_error("leave_clock", _now("Choose the hour."))

    def written(self) -> Message:
        """The message with everything typed, unsaved."""
        message: Message = self.instance
        template = self.cleaned_data["use_template"]
        message.template, message.template_version = template, template.version if template else None
        message.topic = template.topic if template else message.topic
        message.zone = self.user.zone if self.cleaned_data["when"] == "here" else ""
        return message


class FileForm(forms.Form):
    """A file that goes along."""

    upload = SafeFileField(
        label=_("File"), kinds=IMAGES | DOCUMENTS, help_text=_("A picture or a PDF. Up to five, 12 MB together.")
    )

    def __init__(self, *args: Any, message: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        assert isinstance(upload, SafeFileField)
        upload.quota = partial(room_for, message)
        self.helper = bare_helper("upload")


def use_words() -> StrictButton:
    """Takes the words of the chosen template; checks nothing."""
    return StrictButton(_("Use these words"), type="submit", name="use", value="1", formnovalidate="formnovalidate")


def when_of(message: Message) -> str:
    return "now" if message.leave_on is None else "here" if message.zone else "there"


def offered() -> Any:
    """The templates a writer may begin with."""
    return MessageTemplate.objects.filter(is_active=True).order_by("mail_class", "name")


class TemplateForm(WordsForm):
    """A template's name, class and words."""

    class Meta:
        model = MessageTemplate
        fields = ("name", *PARTS, "mail_class", "topic", "with_page", "is_active")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed, self.today = all_fields(), today
        self._prepare_words()
        self.helper = bare_helper(
            "name",
            *words_boxes(),
            Fieldset(_("What it is"), Row(Column("mail_class"), Column("topic")), "with_page", "is_active"),
        )
