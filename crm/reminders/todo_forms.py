"""The form for a task."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Column, Div, Row
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.team.forms import bare_helper
from crm.team.models import User
from crm.timeline.edit_forms import SeenMixin
from crm.timeline.models import Entry

if TYPE_CHECKING:
    TodoModelForm = forms.ModelForm[Todo]
else:
    TodoModelForm = forms.ModelForm

OFFERED = 50


class TodoForm(SeenMixin, TodoModelForm):
    """What, about whom, until when, for whom. A day means the end of that day in the writer's zone."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Person"), queryset=None, required=False, empty_label=_("Nobody in particular")
    )
    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Todo
        fields = ["text", "due_on", "owner"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer_colleagues()
        if self.instance.kind == Todo.Kind.WRITTEN:
            self._offer_people()
        else:  # whom an answer is about is no question
            del self.fields["person"]
        if self.instance.due_at:
            self.initial["due_on"] = local_date(self.instance.due_at - dt.timedelta(seconds=1), user.zone)
        about = [Div(HTML(f'<auto-select data-url="{reverse("people-choices")}">'), "person", HTML("</auto-select>"))]
        self.helper = bare_helper(
            "text",
            *(about if "person" in self.fields else []),
            Row(Column("due_on"), Column("owner")),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def _offer_colleagues(self) -> None:
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.active()
        owner.empty_label = str(_("Everybody"))
        if self.instance.pk is None:
            self.initial.setdefault("owner", self.user.pk)

    def _offer_people(self) -> None:
        """Everybody may be chosen; a list of all would be no list to read, so the box asks for those that match."""
        # The table of people is a higher room: the entry's own relation names it.
        table: Any = Entry._meta.get_field("influencer").related_model
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        people: Any = table._default_manager.visible_to(self.user)
        field.queryset = people
        if self.instance.influencer_ref:
            self.initial["person"] = self.instance.influencer_ref
        chosen = str(self["person"].value() or "")
        here = people.filter(pk=chosen) if chosen.isdecimal() and len(chosen) < 19 else people.none()
        newest = people.present().newest_first()[:OFFERED]
        offered = {person.pk: str(person) for person in [*here, *newest]}
        field.widget.choices = [("", field.empty_label), *offered.items()]

    def clean(self) -> dict[str, Any]:
        """The instance carries what was said, ready to be written down."""
        data = super().clean() or {}
        day, person = data.get("due_on"), data.get("person")
        self.instance.due_at = end_of_day(day, self.user.zone) if day else None
        if "person" in self.fields:
            self.instance.influencer_ref = person.pk if person else None
            self.instance.influencer_label = str(person or "")[:160]
        return data
