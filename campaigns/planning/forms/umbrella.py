"""The campaign a campaign is part of, as its form asks for it."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.umbrella import may_be_above, why_not_part
from crm.brands.models import Brand

if TYPE_CHECKING:
    from crm.team.models import User


def choose_umbrella(form: forms.BaseForm, user: "User") -> None:
    """What may stand above it, named with the brand."""
    field = form.fields["parent"]
    assert isinstance(field, forms.ModelChoiceField)
    campaign: Campaign = form.instance  # type: ignore[attr-defined]
    field.queryset = may_be_above(campaign, user).select_related("brand").order_by("name", "pk")
    field.label_from_instance = lambda row: f"{row.name} · {row.brand}"  # type: ignore[assignment]
    field.empty_label = _("Stands by itself")


def check_umbrella(form: forms.BaseForm, brand: Brand | None, parent: Campaign | None) -> None:
    """Say at the box why it may not be part of that one; once more, and for good, when it is saved."""
    campaign: Campaign = form.instance  # type: ignore[attr-defined]
    if brand is None or parent is None or "parent" not in form.changed_data:
        return
    asked = Campaign(pk=campaign.pk, brand=brand, name=str(form.data.get("name", campaign.name)))
    if why := why_not_part(asked, parent):
        form.add_error("parent", why)
