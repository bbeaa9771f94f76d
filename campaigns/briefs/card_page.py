"""Briefs on a collaboration's page, and in the bulk bar of a board."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.acceptance import Standing, standing_of
from campaigns.briefs.accepting.forms import BOXES, SendForm
from campaigns.briefs.models import BriefSending, UseRecord
from campaigns.briefs.sending import preview_sending, send_briefs
from campaigns.briefs.use import Early, early_ones, state_in_words
from campaigns.briefs.variants import in_words
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.places import card_work
from campaigns.planning.views.bulk import Bulk
from campaigns.planning.views.doors import colleague
from campaigns.tracking.places import product_page
from crm.base.places import panel


@dataclass(frozen=True)
class Shown:
    """Everything the panel says of one card's brief."""

    standing: Standing
    sent: BriefSending | None
    variant: str
    differs: list[str]
    use: UseRecord | None
    uses_it: str
    early: list[Early]
    may_send: bool


@panel("collaboration/brief", order=20)
def card_brief(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Whether she accepted the brief, what differs for her, and whether she uses the product."""
    if not colleague(request).has_perm("campaigns.view_campaign"):
        return None
    standing = standing_of(card)
    use = UseRecord.objects.filter(collaboration=card).select_related("evidence").first()
    if standing.version is None and use is None:
        return None
    rows = list(Deliverable.objects.post_open().filter(collaboration=card).select_related("format__platform"))
    shown = Shown(
        standing,
        BriefSending.objects.filter(collaboration=card).select_related("version").first(),
        in_words(standing.overrides),
        [str(BOXES[name]) for name in standing.overrides if name in BOXES],
        use,
        state_in_words(use),
        early_ones(card, rows, standing),
        standing.is_open and card.is_promised and card.campaign.is_live,
    )
    return "campaigns/briefs/card_panel.html", {"shown": shown}


@card_work("brief", icon="journal-text")
def send_to_many() -> Bulk:
    return Bulk("brief", _("Send the brief"), _("Send it"), SendForm, preview_sending, send_briefs)


@product_page("brief", order=10)
def page_in_brief(campaign: Campaign) -> str:
    """The product page the brief names."""
    rows = campaign.brief.versions.released().newest_first() if hasattr(campaign, "brief") else None
    return (rows.values_list("link", flat=True).first() or "") if rows is not None else ""
