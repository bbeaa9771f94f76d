"""What a colleague's own calendar is to read."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.reminders.models import CalendarFeed


class FeedForm(forms.Form):
    """Deadlines, what closes, or both; everybody's or mine."""

    reads = forms.ChoiceField(label=_("What stands in it"), choices=CalendarFeed.Reads.choices)
    whose = forms.ChoiceField(label=_("Whose"), choices=CalendarFeed.Whose.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("reads", css_class="col-sm"), Column("whose", css_class="col-sm")))
