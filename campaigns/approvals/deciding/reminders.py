"""What waits for a decision is due by its review's clock: to those whose turn it is, at half time and towards its end."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding import older  # noqa: F401  puts itself into the place of upkeep
from campaigns.approvals.deciding.by_itself import HALF, REVIEW
from campaigns.approvals.models import ContentVersion, Review, ReviewStep
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.queries import PATHS, DueRow, manager_ids
from campaigns.planning.reminders import facts_of, in_either
from crm.base.zones import local_date
from crm.reminders.registry import Asked, Due, due, wanted

CARD = "version__deliverable__collaboration"
OWN = (
    "pk",
    "version_id",
    "version__stage",
    "version__number",
    "status",
    "opened_at",
    "due_at",
    f"{CARD}__campaign__zone",
)
NAMES = ("pk", "version_id", "stage", "number", "status", "opened_at", "due_at", "zone")
OF_WORK = tuple(f"version__deliverable__{path}" for path in PATHS[:-2])
NOT_WAITING = _("No draft is waiting")
SLACK = dt.timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """A review with everything its due things say."""

    pk: int
    version_id: int
    stage: str
    number: int
    status: str
    opened_at: dt.datetime
    due_at: dt.datetime | None
    zone: str
    work: DueRow

    @property
    def half_at(self) -> dt.datetime | None:
        """Half of the time there is."""
        return self.opened_at + (self.due_at - self.opened_at) / 2 if self.due_at else None


@due(REVIEW, label=_("To look at"), of="campaigns.Review", order=9)
def reviews(asked: Asked) -> Iterator[Due]:
    """A version waits for us, not for her, until somebody decides."""
    people = Asking(asked)
    for row in people.rows:
        yield from wanted(due_of(row, REVIEW, row.due_at or row.opened_at, people), asked)


@due(HALF, label=_("Half of the time to look at it is over"), of="campaigns.Review", order=9, on_calendar=False)
def halves(asked: Asked) -> Iterator[Due]:
    """Half of that time is over. Only the reminder engine asks: everybody else sees its day already."""
    if asked.user is not None:
        return
    people = Asking(asked)
    for row in people.rows:
        yield from wanted(due_of(row, HALF, row.half_at or row.opened_at, people), asked)


class Asking:
    """The reviews a question is about, who is asked about each and who is told of lateness; three questions more for letters."""

    def __init__(self, asked: Asked) -> None:
        self.now = asked.now
        self.rows = asked.once(f"reviews/{asked.subjects}", lambda: list(rows_of(asked)))
        reads = self.rows and not asked.calendar
        self.of = asked.once("reviewers", lambda: reviewers([row.pk for row in self.rows])) if reads else {}
        brands = {row.work.brand_id for row in self.rows}
        self.managers = asked.once("review managers", lambda: manager_ids(brands)) if reads else {}


def rows_of(asked: Asked) -> Iterator[Row]:
    """One query: exactly the named ones, or those that wait, of work that goes on."""
    found = Review.objects.all() if asked.user is None else Review.objects.visible_to(asked.user)
    if asked.subjects is not None:
        found = found.filter(pk__among=asked.subjects)
    else:
        found = found.waiting().filter(
            **{
                f"{CARD}__campaign__status": Campaign.Status.LIVE,
                f"{CARD}__status__in": Collaboration.PROMISED,
                f"{CARD}__paused_at__isnull": True,
                f"{CARD}__reminders_off_at__isnull": True,
            }
        )
        if asked.to_at is not None:
            found = found.filter(opened_at__lte=asked.to_at + SLACK)
    for values in found.order_by("pk").values_list(*OWN, *OF_WORK):
        own: dict[str, Any] = dict(zip(NAMES, values, strict=False))
        yield Row(**own, work=DueRow._make((*values[len(OWN) :], False, None)))


def reviewers(pks: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The colleagues of each review's open step; nobody where nobody is named, and the campaign's owner answers."""
    steps = ReviewStep.objects.filter(review__in=pks, state=ReviewStep.State.OPEN, people__is_active=True)
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for review, user in steps.order_by("people").values_list("review", "people"):
        found[review] += (user,)
    return found


def due_of(row: Row, kind: str, due_at: dt.datetime, people: Asking) -> Due:
    work, is_idea = row.work, row.stage == ContentVersion.Stage.CONCEPT
    is_over = "" if row.status == Review.Status.IN_REVIEW else NOT_WAITING
    due_on = local_date(due_at, row.zone)
    title = _("Look at the idea for {what}") if is_idea else _("Look at the draft of {what}")
    return Due(
        kind=kind,
        subject=f"campaigns.review:{row.pk}",
        due_on=due_on,
        due_at=due_at,
        zone=row.zone,
        title=format_lazy(title, what=in_either(work.what_en, work.what_id)),
        influencer_id=work.influencer_id,
        influencer_label=work.person,
        brand_id=work.brand_id,
        brand_label=work.brand,
        owner_id=work.owner_id,
        colleague_ids=people.of.get(row.pk, ()),
        manager_ids=people.managers.get(work.brand_id, ()),
        within=f"campaigns.campaign:{work.campaign_id}",
        within_label=work.campaign,
        url=where(row.version_id),
        verb=_("Look at it"),
        icon="eye",
        detail=f"{work.campaign}, {work.brand}",
        stopped_why=is_over or work.stopped_why(people.now),
        on_hold=work.is_on_hold and not is_over,
        born_at=row.opened_at,
        went_on_at=work.went_on_at,
        entered_at=row.opened_at,
        changed_at=row.opened_at,
        never_before=True,
        facts=facts_of(work, due_on),
    )


def _where(version: int) -> str:
    return reverse("review", args=[version])


where = lazy(_where, str)
"""The page of a version, put together when somebody reads it."""
