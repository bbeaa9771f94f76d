"""What an action on many people still has to ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.influencers.actions.tags import tag_word
from crm.influencers.vocabulary import Vocabulary
from crm.team.forms import bare_helper


class NoQuestion(forms.Form):
    """An action that only asks whether it is meant."""

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class OwnerQuestion(NoQuestion):
    """Who looks after them from now on."""

    owner = forms.ChoiceField(label=_("Colleague"), required=False)

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        self.fields["owner"].choices = [("", _("Nobody")), *words.owners.items()]  # type: ignore[attr-defined]


class NicheQuestion(NoQuestion):
    """Which niche they get besides their own."""

    niche = forms.ChoiceField(label=_("Niche"))

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        self.fields["niche"].choices = [("", "…"), *words.niche_choices()]  # type: ignore[attr-defined]


class TagQuestion(NoQuestion):
    """Which tag they get."""

    tag = forms.CharField(
        label=_("Tag"), max_length=40, help_text=_("A word your team uses. A new one becomes a tag by itself.")
    )

    def clean_tag(self) -> str:
        name = tag_word(self.cleaned_data["tag"])
        if not name:
            raise forms.ValidationError(_("Write a word."), code="empty")
        return name
