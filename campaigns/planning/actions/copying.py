"""A campaign like another one: what was planned comes over, nothing of what happened does."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.actions.people import add_people
from campaigns.planning.models import Campaign, Channel, Kpi, Pillar
from campaigns.planning.places import copied
from campaigns.planning.verdicts import Verdict
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor, record

SAME = (
    "brand", "category", "goal", "second_goal", "mode", "why", "risk", "age_from", "age_to", "gender", "code_pattern",
    "markup", "zone", "budget", "about",
)  # fmt: skip
LISTS = ("products", "formats", "niches", "personas")


@dataclass(frozen=True)
class Copy:
    """The new campaign, and what became of each of the people when they were to come along."""

    campaign: Campaign
    verdicts: list[Verdict]


def copy_campaign(
    old: Campaign, *, name: str, start_on: dt.date, end_on: dt.date, owner: User, with_people: bool, at: dt.datetime,
    actor: Actor,
) -> Copy:  # fmt: skip
    """A draft with the old one's goal, figures, audience, messages and channels; all of it, or nothing.

    Its people come along as a shortlist, each judged anew. Told in both stories.
    """
    with transaction.atomic():
        new = Campaign(name=name, start_on=start_on, end_on=end_on, owner=owner, copied_from=old)
        for field in SAME:
            setattr(new, field, getattr(old, field))
        new.parent = old.parent if old.parent is not None and not old.parent.is_over else None
        save_campaign(new, runs_in=list(old.territories.all()), at=at, actor=actor)
        for several in LISTS:
            getattr(new, several).set(getattr(old, several).all())
        _rows(old, new)
        for placed in copied.all():
            placed.call(old, new, at, actor)
        _tell("campaign.copied", _("Copied as %(other)s"), old, new, at, actor)
        _tell("campaign.copied_from", _("Copied from %(other)s"), new, old, at, actor)
        return Copy(new, add_people(new, _people(old), at=at, actor=actor) if with_people else [])


def _rows(old: Campaign, new: Campaign) -> None:
    """Figures with their targets, messages, and channels moved by as many days as the campaign."""
    step = new.start_on - old.start_on
    Kpi.objects.bulk_create(
        Kpi(campaign=new, kind_id=kpi.kind_id, target=kpi.target, note=kpi.note, position=kpi.position)
        for kpi in old.kpis.all()
    )
    Pillar.objects.bulk_create(
        Pillar(campaign=new, name=row.name, note=row.note, position=row.position) for row in old.pillars.all()
    )
    Channel.objects.bulk_create(
        Channel(
            campaign=new, kind=row.kind, note=row.note, start_on=row.start_on and row.start_on + step,
            end_on=row.end_on and row.end_on + step,
        )
        for row in old.channels.all()
    )  # fmt: skip


def _people(old: Campaign) -> list[Influencer]:
    """Everybody who was in it and is not off; whoever was merged meanwhile goes on as the other."""
    cards = old.collaborations.going_ahead().select_related("influencer__merged_into").order_by("influencer__name_key")
    found = [card.influencer.merged_into or card.influencer for card in cards]
    return list({person.pk: person for person in found}.values())


def _tell(verb: str, sentence: Any, about: Campaign, other: Campaign, at: dt.datetime, actor: Actor) -> None:
    record(verb, sentence, at=at, actor=actor, subject=about, params={"other": other}, brand=about.brand_id)
