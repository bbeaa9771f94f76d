"""Who stands in, from when to when; who takes over."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date
from crm.team.forms import bare_helper
from crm.team.models import User
from crm.team.permissions import WORKERS


def others(user: User) -> Any:
    """Colleagues who may do the work and are not herself."""
    return User.objects.active().filter(role__in=WORKERS).exclude(pk=user.pk).order_by("name", "pk")


class LeaveForm(forms.Form):
    """Days away and the deputy."""

    first_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    deputy = forms.ModelChoiceField(label=_("Stands in"), queryset=User.objects.none())
    note = forms.CharField(label=_("Note (optional)"), required=False, max_length=160)

    def __init__(self, *args: Any, user: User, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = others(user)  # type: ignore[attr-defined]
        self.fields["first_on"].initial = local_date(now, user.zone)
        self.helper = bare_helper()


class HandOverForm(forms.Form):
    """Who takes over."""

    taker = forms.ModelChoiceField(label=_("Who takes over"), queryset=User.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = others(user)  # type: ignore[attr-defined]
        self.helper = bare_helper()
