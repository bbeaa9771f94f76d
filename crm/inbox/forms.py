"""The form that says whom a mail is about."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.inbox.models import InboundMail
from crm.inbox.queries import people_behind, things_of
from crm.influencers.models import Influencer
from crm.reminders.registry import Due
from crm.team.forms import bare_helper

if TYPE_CHECKING:
    from crm.team.models import User

OFFERED = 50


class AboutForm(forms.Form):
    """A person, and once she is known, the thing of hers it is about."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Person"), queryset=None, empty_label=_("Choose a person")
    )
    thing = forms.ChoiceField(label=_("What it is about"), required=False)

    def __init__(self, *args: Any, mail: InboundMail, user: "User", now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mail, self.user, self.now = mail, user, now
        self.things: dict[str, Due] = {}
        self._offer_people()
        self._offer_things()
        box = [HTML(f'<auto-select data-url="{reverse("people-choices")}">'), "person", HTML("</auto-select>")]
        self.helper = bare_helper(Div(*box), *(["thing"] if "thing" in self.fields else []))

    def _offer_people(self) -> None:
        """Those behind the sender first; the box asks for anybody else."""
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        people = Influencer.objects.visible_to(self.user).filter(merged_into=None)
        field.queryset = people
        behind = people_behind(self.mail)
        if len(behind) == 1:
            self.initial.setdefault("person", behind[0].pk)
        chosen = self._chosen()
        here = people.filter(pk=chosen) if chosen else people.none()
        newest = people.present().newest_first()[:OFFERED]
        offered = {one.pk: str(one) for one in [*behind, *here, *newest]}
        field.widget.choices = [("", field.empty_label), *offered.items()]

    def _chosen(self) -> int | None:
        told = str(self["person"].value() or "")
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None

    def _offer_things(self) -> None:
        """What the chosen person has open; nothing to choose while nobody is."""
        chosen = self._chosen()
        person = Influencer.objects.visible_to(self.user).filter(pk=chosen).first() if chosen else None
        self.things = {due.subject: due for due in things_of(person, self.user, self.now)} if person else {}
        if not self.things:
            del self.fields["thing"]
            return
        field = self.fields["thing"]
        assert isinstance(field, forms.ChoiceField)
        named = [(subject, _named(due)) for subject, due in self.things.items()]
        field.choices = [("", _("Nothing in particular")), *named]

    @property
    def asks_more(self) -> bool:
        """Whether she has things open among which nobody was asked to choose yet."""
        return "thing" in self.fields and "thing" not in self.data

    @property
    def due(self) -> Due | None:
        """The chosen thing."""
        return self.things.get(self.cleaned_data.get("thing", ""))


def _named(due: Due) -> str:
    return ", ".join(str(part) for part in (due.title, due.detail or due.brand_label, due.due_on) if part)
