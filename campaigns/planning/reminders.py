"""What is due in campaigns: drafts, posts, screenshots of what disappears, and addresses of posts."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.planning import opening, soft_holds  # noqa: F401  put themselves into the places of dues and upkeep
from campaigns.planning.calendar import deliverables  # noqa: F401  puts itself into the place of what moves
from campaigns.planning.models import Deliverable, DeliverableQuerySet
from campaigns.planning.queries import DueRow, due_rows, manager_ids, near, told_rows
from campaigns.planning.wrapping import letters, scores, seeds  # noqa: F401  what is asked when a campaign is over
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due


@dataclass(frozen=True)
class Kind:
    """One kind of due thing: which rows have it, on which day, and when it is settled."""

    key: str
    title: Any  # with {what}
    verb: Any
    answer: str  # the answer on her page that settles it
    icon: str
    column: str  # the column with the day or instant, for narrowing
    open: Callable[[DeliverableQuerySet], DeliverableQuerySet]
    days: Callable[[DueRow], tuple[dt.date, dt.datetime] | None]
    settled: Callable[[DueRow], Any]
    entered: Callable[[DueRow], dt.datetime] = lambda row: row.created_at
    waits: bool = False  # not due while what it needs has not come

    def is_held(self, row: DueRow) -> bool:
        return self.waits and row.waits_now


def on_day(day: dt.date | None, zone: str) -> tuple[dt.date, dt.datetime] | None:
    return (day, end_of_day(day, zone)) if day else None


def link_day(row: DueRow) -> tuple[dt.date, dt.datetime] | None:
    """The day it went out; before that, the day it was to go out. What disappears has no address to keep."""
    if row.lasts_hours is not None:
        return None
    return on_day(local_date(row.published_at, row.zone) if row.published_at else row.post_due_on, row.zone)


def proof_day(row: DueRow) -> tuple[dt.date, dt.datetime] | None:
    """Before it disappears: so many hours after it went out."""
    if row.lasts_hours is None:
        return None
    if row.published_at is None:
        return on_day(row.post_due_on, row.zone)
    gone_at = row.published_at + dt.timedelta(hours=row.lasts_hours)
    return local_date(gone_at, row.zone), gone_at


ARRIVED, APPROVED, POSTED = _("The draft is here"), _("It is approved"), _("It is posted")
WAITS = _("Waits for the parcel")
DROPPED, NOT_POSTED = _("It was dropped"), _("It is not posted yet")

DRAFT_SETTLED = {"submitted": ARRIVED, "approved": APPROVED, "published": POSTED, "dropped": DROPPED}
POST_SETTLED = {"published": POSTED, "dropped": DROPPED}


def after_post(row: DueRow, settled: bool, words: Any) -> Any:
    """Why nothing is asked about a post: not out yet, dropped, or what was missing has come."""
    if row.status != "published":
        return POST_SETTLED.get(row.status, NOT_POSTED)
    return words if settled else ""


DRAFT = Kind(
    key="deliverable.draft",
    title=_("Draft of {what}"),
    verb=_("Draft is here"),
    answer="draft",
    icon="images",
    column="draft_due_on",
    open=lambda rows: rows.draft_open().unheld(),
    waits=True,
    days=lambda row: on_day(row.draft_due_on, row.zone),
    entered=lambda row: row.entered_at,
    settled=lambda row: DRAFT_SETTLED.get(row.status, ""),
)
POST = Kind(
    key="deliverable.post",
    title=_("Post of {what}"),
    verb=_("It is posted"),
    answer="posted",
    icon="send",
    column="post_due_on",
    open=lambda rows: rows.post_open().unheld(),
    waits=True,
    days=lambda row: on_day(row.post_due_on, row.zone),
    entered=lambda row: row.entered_at,
    settled=lambda row: POST_SETTLED.get(row.status, ""),
)
PROOF = Kind(
    key="deliverable.proof",
    title=_("Screenshot of {what}"),
    verb=_("Add the screenshot"),
    answer="proof",
    icon="camera",
    column="published_at",
    open=lambda rows: rows.proof_open(),
    days=proof_day,
    settled=lambda row: after_post(row, row.has_proof, _("The screenshot is here")),
)
LINK = Kind(
    key="deliverable.link",
    title=_("Address of {what}"),
    verb=_("Add the address"),
    answer="link",
    icon="link-45deg",
    column="published_at",
    open=lambda rows: rows.link_open(),
    days=link_day,
    settled=lambda row: after_post(row, bool(row.post_url), _("The address is here")),
)


KINDS = (DRAFT, POST, PROOF, LINK)
NOBODY = Route((), ())


@due("deliverable.draft", label=_("Drafts"), of="campaigns.Deliverable", order=10)
def drafts(asked: Asked) -> Iterator[Due]:
    """A draft is due on its day, until it arrives."""
    return dues_of(DRAFT, asked)


@due("deliverable.post", label=_("Posts"), of="campaigns.Deliverable", order=11)
def posts(asked: Asked) -> Iterator[Due]:
    """A post is due on its day, whether or not there was a draft."""
    return dues_of(POST, asked)


@due("deliverable.proof", label=_("Screenshots"), of="campaigns.Deliverable", order=12)
def proofs(asked: Asked) -> Iterator[Due]:
    """What disappears needs a screenshot before it does."""
    return dues_of(PROOF, asked)


@due("deliverable.link", label=_("Addresses"), of="campaigns.Deliverable", order=13)
def links(asked: Asked) -> Iterator[Due]:
    """What stays online needs its address, from the day it went out."""
    return dues_of(LINK, asked)


def dues_of(kind: Kind, asked: Asked) -> Iterator[Due]:
    """The dues of one kind: three queries, or four, however many rows. A calendar reads all kinds in one."""
    if asked.calendar and asked.subjects is None:
        rows = asked.once("deliverables", lambda: open_rows(asked, KINDS))
        yield from (told_due(kind, *one, NOBODY, ()) for one in dated(kind, asked, rows))
        return
    found = list(dated(kind, asked, due_rows(asked, kind.open, kind.column)))
    routes = mail_routes({row.influencer_id for row, *_rest in found}, asked.now)
    managers = manager_ids({row.brand_id for row, *_rest in found})
    for row, due_on, due_at, stopped_why in found:
        told = routes.of(row.influencer_id, Topic.WORK)
        yield told_due(kind, row, due_on, due_at, stopped_why, told, managers[row.brand_id])


def open_rows(asked: Asked, kinds: Iterable[Kind]) -> list[DueRow]:
    """What is open in any of these ways near the asked days, in one query."""
    seen = Deliverable.objects.all() if asked.user is None else Deliverable.objects.visible_to(asked.user)
    rows = seen.in_motion()
    wanted = [near(kind.open(rows), asked, kind.column).order_by().values("pk") for kind in kinds]
    found = Deliverable.objects.filter(pk__in=wanted[0].union(*wanted[1:], all=True))
    return told_rows(found)


def dated(kind: Kind, asked: Asked, rows: Iterable[DueRow]) -> Iterator[tuple[DueRow, dt.date, dt.datetime, Any]]:
    """Rows with their day, their instant and why nobody asks; stopped ones and other days only when asked by name."""
    for row in rows:
        day = kind.days(row)
        if day is None:
            continue
        stopped_why = kind.settled(row) or row.stopped_why(asked.now) or (WAITS if kind.is_held(row) else "")
        wanted = not stopped_why and (asked.from_at or day[1]) <= day[1] <= (asked.to_at or day[1])
        if asked.subjects is not None or wanted:
            yield row, *day, stopped_why


def told_due(
    kind: Kind,
    row: DueRow,
    due_on: dt.date,
    due_at: dt.datetime,
    stopped_why: Any,
    told: Route,
    managers: tuple[int, ...],
) -> Due:
    return Due(
        kind=kind.key,
        subject=f"campaigns.deliverable:{row.pk}",
        due_on=due_on,
        due_at=due_at,
        zone=row.zone,
        title=format_lazy(kind.title, what=in_either(row.what_en, row.what_id)),
        influencer_id=row.influencer_id,
        influencer_label=row.person,
        brand_id=row.brand_id,
        brand_label=row.brand,
        owner_id=row.owner_id,
        within=f"campaigns.campaign:{row.campaign_id}",
        within_label=row.campaign,
        manager_ids=managers,
        contact_ids=told.to,
        copy_ids=told.copies,
        url=where(kind.answer, row.pk, row.influencer_id),
        verb=kind.verb,
        icon=kind.icon,
        detail=f"{row.campaign}, {row.brand}",
        stopped_why=stopped_why,
        on_hold=(row.is_on_hold or kind.is_held(row)) and not kind.settled(row),
        born_at=row.born_at,
        went_on_at=row.went_on_at,
        entered_at=kind.entered(row),
        changed_at=max(at for at in (row.entered_at, row.submitted_at, row.published_at) if at is not None),
        facts=facts_of(row, due_on),
    )


def _where(answer: str, pk: int, influencer_id: int) -> str:
    told = reverse("told-answer", args=[influencer_id, "deliverable", pk, answer])
    return f"{told}?next={reverse('today')}"


where = lazy(_where, str)
"""Where a colleague settles it: as "told me".

Put together when somebody reads it: the planner looks at thousands of things every minute and at no address.
"""


def facts_of(row: DueRow, due_on: dt.date) -> dict[str, Any]:
    """What an e-mail may say, JSON-safe; {"en": ..., "id": ...} is spoken in the recipient's language."""
    what = {"en": row.what_en, "id": row.what_id}
    return {
        "first_name": row.person.split(" ")[0],
        "person": row.person,
        "form_of_address": row.form_of_address,
        "brand": row.brand,
        "campaign": row.campaign,
        "what": what,
        "format": {"en": row.format_en, "id": row.format_id},
        "disappears": row.lasts_hours is not None,
        "due_on": due_on.isoformat(),
        "zone": row.zone,
        "owner": row.owner,
        "owner_phone": row.owner_phone,
        "owner_email": row.owner_email,
        "page": {"influencer": row.influencer_id, "brand": row.brand_id},
    }


def _in_either(en: str, id_: str) -> str:
    return id_ if get_language() == "id" else en


in_either = lazy(_in_either, str)
