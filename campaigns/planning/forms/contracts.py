"""Cards under contracts: what is chosen for many at once, which contract, and what stands for which promised post."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Campaign, Deliverable
from crm.base.formats import day_words
from crm.contracts.models import ContractTemplate, Party, PromisedPost

if TYPE_CHECKING:
    from crm.contracts.models.parties import PartyQuerySet

    PartyField = forms.ModelChoiceField[Party]
else:
    PartyField = forms.ModelChoiceField


class ContractManyForm(forms.Form):
    """The words of them all, and until when the offers stand."""

    template = forms.ModelChoiceField(
        label=_("Template"), queryset=ContractTemplate.objects.none(), required=False, empty_label=_("As fits the card")
    )
    offer_until_on = forms.DateField(label=_("The offers stand until"), required=False, widget=day_input())

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        template = self.fields["template"]
        assert isinstance(template, forms.ModelChoiceField)
        template.queryset = ContractTemplate.objects.filter(is_active=True)
        self.helper = helper("template", "offer_until_on")

    def clean_offer_until_on(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["offer_until_on"]
        if until is not None and until < self.today:
            raise forms.ValidationError(_("This day is over. Until when do the offers stand?"))
        return until


class PartyChoice(PartyField):
    """Contracts by their title, number and how far they are."""

    def label_from_instance(self, obj: Any) -> str:
        contract = obj.contract
        return f"{contract.title}, {contract.number} ({contract.get_status_display()})"


class LinkForm(forms.Form):
    """One of her contracts with the house."""

    party = PartyChoice(label=_("Contract"), queryset=Party.objects.none(), empty_label=_("Choose …"))

    def __init__(self, *args: Any, parties: "PartyQuerySet", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party = self.fields["party"]
        assert isinstance(party, forms.ModelChoiceField)
        party.queryset = parties.select_related("contract").order_by("-contract_id")
        party.help_text = _("Posts it promises are matched with what is planned here, by their format.")
        self.helper = helper("party")


class MatchForm(forms.Form):
    """For each piece of work the promised post it stands for; each post once."""

    def __init__(self, *args: Any, rows: Sequence[Deliverable], posts: Sequence[PromisedPost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"work-{row.pk}": row for row in rows}
        choices = [("", _now("None: it comes on top")), *((str(post.pk), words) for post, words in told(posts))]
        for name, row in self.rows.items():
            label = f"{row}, {day_words(row.post_due_on, 'short')}"
            self.fields[name] = forms.ChoiceField(
                label=lazystr(label), choices=choices, required=False, initial=str(row.promised_id or "")
            )
        self.helper = helper(*self.rows)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        counted = Counter(post for post in data.values() if post)
        for name, post in data.copy().items():
            if counted[post] > 1:
                self.add_error(name, _("This post is chosen twice. One piece of work stands for one promised post."))
        return data

    @property
    def chosen(self) -> dict[int, int | None]:
        return {
            row.pk: int(self.cleaned_data[name]) if self.cleaned_data[name] else None for name, row in self.rows.items()
        }


def told(posts: Sequence[PromisedPost]) -> list[tuple[PromisedPost, str]]:
    """Instagram Story, about the serum, by 4 December; those that would read alike are numbered."""
    words = [said(post) for post in posts]
    many, seen, found = Counter(words), Counter[str](), []
    for post, text in zip(posts, words, strict=True):
        seen[text] += 1
        number = _now("%(n)d of %(many)d") % {"n": seen[text], "many": many[text]}
        found.append((post, f"{text}, {number}" if many[text] > 1 else text))
    return found


def said(post: PromisedPost) -> str:
    day = _now("by %(day)s") % {"day": day_words(post.due_on, "short")} if post.due_on else ""
    return ", ".join(part for part in (str(post.format), post.note, day) if part)
