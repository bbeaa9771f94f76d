"""What the same work and the same promises would hit, for many people in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from crm.base.anchors import Anchor, AnchorKind
from crm.base.windows import day_window
from crm.brands.models import Brand
from crm.contracts.many.terms import Terms
from crm.exclusivity.bars import bars_of, brands_of, has_bars, sells_of, world_of
from crm.exclusivity.conflicts import Conflict, judged, work_of
from crm.exclusivity.explaining import Explained, explain
from crm.exclusivity.forms import ClauseForm
from crm.exclusivity.stretching import uncut
from crm.exclusivity.terms import Act, Bar, Certainty, Engagement, Kind, Scope, Stretch
from crm.influencers.models import Format
from crm.team.models import User

NEW = 0
"""No clause on file has this number: the promise is only being written."""


def conflicts_by_person(
    terms: Terms, brand: Brand, planned: Mapping[int, Collection[Format]], promises: Sequence[Bar], now: dt.datetime
) -> dict[int, list[Conflict]]:
    """What each person's contract would hit, were it signed now, the worst first."""
    people = set(planned)
    if not people or not (promises or has_bars(people)):
        return {}
    work = _work(terms, brand, planned)
    standing = bars_of(people)
    there = work_of(people, now) if promises else []
    pairs = [(bar, one) for bar in standing for one in work[bar.person]]
    for one in there:
        pairs += [(replace(bar, person=person), one) for person in one.people & people for bar in promises]
    world = world_of({one.brand for _bar, one in pairs} | brands_of([bar for bar, _one in pairs]))
    found: dict[int, list[Conflict]] = defaultdict(list)
    for conflict in judged(pairs, world, is_signing=True):
        found[conflict.bar.person].append(conflict)
    return found


def once_each(found: Mapping[int, Sequence[Conflict]]) -> dict[int, list[Conflict]]:
    """One for each promise, the worst: a reel and a story that meet the same one are one thing to know."""
    once: dict[int, dict[tuple[int, str], Conflict]] = defaultdict(dict)
    for person, conflicts in found.items():
        for one in conflicts:
            other = one.engagement.ref if one.bar.clause == NEW else ""
            once[person].setdefault((one.bar.clause, other), one)
    return {person: list(conflicts.values()) for person, conflicts in once.items()}


def in_words(found: Mapping[int, Sequence[Conflict]], user: User, now: dt.datetime) -> dict[int, list[Explained]]:
    """The same as this colleague may read it."""
    several = [(person, one) for person, conflicts in found.items() for one in conflicts]
    explained: dict[int, list[Explained]] = defaultdict(list)
    for (person, _one), told in zip(several, explain([one for _person, one in several], user, now), strict=True):
        explained[person].append(told)
    return explained


def promises_of(forms: Iterable[ClauseForm], terms: Terms) -> list[Bar]:
    """The sentences as bars of nobody yet."""
    return [_bar(form, terms) for form in forms if form.is_valid()]


def _bar(form: ClauseForm, terms: Terms) -> Bar:
    clause, sets = form.clause(), form.sets
    return Bar(
        clause=NEW,
        version=1,
        person=NEW,
        scope=Scope(
            kind=Kind(clause.kind),
            categories=frozenset(sets["categories"]),
            excluded=frozenset(sets["excluded_categories"]),
            with_children=clause.with_children,
            brands=frozenset(sets["named_brands"]),
            houses=frozenset(sets["named_owners"]),
            platforms=frozenset(sets["platforms"]),
            formats=frozenset(sets["formats"]),
            territories=frozenset(sets["territories"]),
            acts=clause.acts,
        ),
        stretches=_stretches(form, terms),
        zone=terms.zone,
        blocks=clause.blocks,
        beneficiary=terms.brand,
        house=clause.brand.owner_id,
        own_house_counts=clause.own_house_counts,
        counts_presence=clause.counts_presence,
        buffer_days=clause.buffer_days,
    )


def _stretches(form: ClauseForm, terms: Terms) -> list[Stretch]:
    """Counted from the same days for everybody: the term, and posts that may come on any day of it."""
    first, last = terms.days
    anchors = []
    if first and last:
        for kind in (AnchorKind.TERM, AnchorKind.POST):
            anchors.append(Anchor(ref=kind, kind=kind, first_on=first, last_on=last, zone=terms.zone))
    return [stretch for _ref, stretch in uncut(form.instance, anchors)]


def _work(terms: Terms, brand: Brand, planned: Mapping[int, Collection[Format]]) -> dict[int, list[Engagement]]:
    """One piece of work for each format of each person: five stories hit what one story hits."""
    window = day_window(*terms.days, terms.zone)
    company = sells_of({brand.pk}).get(brand.pk, frozenset())
    act = Act.PAID_POST if terms.cash_percent else Act.GIFTED_POST
    categories = frozenset({terms.category}) if terms.category else None
    return {
        person: [
            Engagement(
                ref=f"planned:{person}:{one.pk}", people=frozenset({person}), brand=brand.pk, window=window, act=act,
                certainty=Certainty.DRAFT, categories=categories, company=company, platform=one.platform_id,
                format=one.pk, territories=None, label=f"{one} · {brand}",
            )
            for one in formats
        ]
        for person, formats in planned.items()
    }  # fmt: skip
