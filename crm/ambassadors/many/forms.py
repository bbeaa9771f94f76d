"""The questions of a deal, asked once for many."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.making.forms import DealForm
from crm.ambassadors.making.terms import DealTerms
from crm.contracts.whom import people_chosen, people_named
from crm.influencers.models import Influencer

MOST = 40


class ManyDealForm(DealForm):
    """Names and handles, or people a list handed over; each gets a draft of her own, in her language."""

    chosen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = forms.CharField(
            label=_("With whom"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Handles or names, one per line. Each gets a deal of her own."),
        )  # fmt: skip
        self.fields["title"].help_text = _("Empty: the programme. Her name is added.")

    def _whom(self) -> list[Any]:
        return ["chosen", "who", Row(Column("program"))]

    @property
    def chosen_people(self) -> list[Influencer]:
        """Whom a list handed over, as far as this colleague may see them."""
        return people_chosen(str(self["chosen"].value() or ""), self.user, MOST + 1)

    def clean_who(self) -> str:
        said: str = self.cleaned_data["who"]
        named, unknown = people_named(said, self.user)
        if unknown:
            raise ValidationError(
                _("Nobody on file is called %(names)s, or several are. Use the handle, or add the person first."),
                params={"names": ", ".join(unknown)}, code="unknown",
            )  # fmt: skip
        self.people = list({one.pk: one for one in (*self.chosen_people, *named)}.values())
        if not self.people:
            raise ValidationError(
                _("With whom? Paste handles, or choose people in the list of people first."), code="nobody"
            )
        if len(self.people) > MOST:
            raise ValidationError(
                _("At most %(most)d people at once. Do it in parts."), params={"most": MOST}, code="many"
            )
        return said

    def terms(self) -> DealTerms:
        """The same for all of them; whose they are is said later."""
        made = super().terms()
        return DealTerms(**{**made.__dict__, "person": None})
