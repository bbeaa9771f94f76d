"""Money that waits for her numbers hears that they came, and that they were withdrawn."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Min

from campaigns.planning.models import Deliverable
from campaigns.results.models import PostSnapshot
from campaigns.results.places import numbers_came, numbers_withdrawn
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.payments.milestones.meeting import look
from crm.payments.milestones.places import Happened, work_done
from crm.payments.models import Milestone
from crm.timeline.record import Actor

MADE, PARTY = "live_post__deliverable", "live_post__deliverable__collaboration__party"


@work_done("numbers")
def figures_of(parties: Collection[int]) -> Mapping[int, Happened]:
    """The first day on which numbers of each piece of work were counted; what a platform answers by itself is not hers.
    One query."""
    rows = PostSnapshot.objects.standing().exclude(source=PostSnapshot.Source.API)
    told = rows.filter(**{f"{PARTY}__in": set(parties)}).order_by()
    found: dict[int, dict[str, dt.date]] = {}
    for party, made, zone, at in told.values_list(PARTY, MADE, f"{MADE}__zone").annotate(at=Min("taken_at")):
        found.setdefault(party, {})[f"{Deliverable._meta.label_lower}:{made}"] = local_date(at, zone)
    return {party: Happened(figures=figures) for party, figures in found.items()}


@numbers_came("insights")
def came(snapshots: Sequence[PostSnapshot], at: dt.datetime, actor: Actor) -> None:
    """What waited for them is due."""
    _look(snapshots, at, actor)


@numbers_withdrawn("insights")
def withdrawn(snapshots: Sequence[PostSnapshot], why: str, at: dt.datetime, actor: Actor) -> None:
    """What became due by them and is not paid waits again."""
    _look(snapshots, at, actor)


def _look(snapshots: Sequence[PostSnapshot], at: dt.datetime, actor: Actor) -> None:
    posts = {one.live_post_id for one in snapshots}
    for contract in Contract.objects.filter(
        parties__collaborations__deliverables__live_posts__in=posts,
        milestones__trigger=Milestone.Trigger.INSIGHTS_RECEIVED,
    ).distinct():
        look(contract, at=at, actor=actor)
