"""How working together went in one campaign: the figures of everybody, and of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce

from campaigns.planning.models import Campaign, Collaboration
from crm.vetting.facts import figures_in
from crm.vetting.facts_shown import Line, lines_of
from crm.vetting.models import Fact

if TYPE_CHECKING:
    from crm.team.models import User

CARD = Collaboration._meta.label_lower


@dataclass(frozen=True)
class Person:
    """One of them, with what happened in this campaign."""

    pk: int
    name: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Worked:
    """Nothing in it where nothing happened."""

    lines: Sequence[Line]
    people: Sequence[Person]


def worked_in(campaign: Campaign, user: "User") -> Worked:
    """One query for the cards and one for the facts, whatever their number."""
    cards = campaign.collaborations.promised().order_by("pk")
    hers = dict(cards.values_list("pk", Coalesce("influencer__merged_into", "influencer")))
    facts = Fact.objects.visible_to(user).about_works(set(hers.values()), [f"{CARD}:{pk}" for pk in hers])
    told: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts.select_related("influencer") if hers else ():
        told[fact.influencer_id].append(fact)
    people = [
        Person(pk, own[0].influencer.stage_name, lines_of(figures_in(own)))
        for pk, own in sorted(told.items(), key=lambda one: (one[1][0].influencer.name_key, one[0]))
    ]
    return Worked(lines_of(figures_in([fact for own in told.values() for fact in own])), people)
