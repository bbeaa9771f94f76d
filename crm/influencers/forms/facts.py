"""Small forms about a person: a tag, a file."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField, at_most
from crm.influencers.actions.attachments import MOST
from crm.influencers.actions.tags import tag_word
from crm.influencers.models import Attachment, Tag
from crm.team.forms import bare_helper

SUGGESTED = "tags-known"


class TagForm(forms.Form):
    """A word, old or new."""

    name = forms.CharField(
        label=_("Tag"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": SUGGESTED, "autocomplete": "off"}),
        help_text=_("A word your team uses. A new one becomes a tag by itself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "name"))

    def clean_name(self) -> str:
        return tag_word(self.cleaned_data["name"]) or self._empty()

    def _empty(self) -> str:
        raise forms.ValidationError(_("Write a word."), code="empty")

    @property
    def known(self) -> list[str]:
        """The house's tags, to choose from."""
        return list(Tag.objects.order_by("name").values_list("name", flat=True)[:500])


class AttachmentForm(forms.ModelForm[Attachment]):
    """A file, what it is, and what to call it."""

    upload = SafeFileField(label=_("File"), kinds=IMAGES | DOCUMENTS)

    class Meta:
        model = Attachment
        fields = ["kind", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        assert isinstance(upload, SafeFileField)
        upload.quota = at_most(MOST, self.instance.influencer.attachments.count())
        upload.help_text = _("A picture or a PDF.")
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Empty: as the file is called.")
        self.helper = bare_helper(Fieldset("", "upload", Row(Column("kind"), Column("name"))))
