"""What each thing of a collaboration took, in one line: days, rounds, and how long both sides kept the other waiting (R1-55)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.approvals.models import ContentVersion
from campaigns.planning.models import Collaboration
from crm.base.places import panel
from crm.team.views.access import me
from crm.timeline.record import subject_of
from crm.vetting.facts import Kind
from crm.vetting.facts_shown import days_words, hours_words, rounds_words
from crm.vetting.models import Fact

if TYPE_CHECKING:
    from crm.team.models import User

AND = gettext_lazy("and")
MADE = "campaigns.deliverable"
Told = dict[str, list[Fact]]


@dataclass(frozen=True)
class Turn:
    """One thing she made, and how it went."""

    what: str
    words: str


@panel("collaboration/turnaround", order=60)
def turnaround(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Quiet until something was handed in or posted."""
    turns = turns_of(card, me(request))
    return ("campaigns/approvals/turnaround_panel.html", {"turns": turns, "card": card}) if turns else None


def turns_of(card: Collaboration, user: "User") -> list[Turn]:
    """One query, and a second one once there are facts: which version belongs to what."""
    person = card.influencer.merged_into_id or card.influencer_id
    facts = list(Fact.objects.visible_to(user).about_works([person], [subject_of(card)]).oldest_first())
    if not facts:
        return []
    versions = ContentVersion.objects.filter(deliverable__collaboration=card).values_list("pk", "deliverable_id")
    makes = {f"campaigns.contentversion:{pk}": f"{MADE}:{made}" for pk, made in versions}
    told: dict[str, Told] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        made = makes.get(fact.ref, fact.ref)
        if made.startswith(f"{MADE}:"):
            told[made][fact.kind].append(fact)
    return [Turn(name_in(one, card), words) for one in told.values() if (words := said_of(one))]


def name_in(told: Told, card: Collaboration) -> str:
    """What it is called: the label without the campaign, whose page this is."""
    return next(iter(told.values()))[0].label.removesuffix(f", {card.campaign.name}")


def said_of(told: Told) -> str:
    """“Draft 3 days early, 2 rounds, we took 5 hours and 31 hours”."""
    parts = [
        *(_("draft %(days)s") % {"days": days_words(fact.amount)[0]} for fact in told[Kind.DRAFT_DAYS][:1]),
        *(_rounds(fact) for fact in told[Kind.ROUNDS]),
        *_waits(_("we took %(hours)s"), told[Kind.OUR_HOURS]),
        *_waits(_("she took %(hours)s for changes"), told[Kind.ANSWER_HOURS]),
        *(_("posted %(days)s") % {"days": days_words(fact.amount)[0]} for fact in told[Kind.POST_DAYS]),
    ]
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _rounds(fact: Fact) -> str:
    return rounds_words(fact.amount)[0] if fact.amount else _("approved at first")


def _waits(words: str, facts: Sequence[Fact]) -> list[str]:
    hours = [hours_words(fact.amount) for fact in facts]
    return [words % {"hours": get_text_list(hours, str(AND))}] if hours else []
