"""What an action on many people still has to ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
