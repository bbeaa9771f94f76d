"""When an idea is due: so many days before the draft, where what counts for the campaign says that it comes first.

Where no policy asks for ideas, one question is all it costs.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.handing.ideas import idea_day
from campaigns.approvals.models import ApprovalPolicy, ContentVersion, Review
from campaigns.planning.models import DeliverableQuerySet
from campaigns.planning.queries import DueRow, due_rows, manager_ids
from campaigns.planning.reminders import ARRIVED, DRAFT_SETTLED, NOBODY, Kind, dated, on_day, told_due
from crm.influencers.queries.mail import mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due

KIND = "deliverable.concept"
AGREED, WITH_US, NOT_ASKED = _("The idea is agreed to"), _("The idea is here"), _("No idea is asked for")
SETTLED: dict[str, Any] = {Review.Status.APPROVED: AGREED, Review.Status.IN_REVIEW: WITH_US}
CARD = "collaboration__campaign"
ASKS_HERE = {f"{CARD}__approval_policy__concept_first": True}
ASKS_ITS_BRAND = {f"{CARD}__brand__approval_policy__concept_first": True}


@dataclass(frozen=True)
class Terms:
    """What one policy says of ideas, and since when."""

    is_asked: bool
    days: int
    since: dt.datetime


@dataclass(frozen=True)
class Policies:
    """What every policy says of ideas, by campaign and brand; the house has neither."""

    by: dict[tuple[int | None, int | None], Terms]

    def of(self, row: DueRow) -> Terms | None:
        """The campaign's own, else its brand's, else the house's."""
        ways = ((row.campaign_id, None), (None, row.brand_id), (None, None))
        return next((self.by[way] for way in ways if way in self.by), None)

    def asks(self, row: DueRow) -> bool:
        terms = self.of(row)
        return terms is not None and terms.is_asked

    def day(self, row: DueRow) -> dt.date | None:
        terms = self.of(row)
        return idea_day(row.draft_due_on, terms.days if terms else 0)

    def near(self, asked: Asked) -> Asked:
        """The same question, put to the days of drafts."""
        days = [terms.days for terms in self.by.values() if terms.is_asked]
        least, most = dt.timedelta(days=min(days)), dt.timedelta(days=max(days))
        from_at = asked.from_at + least if asked.from_at else None
        return replace(asked, from_at=from_at, to_at=asked.to_at + most if asked.to_at else None)

    def narrow(self, rows: DeliverableQuerySet) -> DeliverableQuerySet:
        """Drafts that wait for their idea: none has come, none was agreed to, none is with us."""
        house = self.by.get((None, None))
        if house is None or not house.is_asked:
            rows = rows.filter(Q(**ASKS_HERE) | Q(**ASKS_ITS_BRAND))
        came = ContentVersion.objects.concepts().filter(deliverable=OuterRef("pk"), review__status__in=SETTLED)
        return rows.draft_open().unheld().filter(~Exists(came), submitted_at__isnull=True)


def policies_about_ideas() -> Policies | None:
    """One question; None where no policy asks for ideas at all."""
    anywhere = Exists(ApprovalPolicy.objects.filter(concept_first=True))
    columns = ("campaign", "brand", "concept_first", "concept_days", "updated_at")
    rows = ApprovalPolicy.objects.filter(anywhere).values_list(*columns)
    by = {(campaign, brand): Terms(*terms) for campaign, brand, *terms in rows}
    return Policies(by) if by else None


@dataclass(frozen=True)
class Stand:
    """How the newest idea of one deliverable stands."""

    status: str = ""
    decided_at: dt.datetime | None = None


def stands_of(rows: Iterable[DueRow]) -> dict[int, Stand]:
    """How the newest idea of each stands, in one query."""
    found = ContentVersion.objects.concepts().filter(deliverable__in=[row.pk for row in rows], review__isnull=False)
    told = found.order_by("number").values_list("deliverable", "review__status", "review__decided_at")
    return {pk: Stand(status, decided_at) for pk, status, decided_at in told}


def idea_dues(asked: Asked) -> Iterator[Due]:
    """Ideas that are owed; one question where none is asked for, and of a calendar two."""
    policies = policies_about_ideas()
    if policies is None:
        return
    rows = due_rows(policies.near(asked), policies.narrow, "draft_due_on")
    stands = stands_of(rows) if not asked.calendar or asked.subjects is not None else {}
    kind = _kind(policies, stands)
    found = list(dated(kind, asked, (row for row in rows if asked.subjects is not None or policies.asks(row))))
    to_write = not asked.calendar and found
    routes = mail_routes({row.influencer_id for row, *_rest in found}, asked.now) if to_write else None
    managers = manager_ids({row.brand_id for row, *_rest in found}) if to_write else {}
    for row, due_on, due_at, stopped_why in found:
        told = routes.of(row.influencer_id, Topic.WORK) if routes else NOBODY
        due = told_due(kind, row, due_on, due_at, stopped_why, told, managers.get(row.brand_id, ()))
        yield replace(due, url=where(row.pk), born_at=_born_at(row, policies, stands))


def _kind(policies: Policies, stands: dict[int, Stand]) -> Kind:
    def settled(row: DueRow) -> Any:
        came = DRAFT_SETTLED.get(row.status) or (ARRIVED if row.submitted_at else "")
        stand = stands.get(row.pk, Stand())
        return came or SETTLED.get(stand.status) or ("" if policies.asks(row) else NOT_ASKED)

    return Kind(
        key=KIND,
        title=_("Idea for {what}"),
        verb=_("Idea is here"),
        answer="draft",
        icon="lightbulb",
        column="draft_due_on",
        open=policies.narrow,
        waits=True,
        days=lambda row: on_day(policies.day(row), row.zone),
        entered=lambda row: row.entered_at,
        settled=settled,
    )


def _born_at(row: DueRow, policies: Policies, stands: dict[int, Stand]) -> dt.datetime:
    """Nor is she asked for what was not asked for then, or was with us: until the last one came back with our words."""
    terms, stand = policies.of(row), stands.get(row.pk, Stand())
    moments = (row.born_at, terms.since if terms else None, stand.decided_at)
    return max(at for at in moments if at is not None)


def _where(pk: int) -> str:
    return f"{reverse('hand-in', args=[pk])}?as={ContentVersion.Stage.CONCEPT}"


where = lazy(_where, str)
"""Where a colleague hands it in for her, put together when somebody reads it."""
