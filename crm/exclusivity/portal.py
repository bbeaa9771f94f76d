"""On her own page: she tells that she works for somebody else; nobody is barred by it before a colleague made sure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.windows import validate_period
from crm.brands.forms import one_line
from crm.exclusivity.actions.outside import add_deal, ask_to_make_sure, brands_called, know_brand
from crm.exclusivity.models import OutsideDeal
from crm.influencers.models import Influencer
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task

FEATURE = "elsewhere"


class ElsewhereForm(forms.Form):
    """For whom, until when, and whether she may do nothing of the kind for others meanwhile."""

    brand_name = forms.CharField(label=_("For which brand?"), max_length=120)
    end_on = forms.DateField(
        label=_("Until when? (leave empty if you do not know)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_exclusive = forms.BooleanField(
        label=_("It is exclusive: nothing of the kind for others until then"), required=False
    )
    as_said = forms.CharField(
        label=_("Anything to add? (optional)"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_brand_name(self) -> str:
        return one_line(self.cleaned_data["brand_name"])

    def clean_end_on(self) -> Any:
        validate_period(self.cleaned_data["end_on"], None)
        return self.cleaned_data["end_on"]


class Elsewhere:
    """A standing link at the foot of her page; the brand whose page it is learns nothing there about the others."""

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        say = Answer(
            FEATURE, _("I also work for another brand"), _("She works for another brand"),
            _("Thank you for telling us. We plan around it."), form=ElsewhereForm, icon="shop",
        )  # fmt: skip
        title = _("Work for another brand")
        return [PortalTask(FEATURE, asking.influencer_id, title, (say,), brand_id=asking.brand_id, standing=True)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        """It is on file as told, and whoever looks after her is asked to make sure."""
        person = Influencer.objects.filter(pk=asking.influencer_id).select_related("owner").first()
        if person is None:
            raise AnswerRefused(_now("This person is no longer here."))
        said = told.data
        deal = OutsideDeal(
            influencer=person, brand_name=said["brand_name"], end_on=said["end_on"], zone=person.zone,
            is_exclusive=said["is_exclusive"], source=OutsideDeal.Source.DECLARED, channel=told.channel,
            said_by=told.actor.label[:120], as_said=said["as_said"] or told.quote,
        )  # fmt: skip
        know_brand(deal, brands_called([deal.brand_name], None).get(deal.brand_name.casefold()))
        known = OutsideDeal.objects.filter(influencer=person, brand_name=deal.brand_name, end_on=deal.end_on)
        with transaction.atomic():
            Influencer.objects.select_for_update().get(pk=person.pk)  # a double click tells it once
            if known.filter(is_exclusive=deal.is_exclusive, source=deal.source).exists():
                return
            add_deal(deal, file=None, at=told.at, actor=told.actor)
            ask_to_make_sure(deal, at=told.at)


@portal_task(FEATURE, order=95)
def elsewhere() -> PortalFeature:
    return Elsewhere()
