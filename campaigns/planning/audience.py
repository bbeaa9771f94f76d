"""Writing to people of a campaign: whom, and what is known of each one's part in it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.messages.panels import number_in
from crm.messages.places import Member, Whom

if TYPE_CHECKING:
    from campaigns.planning.models.collaboration import CollaborationQuerySet
    from crm.team.models import User

AUDIENCE = "campaign"
MOST_PICKED = 1_000
LABEL = "campaigns.collaboration:"


class CampaignPeople:
    """The ticked cards of a campaign, those of a column, or all that go ahead."""

    fields: ClassVar[Mapping[str, Any]] = {
        "brand": _("the brand"),
        "campaign": _("the campaign"),
        "what": _("what she makes next: Instagram Reel"),
        "due_day": _("the day by which it is due"),
        "post_day": _("the day on which it goes out"),
    }

    def whom(self, asked: QueryDict, user: "User", now: dt.datetime) -> Whom | None:
        campaign = _campaign(asked, user)
        number = _cards(asked, user).count() if campaign else 0
        if campaign is None or not number:
            return None
        words = ngettext("%(n)d person of %(campaign)s", "%(n)d people of %(campaign)s", number)
        column = asked.get("column", "")
        if column in Collaboration.Status.values:
            words = f"{words}, {Collaboration.Status(column).label}"
        back = f"{reverse('campaign', args=[campaign.pk])}?view=table"
        said = words % {"n": number, "campaign": campaign.name}
        return Whom(said, campaign.brand_id, campaign.brand.name, back)

    def members(self, asked: QueryDict, user: "User", now: dt.datetime) -> Sequence[Member]:
        rows = _cards(asked, user).order_by("influencer__name_key", "pk")
        return [Member(person, f"{LABEL}{pk}") for pk, person in rows.values_list("pk", "influencer_id")]

    def facts(self, members: Sequence[Member], now: dt.datetime) -> Mapping[Member, Mapping[str, Any]]:
        by_card = {int(member.subject.removeprefix(LABEL)): member for member in members}
        cards = Collaboration.objects.filter(pk__among=by_card).select_related("campaign__brand")
        open_work = Deliverable.objects.filter(collaboration__among=by_card).post_open()
        nexts = _next_of(open_work.unheld().knowing_holds())
        return {by_card[card.pk]: _facts(card, nexts.get(card.pk)) for card in cards}


def _campaign(asked: QueryDict, user: "User") -> Campaign | None:
    seen = Campaign.objects.visible_to(user).select_related("brand")
    return seen.filter(pk=number_in(asked, "campaign")).first()


def _cards(asked: QueryDict, user: "User") -> "CollaborationQuerySet":
    rows = Collaboration.objects.visible_to(user).filter(campaign=number_in(asked, "campaign"))
    column = asked.get("column", "")
    if column in Collaboration.Status.values:
        return rows.filter(status=column)
    if asked.get("all_matching") == "1":
        return rows.going_ahead()
    picked = [text for text in asked.getlist("pick")[:MOST_PICKED] if text.isascii() and text.isdigit()]
    return rows.filter(pk__in=[int(text) for text in picked if len(text) < 19])


def _next_of(rows: Iterable[Deliverable]) -> dict[int, Deliverable]:
    """The first open thing of each card."""
    found: dict[int, Deliverable] = {}
    for row in sorted(rows.select_related("format__platform"), key=_due, reverse=True):  # type: ignore[attr-defined]
        found[row.collaboration_id] = row
    return found


def _due(row: Deliverable) -> tuple[dt.date, int]:
    return (row.next_due_on or row.post_due_on, row.pk)


def _facts(card: Collaboration, coming: Deliverable | None) -> dict[str, Any]:
    known = {
        "form_of_address": card.campaign.brand.form_of_address,
        "brand": card.campaign.brand.name,
        "campaign": card.campaign.name,
    }
    if coming is None:
        return known
    return {
        **known,
        "what": coming.title or {language: _called(coming, language) for language in ("en", "id")},
        "due_day": coming.next_due_on or coming.post_due_on,
        "post_day": coming.post_due_on,
    }


def _called(row: Deliverable, language: str) -> str:
    name = row.format.name_en if language == "en" else row.format.name_id
    return f"{row.format.platform.name} {name}"
