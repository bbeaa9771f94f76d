"""Putting people onto a campaign's shortlist, one or a thousand, each with its own answer."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Refused
from campaigns.planning.verdicts import Verdict
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.timeline.record import Actor, entry, record_many


def add_people(
    campaign: Campaign, people: Iterable[Influencer], *, at: dt.datetime, actor: Actor, knowing: Collection[int] = ()
) -> list[Verdict]:
    """Shortlist people. Who does not want to be contacted is added only when her id is in `knowing`.

    Raises Refused when the campaign is over. The campaign's row is held, so nobody is added twice.
    """
    with transaction.atomic():
        status = Campaign.objects.select_for_update().values_list("status", flat=True).get(pk=campaign.pk)
        if status in (Campaign.Status.WRAPPED, Campaign.Status.CANCELLED):
            raise Refused(campaign, _("This campaign is over. Choose one that is still running."))
        there = dict(campaign.collaborations.values_list("influencer_id", "pk"))
        today = local_date(at, campaign.zone)
        judged = [(person, judge(person, there, knowing, today)) for person in people]
        welcome = [person for person, why in judged if not why]
        made = shortlist(campaign, welcome, at, actor)
    return [verdict_on(person, why, made.get(person.pk, there.get(person.pk))) for person, why in judged]


def judge(person: Influencer, there: Collection[int], knowing: Collection[int], today: dt.date) -> str:
    """Why a person is not added; empty when she is."""
    if person.pk in there:
        return "there"
    if person.archived_at is not None or person.merged_into_id is not None:
        return "archived"
    if not person.may_be_contacted(today) and person.pk not in knowing:
        return "barred"
    return ""


WORDS: dict[str, Any] = {
    "": _("On the shortlist now."),
    "there": _("Is in this campaign already."),
    "archived": _("Is archived. Bring her or him back first."),
    "barred": _("Does not want to be contacted."),
}


def verdict_on(person: Influencer, why: str, collaboration_id: int | None) -> Verdict:
    text: Any = WORDS[why]
    if why == "barred" and person.do_not_contact_why:
        text = _now("Does not want to be contacted: %(why)s") % {"why": person.do_not_contact_why}
    url = reverse("collaboration", args=[collaboration_id]) if collaboration_id else ""
    return Verdict(person.stage_name, text, not why, url, person.pk, needs_tick=why == "barred")


def shortlist(campaign: Campaign, people: list[Influencer], at: dt.datetime, actor: Actor) -> dict[int, int]:
    """New cards for people who have none yet, told in each one's story; the caller holds the campaign."""
    unique = {person.pk: person for person in people}
    made = Collaboration.objects.bulk_create(
        [Collaboration(campaign=campaign, influencer=person) for person in unique.values()], batch_size=500
    )
    record_many(
        entry(
            "collaboration.added",
            _("Shortlisted for %(campaign)s"),
            at=at,
            actor=actor,
            subject=row,
            params={"campaign": campaign},
            influencer=row.influencer_id,
            brand=campaign.brand_id,
        )
        for row in made
    )
    return {row.influencer_id: row.pk for row in made}
