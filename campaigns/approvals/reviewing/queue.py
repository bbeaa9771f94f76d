"""What waits for a decision, the most urgent first, as somebody wants to see it; and where one version stands in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.approvals.deciding.queries import in_motion, waiting_for
from campaigns.approvals.models import ContentVersion, Review, ReviewStage, ReviewStep
from campaigns.approvals.models.reviews import ReviewQuerySet
from crm.base.formats import age

if TYPE_CHECKING:
    from crm.team.models import User

WALKED = 2_000
"""How many waiting versions "next" and "previous" walk through."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the queue, as the address says it."""

    campaign: int | None = None
    brand: int | None = None
    stage: str = ""
    mine: bool = False
    late: bool = False

    @classmethod
    def of(cls, asked: Any) -> "Wanted":
        """From a query; what cannot be meant is left out."""
        stage = asked.get("stage", "")
        return cls(
            campaign=_number(asked.get("campaign")),
            brand=_number(asked.get("brand")),
            stage=stage if stage in ReviewStage.Role.values else "",
            mine=asked.get("mine") == "1",
            late=asked.get("late") == "1",
        )

    @property
    def query(self) -> str:
        """The same, for an address; empty when everything is wanted."""
        said = {"campaign": self.campaign, "brand": self.brand, "stage": self.stage}
        said |= {"mine": "1" if self.mine else "", "late": "1" if self.late else ""}
        return urlencode({name: value for name, value in said.items() if value})

    def without(self, name: str) -> str:
        """The address with one wish less."""
        empty = {"mine": False, "late": False, "stage": ""}.get(name)
        return f"?{Wanted(**{**self.__dict__, name: empty}).query}"

    @property
    def is_narrow(self) -> bool:
        return self != Wanted()


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isdecimal() and len(said) < 19 else None


def waiting(user: "User", wanted: Wanted, now: dt.datetime) -> ReviewQuerySet:
    """What waits and this colleague may see, the most urgent first."""
    rows = waiting_for(user, now) if wanted.mine else in_motion(user)
    if wanted.campaign:
        rows = rows.filter(version__deliverable__collaboration__campaign=wanted.campaign)
    if wanted.brand:
        rows = rows.filter(version__deliverable__collaboration__campaign__brand=wanted.brand)
    if wanted.stage:
        rows = rows.filter(steps__state=ReviewStep.State.OPEN, steps__role=wanted.stage)
    if wanted.late:
        rows = rows.filter(due_at__lt=now)
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def for_rows(rows: ReviewQuerySet) -> ReviewQuerySet:
    """With everything a line of the queue shows, in the same query."""
    turn = ReviewStep.objects.filter(review=OuterRef("pk"), state=ReviewStep.State.OPEN).values("role")[:1]
    found: ReviewQuerySet = rows.annotate(turn=Subquery(turn)).select_related(
        "version__deliverable__format__platform",
        "version__deliverable__collaboration__influencer",
        "version__deliverable__collaboration__campaign__brand",
    )
    return found


@dataclass(frozen=True)
class Line:
    """One line of the queue."""

    review: Any
    now: dt.datetime

    @property
    def version(self) -> ContentVersion:
        found: ContentVersion = self.review.version
        return found

    @property
    def turn(self) -> Any:
        """Whose turn it is."""
        return dict(ReviewStage.Role.choices).get(self.review.turn, "")

    @property
    def clock(self) -> "Clock | None":
        return clock_of(self.review, self.now)

    @property
    def is_clean(self) -> bool:
        return self.review.checked_at is not None and not self.review.holds and not self.review.warns

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What to know before opening it, with its tone."""
        said = []
        if self.review.round > 1:
            said.append((_("Round %(n)d") % {"n": self.review.round}, ""))
        if self.review.holds:
            said.append(
                (
                    ngettext("%(n)d finding holds it", "%(n)d findings hold it", self.review.holds)
                    % {"n": self.review.holds},
                    "bad",
                )
            )
        if self.review.warns:
            said.append(
                (ngettext("%(n)d to know", "%(n)d to know", self.review.warns) % {"n": self.review.warns}, "warn")
            )
        return [*said, (_("Clean"), "ok")] if self.is_clean else said


@dataclass(frozen=True)
class Clock:
    """How long there is, or how late it is."""

    words: str
    tone: str


def clock_of(review: Review, now: dt.datetime) -> Clock | None:
    """How far away the answer is due; None when it is not waited for."""
    if review.status != Review.Status.IN_REVIEW or review.due_at is None:
        return None
    said = {"time": age(review.due_at, now)}
    if review.due_at < now:
        return Clock(_("Answer %(time)s late") % said, "bad")
    soon = review.due_at - now < dt.timedelta(hours=6)
    return Clock(_("Answer within %(time)s") % said, "warn" if soon else "info")


@dataclass(frozen=True)
class Stand:
    """Where a version stands in the queue somebody walks through."""

    place: int = 0
    total: int = 0
    before: int | None = None
    after: int | None = None


def stand_of(version: ContentVersion, user: "User", wanted: Wanted, now: dt.datetime) -> Stand:
    """Its place among those that wait; a version that no longer waits leads to the first. One query."""
    order = list(waiting(user, wanted, now).values_list("version_id", flat=True)[:WALKED])
    if version.pk not in order:
        return Stand(0, len(order), None, order[0] if order else None)
    at = order.index(version.pk)
    following = order[at + 1 : at + 2]
    return Stand(at + 1, len(order), order[at - 1] if at else None, following[0] if following else None)


@dataclass
class Choices:
    """What the queue can be narrowed to: the campaigns and brands of what waits. One query."""

    campaigns: list[tuple[int, str]] = field(default_factory=list)
    brands: list[tuple[int, str]] = field(default_factory=list)


def choices_for(user: "User", now: dt.datetime) -> Choices:
    way = "version__deliverable__collaboration__campaign"
    names = (f"{way}_id", f"{way}__name", f"{way}__brand_id", f"{way}__brand__name")
    found = list(waiting(user, Wanted(), now).order_by().values_list(*names).distinct())
    return Choices(_by_name((row[0], row[1]) for row in found), _by_name((row[2], row[3]) for row in found))


def _by_name(pairs: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(set(pairs), key=lambda pair: pair[1].casefold())
