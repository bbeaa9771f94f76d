"""Questions about many deliverables at once, answered in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import (
    Campaign,
    Collaboration,
    Deliverable,
    DeliverableHold,
    DeliverableQuerySet,
)
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.brands.models import BrandAccess
from crm.reminders.registry import Asked
from crm.team.models import Role, User


class DueRow(NamedTuple):
    """A deliverable with everything its due things say; plain columns, so that ten thousand of them are cheap."""

    pk: int
    status: str
    draft_due_on: dt.date | None
    post_due_on: dt.date
    zone: str
    dates_set_at: dt.datetime | None
    created_at: dt.datetime
    submitted_at: dt.datetime | None
    published_at: dt.datetime | None
    post_url: str
    proof_id: int | None
    title: str
    format_en: str
    format_id: str
    platform: str
    lasts_hours: int | None
    collaboration_id: int
    column: str
    paused_at: dt.datetime | None
    resumed_at: dt.datetime | None
    reminders_off_at: dt.datetime | None
    reminders_on_at: dt.datetime | None
    promised_at: dt.datetime | None
    live_at: dt.datetime | None
    campaign_id: int
    campaign: str
    campaign_status: str
    campaign_resumed_at: dt.datetime | None
    brand_id: int
    brand: str
    form_of_address: str
    owner_id: int
    owner: str
    owner_phone: Any
    owner_email: str
    influencer_id: int
    person: str
    archived_at: dt.datetime | None
    merged_into_id: int | None
    do_not_contact_at: dt.datetime | None
    do_not_contact_until: dt.date | None
    waits_now: bool
    waited_until: dt.datetime | None

    @property
    def has_proof(self) -> bool:
        return self.proof_id is not None

    @property
    def what_en(self) -> str:
        return self.title or f"{self.platform} {self.format_en}"

    @property
    def what_id(self) -> str:
        return self.title or f"{self.platform} {self.format_id}"

    @property
    def is_on_hold(self) -> bool:
        """Stopped for a while: what would have been said meanwhile is not said afterwards."""
        is_silent = self.paused_at is not None or self.reminders_off_at is not None
        return is_silent or self.campaign_status == Campaign.Status.PAUSED

    @property
    def entered_at(self) -> dt.datetime:
        """When somebody entered the days; what was over by then never mails."""
        return self.dates_set_at or self.created_at

    @property
    def born_at(self) -> dt.datetime:
        """From when on anybody could be asked: days entered, she had agreed, the campaign live, reminders on."""
        moments = (self.entered_at, self.live_at, self.promised_at, self.reminders_on_at)
        return max(at for at in moments if at is not None)

    @property
    def went_on_at(self) -> dt.datetime | None:
        """When the last pause of the collaboration or its campaign ended, or what it waited for was there."""
        moments = (self.resumed_at, self.campaign_resumed_at, self.waited_until)
        return max((at for at in moments if at is not None), default=None)

    def stopped_why(self, now: dt.datetime) -> Any:
        """Why nobody is asked although the thing itself is open; empty when somebody is."""
        if self.campaign_status != Campaign.Status.LIVE:
            return CAMPAIGN_STOPPED[self.campaign_status]
        if self.column == Collaboration.Status.OFF:
            return _("The collaboration is not going ahead")
        if self.column not in Collaboration.PROMISED:
            return _("Nothing is agreed yet")
        if self.paused_at is not None:
            return _("Reminders about this collaboration are paused")
        if self.reminders_off_at is not None:
            return _("Reminders are off since it was imported")
        return self._person_stopped(now)

    def _person_stopped(self, now: dt.datetime) -> Any:
        if self.archived_at is not None or self.merged_into_id is not None:
            return _("The person is archived")
        until = self.do_not_contact_until
        if self.do_not_contact_at is not None and (until is None or until >= local_date(now, self.zone)):
            return _("The person does not want to be contacted")
        return ""


CAMPAIGN_STOPPED: Mapping[str, Any] = {
    "draft": _("The campaign is not live yet"),
    "paused": _("The campaign is paused"),
    "wrapped": _("The campaign is wrapped up"),
    "cancelled": _("The campaign is cancelled"),
}

PATHS = (
    "pk", "status", "draft_due_on", "post_due_on", "zone", "dates_set_at", "created_at", "submitted_at", "published_at",
    "post_url", "proof_id", "title", "format__name_en", "format__name_id", "format__platform__name",
    "format__lasts_hours", "collaboration_id", "collaboration__status", "collaboration__paused_at", "collaboration__resumed_at",
    "collaboration__reminders_off_at", "collaboration__reminders_on_at", "collaboration__promised_at",
    "collaboration__campaign__live_at", "collaboration__campaign_id", "collaboration__campaign__name", "collaboration__campaign__status",
    "collaboration__campaign__resumed_at",
    "collaboration__campaign__brand_id", "collaboration__campaign__brand__name",
    "collaboration__campaign__brand__form_of_address", "collaboration__campaign__owner_id",
    "collaboration__campaign__owner__name", "collaboration__campaign__owner__phone",
    "collaboration__campaign__owner__email", "collaboration__influencer_id", "collaboration__influencer__stage_name",
    "collaboration__influencer__archived_at", "collaboration__influencer__merged_into_id",
    "collaboration__influencer__do_not_contact_at", "collaboration__influencer__do_not_contact_until",
    "waits_now", "waited_until",
)  # fmt: skip


def due_rows(asked: Asked, is_open: Callable[[DeliverableQuerySet], DeliverableQuerySet], column: str) -> list[DueRow]:
    """The rows a question may be about, in one query: exactly the named ones, or open ones near the asked days."""
    rows = Deliverable.objects.all()
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        rows = near(is_open(rows.in_motion()), asked, column)
    return told_rows(rows)


def told_rows(rows: DeliverableQuerySet) -> list[DueRow]:
    """These rows with everything their due things say, in one query."""
    known = rows.knowing_holds().annotate(waited_until=Subquery(last_lifted()))
    return [*map(DueRow._make, known.order_by("pk").values_list(*PATHS))]


def last_lifted() -> QuerySet[Any, Any]:
    lifted = DeliverableHold.objects.filter(deliverable=OuterRef("pk"), lifted_at__isnull=False)
    return lifted.order_by("-lifted_at").values("lifted_at")[:1]


def near(rows: DeliverableQuerySet, asked: Asked, column: str) -> DeliverableQuerySet:
    """Rows whose day may fall into the asked time in some zone; three days of slack also cover what lasts 48 hours."""
    slack = dt.timedelta(days=3)
    is_instant = column.endswith("_at")
    for bound, at, step in (("gte", asked.from_at, -slack), ("lte", asked.to_at, slack)):
        if at is not None:
            edge = at + step
            rows = rows.filter(**{f"{column}__{bound}": edge if is_instant else edge.date()})
    return rows


def manager_ids(brand_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The managers to whom lateness is told, per brand: those who may see it; the owner where there is none."""
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    if not brand_ids:
        return found
    people = User.objects.active().filter(role__in=[Role.MANAGER, Role.OWNER]).order_by("pk").values_list("pk", "role")
    owners = tuple(pk for pk, role in people if role == Role.OWNER)
    managers = [pk for pk, role in people if role == Role.MANAGER]
    walls = Organisation.load().brand_walls
    given = BrandAccess.objects.filter(user_id__in=managers).values_list("user_id", "brand_id")
    access = set(given) if walls else set()
    for brand in brand_ids:
        found[brand] = tuple(pk for pk in managers if not walls or (pk, brand) in access) or owners
    return found
