"""What an early end would mean, read before anybody confirms it: done in full, looked at, and taken back."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from crm.contracts.actions.steps import end_early
from crm.contracts.actions.words import line_shown, posts_in_words, right_in_words
from crm.contracts.models import Contract
from crm.exclusivity.gate import joining
from crm.exclusivity.models import Clause
from crm.exclusivity.terms import Standing
from crm.exclusivity.words import sentence_of, stretch_in_words
from crm.timeline.record import Actor, subject_of


@dataclass(frozen=True)
class PromiseThen:
    """One promise, its days until now and the days it keeps."""

    clause: Clause
    sentence: str
    was: list[str]
    then: list[str]
    how: str


@dataclass(frozen=True)
class Ending:
    """Everything that outlives an early end, and what does not."""

    promises: list[PromiseThen]
    owed: list[str]
    dropped: list[str]
    rights: list[str]
    lines: list[str]


class _TakenBack(Exception):
    """Nothing of a rehearsal stays."""


def ending_of(contract: Contract, on: dt.date, *, dropped: Collection[int], now: dt.datetime, actor: Actor) -> Ending:
    """What would be left. Raises what ending it early raises."""
    before = {clause.pk: _days(clause) for clause in promises_of(contract)}
    seen: list[Ending] = []
    try:
        with transaction.atomic(), joining():
            end_early(Contract.objects.get(pk=contract.pk), on, "", at=now, actor=actor, dropped=dropped)
            seen.append(_seen(contract, before, dropped))
            raise _TakenBack
    except _TakenBack:
        return seen[0]


def promises_of(contract: Contract) -> list[Clause]:
    """The promises of a contract and of what amends it, that are in force."""
    families = (contract, *contract.amendments.in_force())
    refs = [subject_of(party) for one in families for party in one.parties.talents()]
    return list(Clause.objects.filter(work_ref__in=refs).in_force().select_related("influencer").with_scope())


def tail_of(clause: Clause) -> str:
    """Until when a promise bars whose deal ended early; ask for it `with_scope()`."""
    days = _days(clause)
    return _("Bars still: %(days)s.") % {"days": ", ".join(days)} if clause.ended_on and days else ""


def _seen(contract: Contract, before: dict[int, list[str]], dropped: Collection[int]) -> Ending:
    posts = list(contract.posts.select_related("format__platform", "party"))
    return Ending(
        promises=[_then(clause, before[clause.pk]) for clause in Clause.objects.with_scope().filter(pk__in=before)],
        owed=posts_in_words(post for post in posts if post.dropped_at is None),
        dropped=posts_in_words(post for post in posts if post.pk in dropped),
        rights=[right_in_words(right) for right in contract.rights.filter(down_at__isnull=True)],
        lines=[line_shown(line) for line in contract.lines.all()],
    )


def _then(clause: Clause, was: list[str]) -> PromiseThen:
    if clause.standing == Standing.VOID:
        return PromiseThen(clause, sentence_of(clause), was, [], _("It had not begun, and is void."))
    return PromiseThen(clause, sentence_of(clause), was, _days(clause), str(clause.get_survival_display()))


def _days(clause: Clause) -> list[str]:
    return [stretch_in_words(row, clause.zone) for row in clause.stretches.all()]
