"""Her page about one campaign: one page with everything between us, put together from the parts that rooms bring.

It knows her own part in the campaign and nothing of anybody else's, and no other brand.
"""

from dataclasses import dataclass

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.models.waiting import is_held
from campaigns.planning.places import Part, her_part
from campaigns.planning.portal import FEATURE, Deliverables
from campaigns.planning.waiting.words import after_words, waits_days
from crm.base.formats import day_words
from crm.contracts.own_page import contract_for
from crm.portal.registry import Asking, offered


@dataclass(frozen=True)
class Rest:
    """Something she makes that asks nothing of her now."""

    row: Deliverable

    @property
    def when(self) -> str:
        """The posting day; without one while it waits for a parcel, for none holds yet."""
        if self.row.is_unposted and is_held(self.row):
            return after_words(waits_days(self.row))
        return day_words(self.row.post_due_on, "short")


def her_collaboration(asking: Asking, pk: int) -> Collaboration | None:
    """Her own part in a campaign of the brand whose page this is; nobody else's."""
    rows = Collaboration.objects.filter(pk=pk, influencer=asking.influencer_id)
    if asking.brand_id is not None:
        rows = rows.filter(campaign__brand=asking.brand_id)
    return rows.select_related("campaign__brand", "campaign__owner", "influencer", "party").first()


def parts_of(card: Collaboration, asking: Asking) -> list[Part]:
    """The parts with something to show, in their order; none of them means there is no page."""
    shown = (placed.call(card, asking) for placed in her_part.all())
    return [part for part in shown if part is not None]


@her_part("contract", order=40)
def contract_part(card: Collaboration, asking: Asking) -> Part | None:
    """The way to what was agreed in writing, once it was sent to her."""
    found = contract_for(asking, card.party.contract_id) if card.party is not None else None
    return Part("campaigns/her/contract.html", {"contract": found}) if found is not None else None


@her_part("work", order=60)
def work_part(card: Collaboration, asking: Asking) -> Part | None:
    """What she makes: what waits for her with its answers, and what is out."""
    if not card.is_promised:
        return None
    rows = list(card.deliverables.standing().with_card().knowing_holds().order_by("post_due_on", "pk"))
    mine = {row.pk for row in rows}
    tasks = [offered(task, asking) for task in Deliverables().open(asking) if task.subject_id in mine]
    waiting = {task.subject_id for task in tasks}
    rest = [Rest(row) for row in rows if row.pk not in waiting]
    return Part("campaigns/her/work.html", {"tasks": tasks, "rest": rest, "feature": FEATURE}) if rows else None
