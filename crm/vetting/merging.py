"""What the checklist has to say when two people become one: no failed item is lost behind an older pass."""

from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.influencers.places import may_merge
from crm.vetting.models import Check

if TYPE_CHECKING:
    from crm.influencers.models import Influencer
    from crm.team.models import User

FAILED = _("“{item}” failed for {goes}, and {stays} has an older answer. Check it again for {stays} first.")


@may_merge("vetting", order=20)
def no_fail_is_lost(stays: "Influencer", goes: "Influencer", user: "User | None") -> list[Any]:
    """Of one item one answer stands. A failed hard one must not give way to an answer that came before it."""
    standing = {check.item_id: check for check in Check.objects.standing().filter(influencer=stays)}
    holding = set(Check.objects.holding().filter(influencer=stays).values_list("pk", flat=True))
    failed = Check.objects.holding().filter(influencer=goes, item__in=standing).select_related("item").order_by("pk")
    names = {"goes": goes.stage_name, "stays": stays.stage_name}
    return [
        format_lazy(FAILED, item=str(check.item), **names)
        for check in failed
        if standing[check.item_id].pk not in holding and standing[check.item_id].pk < check.pk
    ]
