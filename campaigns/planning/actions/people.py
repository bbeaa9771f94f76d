"""Putting people onto a campaign's shortlist, one or a thousand, each with its own answer."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.work import Plan, accounts_on, plan_for
from campaigns.planning.door import check_start, is_locked
from campaigns.planning.models import Campaign, Collaboration, Refused
from campaigns.planning.verdicts import Verdict
from crm.base.zones import local_date
from crm.influencers.bulk_runs.together import Result
from crm.influencers.models import BulkRow, BulkRun, Influencer
from crm.timeline.record import Actor, entry, record_many

OVER = (Campaign.Status.WRAPPED, Campaign.Status.CANCELLED)


def add_people(
    campaign: Campaign, people: Iterable[Influencer], *, at: dt.datetime, actor: Actor, knowing: Collection[int] = ()
) -> list[Verdict]:
    """Shortlist people. Who does not want to be contacted is added only when her id is in `knowing`.

    Raises Refused when the campaign is over, DoorClosed where campaigns start strictly. The campaign's row is held, so
    nobody is added twice.
    """
    if campaign.is_standing:
        raise Refused(campaign, WORDS["standing"])
    check_start(campaign)
    with transaction.atomic():
        status = Campaign.objects.select_for_update().values_list("status", flat=True).get(pk=campaign.pk)
        if status in OVER:
            raise Refused(campaign, _("This campaign is over. Choose one that is still running."))
        judged, cards = _add(campaign, list(people), at=at, actor=actor, knowing=knowing)
    return [verdict_on(person, why, cards.get(person.pk)) for person, why in judged]


def ask_instead(card: Collaboration, person: Influencer, *, at: dt.datetime, actor: Actor) -> Verdict:
    """Shortlist somebody else for the same campaign and plan for her what was planned on this card, on the same days.

    Raises Refused when the campaign is over.
    """
    with transaction.atomic():
        (verdict,) = add_people(card.campaign, [person], at=at, actor=actor)
        if verdict.done:
            other = Collaboration.objects.get(campaign_id=card.campaign_id, influencer=person)
            for row in card.deliverables.post_open().select_related("format__platform").order_by("post_due_on", "pk"):
                plan = Plan(row.format, 1, row.draft_due_on, row.post_due_on, row.zone, row.title)
                plan_for(other, plan, accounts_on(row.format, [other]).get(person.pk), at=at, actor=actor)
    return verdict


def add_batch(rows: Sequence[BulkRow], run: BulkRun, at: dt.datetime, actor: Actor) -> dict[int, Result]:
    """Shortlist a batch of everybody a filter means. Nobody who does not want to be contacted: that takes a tick each."""
    campaign = Campaign.objects.select_for_update(of=("self",)).filter(pk=run.data["campaign"]).first()
    if campaign is not None and campaign.is_standing:
        return {row.place: Result(BulkRow.Outcome.REFUSED, ["standing", {}]) for row in rows}
    if campaign is None or campaign.status in OVER:
        return {row.place: Result(BulkRow.Outcome.REFUSED, ["over", {}]) for row in rows}
    people = Influencer.objects.unmerged().filter(pk__among=[row.influencer_ref for row in rows if row.influencer_ref])
    if is_locked(campaign):
        return {row.place: Result(BulkRow.Outcome.REFUSED, ["locked", {}]) for row in rows}
    judged, _cards = _add(campaign, list(people), at=at, actor=actor)
    found = {person.pk: _result(person, why) for person, why in judged}
    gone = Result(BulkRow.Outcome.REFUSED, ["gone", {}])
    return {row.place: found.get(row.influencer_ref or 0, gone) for row in rows}


def _result(person: Influencer, why: str) -> Result:
    if why == "barred" and person.do_not_contact_why:
        return Result(BulkRow.Outcome.REFUSED, ["barred_because", {"why": person.do_not_contact_why}])
    outcomes = {"": BulkRow.Outcome.CHANGED, "there": BulkRow.Outcome.SAME}
    return Result(outcomes.get(why, BulkRow.Outcome.REFUSED), [why, {}] if why else [])


def _add(
    campaign: Campaign, people: list[Influencer], *, at: dt.datetime, actor: Actor, knowing: Collection[int] = ()
) -> tuple[list[tuple[Influencer, str]], dict[int, int]]:
    """Judge each and shortlist the welcome ones; the reason for each, and everybody's card. The campaign is held."""
    cards = campaign.collaborations.filter(influencer_id__among=[person.pk for person in people])
    there = dict(cards.values_list("influencer_id", "pk"))
    today = local_date(at, campaign.zone)
    judged = [(person, judge(person, there, knowing, today)) for person in people]
    made = shortlist(campaign, [person for person, why in judged if not why], at, actor)
    return judged, {**there, **made}


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
    "barred_because": _("Does not want to be contacted: %(why)s"),
    "locked": _(
        "Nobody can be put on its shortlist before brand profile, goal and KPIs are there. Open the campaign first."
    ),
    "standing": _("People come into a standing campaign by an ambassador deal. Write one instead."),
    "over": _("The campaign is over by now, or is no longer there."),
}


def verdict_on(person: Influencer, why: str, collaboration_id: int | None) -> Verdict:
    text: Any = WORDS[why]
    if why == "barred" and person.do_not_contact_why:
        text = WORDS["barred_because"] % {"why": person.do_not_contact_why}
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
