"""The form for a task."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.team.models import User

if TYPE_CHECKING:
    TodoModelForm = forms.ModelForm[Todo]
else:
    TodoModelForm = forms.ModelForm


class TodoForm(TodoModelForm):
    """What, for whom, until when. A day means the end of that day in the writer's zone."""

    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Todo
        fields = ["text", "due_on", "owner"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.active()
        owner.empty_label = str(_("Everybody"))
        if self.instance.pk is None:
            self.initial.setdefault("owner", user.pk)
        elif self.instance.due_at:
            self.initial["due_on"] = local_date(self.instance.due_at - dt.timedelta(seconds=1), user.zone)

    def save(self, commit: bool = True) -> Todo:
        day = self.cleaned_data.get("due_on")
        self.instance.due_at = end_of_day(day, self.user.zone) if day else None
        if self.instance.pk is None:
            self.instance.author = self.user
        return super().save(commit)
