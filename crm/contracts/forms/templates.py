"""The words of a template and of a clause, both languages side by side."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.contracts.actions.words import BLANKS, check_words
from crm.contracts.models import Contract, ContractTemplate, ContractWording, LibraryClause
from crm.messages.blanks import validate_blanks
from crm.team.forms import bare_helper

if TYPE_CHECKING:
    TemplateModelForm = forms.ModelForm[ContractTemplate]
    ClauseModelForm = forms.ModelForm[LibraryClause]
else:
    TemplateModelForm = ClauseModelForm = forms.ModelForm

LONGEST = 60_000
TEXTS = ("text_id", "text_en")


def again(form: Any, seen: str) -> None:
    """What was typed once more, now knowing what somebody else saved meanwhile."""
    typed = form.data.copy()
    typed[form.add_prefix("seen")] = seen
    form.data = typed


def words_field(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 22, "spellcheck": "true"})
    return forms.CharField(label=label, widget=area, max_length=LONGEST, strip=False)


class TemplateForm(TemplateModelForm):
    """A template with its words; saving other words makes a version."""

    text_id = words_field(_("Indonesian words"))
    text_en = words_field(_("English words"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ContractTemplate
        fields = ("name_id", "name_en", "kind", "is_active")

    def __init__(self, *args: Any, newest: ContractWording | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = newest.version if newest else 0
        for name in TEXTS:
            self.initial.setdefault(name, getattr(newest, name) if newest else "")
        self.helper = bare_helper(
            "seen",
            Fieldset("", Row(Column("name_id"), Column("name_en")), Row(Column("kind"), Column("is_active"))),
            Fieldset(
                _("The words"), Row(Column("text_id", css_class="col-lg-6"), Column("text_en", css_class="col-lg-6"))
            ),
        )

    def clean_text_id(self) -> str:
        return _checked(self.cleaned_data["text_id"])

    def clean_text_en(self) -> str:
        return _checked(self.cleaned_data["text_en"])

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS}

    def show_newer(self, version: int) -> None:
        """Saving once more builds on what somebody else saved meanwhile."""
        again(self, str(version))


def _checked(text: str) -> str:
    """The words with one sort of line ends, and no blank that nobody fills in."""
    plain = text.replace("\r\n", "\n")
    if not plain.strip():
        raise ValidationError(_("Write the words, or copy those of the other language."), code="required")
    check_words(plain)
    return plain


class LibraryForm(ClauseModelForm):
    """A clause several templates share."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = LibraryClause
        fields = ("title_id", "title_en", "text_id", "text_en", "is_active")
        widgets = {name: forms.Textarea(attrs={"rows": 10}) for name in TEXTS}

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        self.helper = bare_helper(
            "seen",
            Fieldset(
                "", Row(Column("title_id"), Column("title_en")), Row(Column("text_id"), Column("text_en")), "is_active"
            ),
        )

    def clean_text_id(self) -> str:
        return _without_clauses(self.cleaned_data["text_id"])

    def clean_text_en(self) -> str:
        return _without_clauses(self.cleaned_data["text_en"])

    def show_newer(self, seen: str) -> None:
        again(self, seen)


def _without_clauses(text: str) -> str:
    """A clause has the blanks of a contract, and no clauses within."""
    plain = text.replace("\r\n", "\n")
    validate_blanks(plain, list(BLANKS))
    return plain


class SampleForm(forms.Form):
    """Which contract fills the blanks of the preview."""

    sample = forms.ModelChoiceField(
        label=_("Filled in from"),
        queryset=Contract.objects.none(),
        required=False,
        empty_label=_("an invented contract"),
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sample"].queryset = offered  # type: ignore[attr-defined]
        self.fields["sample"].widget.attrs["class"] = "form-select form-select-sm w-auto"
