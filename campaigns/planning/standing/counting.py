"""Telling the ledger of a deal what is out: a post counts once, on its day in the deal's zone, and no longer when it never was.

Order of locks: the person and her card, which whoever moves a deliverable holds, then the deal and its period.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Deliverable, QuotaPost
from campaigns.planning.places import is_taken_down, work_moved
from crm.ambassadors.models import QuotaEntry, QuotaLine
from crm.ambassadors.quotas.counting import NothingOwed, counts, credit, uncredit
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor, in_language, record, subject_of

NEVER_OUT, GONE = _("It is not out."), _("It was taken down before its time.")
ANOTHER_DAY, ANOTHER_FORMAT = _("It was out on another day."), _("It is no %(format)s.")
TOLD = "quota.not_counted"
NOT_COUNTED = _("%(what)s for %(campaign)s counts for nothing in the ambassador deal: %(why)s")


@work_moved("quota")
def recount(deliverable: Deliverable, at: dt.datetime, actor: Actor) -> None:
    """Let the ledger say of this deliverable what is true of it now. Under the lock of its card."""
    post = (
        QuotaPost.objects.with_work()
        .select_related("line__deal__contract", "make_good")
        .filter(deliverable=deliverable.pk)
    )
    found = post.first()
    if found is not None:
        count(found, at=at, actor=actor)


def count(post: QuotaPost, *, at: dt.datetime, actor: Actor) -> None:
    """Counted where it is due, taken back where it is not; told in the story where nothing was owed on its day."""
    key, on = subject_of(post.deliverable), day_it_counts(post)
    why = why_not(post) if on is None else ""
    counted = counted_on(key)
    if counted is not None and counted != on:
        uncredit(
            key, on=local_date(at, post.line.deal.contract.zone), at=at, by=actor.label, why=_said(why or ANOTHER_DAY)
        )
    if on is None or counted == on:
        return
    try:
        label = f"{post.deliverable}, {post.deliverable.collaboration.campaign.name}"
        credit(post.line, 1, key=key, on=on, at=at, by=actor.label, ref=key, label=label, make_good=post.make_good)
    except NothingOwed as refused:
        _tell(post, " ".join(refused.messages), at)


def take_back(post: QuotaPost, why: Any, *, at: dt.datetime, actor: Actor) -> None:
    """It counts for this deal no more."""
    on = local_date(at, post.line.deal.contract.zone)
    uncredit(subject_of(post.deliverable), on=on, at=at, by=actor.label, why=_said(why))


def day_it_counts(post: QuotaPost) -> dt.date | None:
    """Its day in the deal's zone; None while it counts for nothing."""
    row, line = post.deliverable, post.line
    zone = line.deal.contract.zone
    if row.format_id != line.format_id or is_taken_down(row):
        return None
    if line.counts_on == QuotaLine.CountsOn.APPROVED and is_approved(row) and row.approved_at is not None:
        return local_date(row.approved_at, zone)
    if line.counts_on == QuotaLine.CountsOn.PUBLISHED and is_out(row) and row.published_at is not None:
        return local_date(row.published_at, zone)
    return None


def is_out(row: Deliverable) -> bool:
    return row.status == Deliverable.Status.PUBLISHED


def is_approved(row: Deliverable) -> bool:
    return row.status in (Deliverable.Status.APPROVED, Deliverable.Status.PUBLISHED)


def why_not(post: QuotaPost) -> Any:
    if post.deliverable.format_id != post.line.format_id:
        return ANOTHER_FORMAT % {"format": post.line.format}
    return GONE if is_out(post.deliverable) else NEVER_OUT


def counted_on(key: str) -> dt.date | None:
    """The day under which it counts at this moment; None where it does not."""
    rows = QuotaEntry.objects.filter(ref=key, kind__in=[QuotaEntry.Kind.DELIVERED, QuotaEntry.Kind.MAKE_GOOD_DONE])
    return rows.order_by("-pk").values_list("on", flat=True).first() if counts(key) else None


def _said(words: Any) -> str:
    """In the language of the house: a ledger keeps the words as they were said."""
    return in_language(Organisation.load().language, words, {})


def _tell(post: QuotaPost, why: str, at: dt.datetime) -> None:
    """Once in a step, however often it is counted there."""
    row = post.deliverable
    card = row.collaboration
    if Entry.objects.filter(verb=TOLD, subject=subject_of(row), at=at).exists():
        return
    record(
        TOLD, NOT_COUNTED, at=at, actor=SYSTEM, subject=row, influencer=card.influencer_id,
        params={"what": row, "campaign": card.campaign, "why": why}, brand=card.campaign.brand_id,
    )  # fmt: skip
