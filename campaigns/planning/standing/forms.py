"""Which of her deals a post counts for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Deliverable, QuotaPost
from campaigns.planning.standing.both import lines_for
from crm.ambassadors.models import QuotaLine


class LineChoice(forms.ModelChoiceField[QuotaLine]):
    """Named by the programme: which quota of it is clear from the format, unless the deal has two of them."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.deal.program}: {obj}"


class CountsForm(forms.Form):
    line = LineChoice(
        label=_("Counts for"), queryset=QuotaLine.objects.none(), required=False, empty_label=_("No ambassador deal"),
        help_text=_("The deal pays for it then: no fee of this campaign is paid for it as well."),
    )  # fmt: skip

    def __init__(self, *args: Any, deliverable: Deliverable, **kwargs: Any) -> None:
        known = QuotaPost.objects.filter(deliverable=deliverable).values_list("line", flat=True).first()
        kwargs["initial"] = {"line": known}
        super().__init__(*args, **kwargs)
        line = self.fields["line"]
        assert isinstance(line, forms.ModelChoiceField)
        line.queryset = lines_for(deliverable)
        self.helper = helper("line")
