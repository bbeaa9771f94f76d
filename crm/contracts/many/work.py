"""The run that writes contracts for many: shown first, changed row by row, then written batch by batch."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from crm.brands.models import Brand
from crm.contracts.many.plan import TOLD, Planned, plan
from crm.contracts.many.terms import ACTION, Sentence, Terms
from crm.contracts.many.writing import write
from crm.influencers.bulk_runs.actions import show
from crm.influencers.bulk_runs.together import Result
from crm.influencers.models import BulkRow, BulkRun, Influencer
from crm.influencers.places import people_work
from crm.team.models import User
from crm.timeline.record import Actor

log = structlog.get_logger(__name__)
Outcome = BulkRow.Outcome

REASONS: dict[str, Any] = {
    "written": "%(title)s, %(number)s",
    "not-ticked": _("Was not ticked."),
    "barred": _("Since you looked, a promise stands against it. Look at her again."),
    "unclear": _("It is not clear which of her platforms is meant. Write hers by itself."),
    "no-fee": _("No fee was named."),
    "not-yours": _("Whoever began this may not write contracts for this brand any more."),
    "refused": "%(why)s",
    "unexpected": _("Something unexpected happened, and nothing was written for her. Tell your admin."),
}
WORDS: dict[str, Any] = {Outcome.WAITING: _("Will be written"), Outcome.CHANGED: _("Written")}
AT_ONCE = 12
SIZE = 10


def begin(terms: Terms, sentences: Sequence[Sentence], people: Iterable[Influencer], typed: Mapping[str, Any],
          *, user: User, now: dt.datetime) -> BulkRun:  # fmt: skip
    """Keep what was asked and whom for; who is barred or lacks something begins unticked. Nothing is written."""
    rows = plan(terms, sentences, {person.pk: None for person in people}, user, now, most=0)
    data = {"terms": terms.kept(), "sentences": list(sentences), "form": typed}
    return show(ACTION, [_row(one) for one in rows.values()], data=data, query="", user=user)


def _row(one: Planned) -> BulkRow:
    row = BulkRow(influencer_ref=one.person.pk, label=one.person.stage_name, data={"fee": ""})
    tick(row, on=not one.is_held)
    return row


def tick(row: BulkRow, *, on: bool) -> None:
    row.outcome = Outcome.WAITING if on else Outcome.LEFT_OUT
    row.reason = [] if on else ["not-ticked", {}]


def planned(
    run: BulkRun, rows: Sequence[BulkRow], user: User, now: dt.datetime, *, most: int = TOLD
) -> dict[int, Planned]:
    """What would become of these rows now, by person, with so many findings of each in words."""
    fees = {row.influencer_ref: fee_of(row) for row in rows if row.influencer_ref}
    return plan(Terms.of(run), run.data["sentences"], fees, user, now, most=most)


def fee_of(row: BulkRow) -> Decimal | None:
    """The fee somebody typed for her; None: as the rule says."""
    return Decimal(row.data["fee"]) if row.data.get("fee") else None


def keep_rows(run: BulkRun, typed: Mapping[int, tuple[Decimal | None, bool]], knowing: Mapping[int, bool]) -> bool:
    """Fees and ticks as they were set; False when the run is no longer only shown."""
    with transaction.atomic():
        locked = BulkRun.objects.select_for_update().get(pk=run.pk)
        if not locked.is_shown:
            return False
        rows = [row for row in locked.rows.all() if row.place in typed]
        for row in rows:
            fee, on = typed[row.place]
            row.data = {
                **row.data,
                "fee": str(fee) if fee is not None else "",
                "despite": knowing.get(row.place, False),
            }
            tick(row, on=on)
        BulkRow.objects.bulk_update(rows, ["data", "outcome", "reason"])
        locked.counts = locked.rows.counts()
        locked.save(update_fields=["counts", "updated_at"])
    return True


def keep_sentences(run: BulkRun, sentences: Sequence[Sentence]) -> bool:
    """Other exclusivity for all of them; False when the run is no longer only shown."""
    with transaction.atomic():
        locked = BulkRun.objects.select_for_update().get(pk=run.pk)
        if not locked.is_shown:
            return False
        locked.data = {**locked.data, "sentences": list(sentences)}
        locked.save(update_fields=["data", "updated_at"])
    return True


@people_work(
    ACTION,
    title=_("Write contracts"),
    words=WORDS,
    reasons=REASONS,
    size=SIZE,
    at_once=AT_ONCE,
    page="contract-many-run",
)
def write_batch(rows: Sequence[BulkRow], run: BulkRun, at: dt.datetime, actor: Actor) -> dict[int, Result]:
    """A contract for each of these, each in a savepoint of its own."""
    user, terms = run.started_by, Terms.of(run)
    if user is None or not _may_write(user, terms):
        return {row.place: Result(Outcome.REFUSED, ["not-yours", {}]) for row in rows}
    found = planned(run, rows, user, at, most=0)
    letter = _Letter(terms, run.data["sentences"], user, at, actor)
    return {row.place: letter.written(row, found.get(row.influencer_ref or 0)) for row in rows}


def _may_write(user: User, terms: Terms) -> bool:
    seen = Brand.objects.visible_to(user).filter(pk=terms.brand)
    return user.is_active and user.has_perm("crm.add_contract") and seen.exists()


class _Letter:
    """What every contract of a batch shares, read once."""

    def __init__(self, terms: Terms, sentences: Sequence[Sentence], user: User, at: dt.datetime, actor: Actor) -> None:
        self.write = write(terms, sentences, user, at=at, actor=actor)

    def written(self, row: BulkRow, one: Planned | None) -> Result:
        """A contract for her, or the reason why not."""
        why = _why_not(row, one)
        if why or one is None:
            return Result(Outcome.REFUSED, [why, {}])
        try:
            with transaction.atomic():
                contract = self.write(one)
        except OperationalError:
            raise  # somebody wrote the same at this moment: the batch is decided anew
        except ValidationError as refused:
            return Result(Outcome.REFUSED, ["refused", {"why": " ".join(refused.messages)}])
        except Exception:
            log.exception("contract_not_written", run=row.run_id, place=row.place)
            return Result(Outcome.REFUSED, ["unexpected", {}])
        told = {"contract": contract.pk, "title": contract.title, "number": contract.number}
        return Result(Outcome.CHANGED, ["written", told])


def _why_not(row: BulkRow, one: Planned | None) -> str:
    if one is None:
        return "gone"
    if one.is_impossible:
        return "unclear"
    if one.fee is None:
        return "no-fee"
    if one.is_barred and not row.data.get("despite"):
        return "barred"
    return ""
