"""The contract that comes after: a renewal from the day after the last, or one that takes over from a day."""

import datetime as dt
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext_lazy

from crm.base.anchors import anchor_moved
from crm.base.windows import term_end
from crm.base.zones import local_date
from crm.contracts.actions.amending import follow_up
from crm.contracts.actions.drafting import DRAFTED, tell
from crm.contracts.models import Contract, Party, PromisedPost, UsageRight
from crm.contracts.works import OFF, renewal_drafted, works_of
from crm.exclusivity.actions.clauses import save_clause
from crm.exclusivity.gate import gate
from crm.exclusivity.models import CarveOut, Clause
from crm.exclusivity.renewing import whole_months
from crm.timeline.record import Actor, subject_of

ALIKE = (
    "renewal", "renew_months", "most_renewals", "notice_value", "notice_span", "notice_counts", "extra_words", "title",
)  # fmt: skip
DAY = dt.timedelta(days=1)


def draft_renewal(contract: Contract, *, at: dt.datetime, actor: Actor) -> Contract:
    """The next contract with the same terms, from the day after the last, as long as this one. Raises ValidationError."""
    if not contract.is_in_force and contract.status != Contract.Status.ENDED:
        raise ValidationError(NOT_SIGNED, code="not_in_force")
    if contract.start_on is None or contract.end_on is None:
        raise ValidationError(NO_DAYS, code="no_days")
    first_on, last_on = next_term(contract)
    return _draft(contract, first_on, last_on, at=at, actor=actor)


def draft_replacement(contract: Contract, from_on: dt.date, *, at: dt.datetime, actor: Actor) -> Contract:
    """A contract that takes over from that day, with what is still open. Raises ValidationError."""
    if not contract.is_in_force:
        raise ValidationError(NOT_SIGNED, code="not_in_force")
    if from_on < local_date(at, contract.zone):
        raise ValidationError({"on": PAST})
    if (contract.start_on and from_on <= contract.start_on) or (contract.end_on and from_on > contract.end_on):
        raise ValidationError({"on": OUTSIDE})
    return _draft(contract, from_on, contract.end_on, at=at, actor=actor)


def next_term(contract: Contract) -> tuple[dt.date, dt.date]:
    """First and last day of its renewal. Months are counted from the first day of the first of them, so they never drift."""
    assert contract.start_on and contract.end_on
    first_on, anchor_on, terms, one = contract.end_on + DAY, contract.start_on, 1, contract
    while one.replaces and one.replaces.end_on and one.replaces.start_on and one.start_on == one.replaces.end_on + DAY:
        one, terms = one.replaces, terms + 1
        anchor_on = one.start_on or anchor_on
    for start_on, count in ((anchor_on, terms), (contract.start_on, 1)):
        months = whole_months(start_on, contract.end_on)
        if months and months % count == 0:
            return first_on, term_end(start_on, months + months // count)
    return first_on, first_on + (contract.end_on - contract.start_on)


def _draft(
    contract: Contract, first_on: dt.date, last_on: dt.date | None, *, at: dt.datetime, actor: Actor
) -> Contract:
    if contract.amends_id:
        raise ValidationError(NO_AMENDMENT, code="amendment")
    said = {name: getattr(contract, name) for name in ALIKE}
    wording = contract.wording.template.newest if contract.wording else None
    try:
        with gate(contract.people):
            _make_way(contract, at)
            made = follow_up(
                contract,
                **said,
                start_on=first_on,
                end_on=last_on,
                wording=wording,
                replaces=contract,
                note=contract.note,
            )
            _copy_terms(contract, made, at, actor)
            for placed in renewal_drafted.all():
                placed.call(contract, made, at, actor)
            tell(made, "contract.drafted", DRAFTED, at=at, actor=actor)
    except IntegrityError as error:
        raise ValidationError(THERE_ALREADY, code="there") from error
    return made


def _make_way(contract: Contract, at: dt.datetime) -> None:
    """One that came to nothing no longer stands in the way of another."""
    Contract.objects.standing(tuple(OFF)).filter(replaces=contract).update(replaces=None, updated_at=at)
    if Contract.objects.filter(replaces=contract).exists():
        raise ValidationError(THERE_ALREADY, code="there")


def _copy_terms(contract: Contract, made: Contract, at: dt.datetime, actor: Actor) -> None:
    """Lines, posts, rights and promises of the contract and of what amends it, as drafts."""
    for source in (contract, *contract.amendments.in_force().order_by("pk")):
        parties = _parties(source, made)
        for line in source.lines.all():
            _save(line, contract=made, party=parties.get(line.party_id))
        takes_over = made.start_on is not None and contract.end_on is not None and made.start_on <= contract.end_on
        for post in source.posts.standing():
            if not takes_over:
                _save(post, contract=made, party=parties[post.party_id], due_on=None)
            elif post.due_on is None or made.start_on is None or post.due_on >= made.start_on:
                _save(post, contract=made, party=parties[post.party_id])
        for right in source.rights.all():
            _copy_right(right, made, parties, contract)
        _copy_promises(source, made, parties, contract, at, actor)


def _parties(source: Contract, made: Contract) -> dict[int | None, Party]:
    """Who of the new contract stands for whom of the old."""
    fresh = {(one.role, one.influencer_id, one.contact_id): one for one in made.parties.all()}
    pairs = {one.pk: fresh.get((one.role, one.influencer_id, one.contact_id)) for one in source.parties.all()}
    return {old: new for old, new in pairs.items() if new is not None}


def _copy_right(right: UsageRight, made: Contract, parties: dict[int | None, Party], former: Contract) -> None:
    """Counted from its beginning anew; fixed days move with the term."""
    days: dict[str, Any] = {"start_on": None, "end_on": None}
    bought = {"extended_days": 0}  # going on was paid for in the former contract
    if right.counted_from == UsageRight.From.FIXED:
        days = {name: _moved(getattr(right, name), made, former) for name in days}
    fresh = _save(right, contract=made, party=parties.get(right.party_id), down_at=None, down_note="", **days, **bought)
    fresh.platforms.set(right.platforms.all())
    fresh.territories.set(right.territories.all())


def _copy_promises(
    source: Contract, made: Contract, parties: dict[int | None, Party], former: Contract, at: dt.datetime, actor: Actor
) -> None:
    refs = {subject_of(old): parties[old.pk] for old in source.parties.talents()}
    for work in works_of(made):
        anchor_moved(work.ref, work.days, now=at)
    newest = Clause.objects.filter(work_ref__in=refs, superseded_by__isnull=True).in_force().order_by("pk")
    for clause in newest.select_related("brand", "influencer"):
        sets = {name: [row.pk for row in getattr(clause, name).all()] for name in Clause.SCOPE}
        carved = list(clause.carve_outs.all())
        fresh = _blank(clause)
        fresh.work_ref, fresh.work_label = subject_of(refs[clause.work_ref]), made.title
        fresh.fixed_start_on = _moved(clause.fixed_start_on, made, former)
        fresh.fixed_end_on = _moved(clause.fixed_end_on, made, former)
        save_clause(fresh, sets, at=at, actor=actor)
        CarveOut.objects.bulk_create(_with(one, clause=fresh) for one in carved)


def _blank(clause: Clause) -> Clause:
    fresh: Clause = _with(
        clause, standing="draft", version=1, supersedes=None, effective_from=None, takes_over_at=None, holds_until=None,
        ended_on=None,
    )  # fmt: skip
    return fresh


def _moved(on: dt.date | None, made: Contract, former: Contract) -> dt.date | None:
    """A fixed day, as far into the new term as it was into the old; one that takes over keeps the days that are left."""
    if on is None or made.start_on is None or former.start_on is None:
        return on
    if former.end_on is None or made.start_on <= former.end_on:
        return max(on, made.start_on)
    return on + (made.start_on - former.start_on)


def _save(row: Any, **fields: Any) -> Any:
    fresh = _with(row, **fields)
    fresh.save(force_insert=True)
    return fresh


def _with(row: Any, **fields: Any) -> Any:
    """The same row once more, not saved."""
    fresh: Model = copy(row)
    fresh.pk, fresh._state = None, copy(row._state)
    fresh._state.adding = True
    fresh._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh


def carry_posts_over(former: Contract, fresh: Contract, now: dt.datetime) -> tuple[list[PromisedPost], int]:
    """Open posts of the former contract take the places of their copies; what has no place is no longer owed.

    A post whose day is over by then stays where it was promised. The posts that are gone, and how many were carried.
    """
    parties = _parties(former, fresh)
    copies: dict[tuple[Any, ...], list[PromisedPost]] = {}
    for post in fresh.posts.standing():
        copies.setdefault(_kind_of(post, post.party_id), []).append(post)
    gone, carried = list[PromisedPost](), 0
    for post in former.posts.standing():
        if post.due_on and fresh.start_on and post.due_on < fresh.start_on:
            continue
        party = parties.get(post.party_id)
        places = copies.get(_kind_of(post, party.pk), []) if party else []
        if not places or party is None:
            PromisedPost.objects.filter(pk=post.pk).update(dropped_at=now, updated_at=now)
            gone.append(post)
            continue
        place = places.pop()
        gone.append(copy(place))
        place.delete()
        PromisedPost.objects.filter(pk=post.pk).update(contract=fresh, party=party, updated_at=now)
        carried += 1
    return gone, carried


def _kind_of(post: PromisedPost, party: int) -> tuple[Any, ...]:
    return party, post.format_id, post.due_on, post.note


NOT_SIGNED = gettext_lazy("Only a contract that was signed goes on in another one.")
NO_DAYS = gettext_lazy("It has no last day, so there is nothing to renew. Replace it from a day on instead.")
NO_AMENDMENT = gettext_lazy("An amendment ends with its contract. Renew or replace the contract.")
THERE_ALREADY = gettext_lazy("The contract that follows is written already.")
PAST = gettext_lazy("Choose today or a later day: what was promised until then stands.")
OUTSIDE = gettext_lazy("Choose a day after its first and up to its last. To follow on its last day, renew it.")
