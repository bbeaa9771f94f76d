"""Who on file looks like somebody: one person, or a batch of rows that are not on file yet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Upper

from crm.influencers.alikes.rules import Code, Reason, Reasons, Rules
from crm.influencers.keys import handle_key, name_keys
from crm.influencers.models import Influencer, LookAlike, Representation, SocialAccount

LEAST = 4
"""Shorter handles, their dots and digits taken away, are alike by chance."""

Found = dict[str, set[int]]
Hit = tuple[Reason, set[int]]


@dataclass(frozen=True)
class Sought:
    """What is known of somebody: enough to look for people like her. `pk` when she is on file herself."""

    name: str = ""
    handles: Collection[str] = ()
    phones: Collection[str] = ()
    emails: Collection[str] = ()
    pk: int = 0

    @classmethod
    def of(cls, person: Influencer) -> "Sought":
        """A person on file, with her accounts and her own contact. Two queries."""
        own = person.representations.filter(capacity=Representation.Capacity.SELF)
        said = list(own.values_list("contact__phone", "contact__whatsapp", "contact__email"))
        return cls(
            person.stage_name,
            list(person.accounts.values_list("handle", flat=True)),
            sorted({str(number) for row in said for number in row[:2] if number}),
            [row[2] for row in said if row[2]],
            person.pk,
        )


@dataclass(frozen=True)
class Finding:
    """Somebody on file who looks like the one sought."""

    pk: int
    name: str
    handle: str
    city: str
    reasons: Sequence[Reason]
    points: int
    is_strong: bool


@dataclass
class _Index:
    """Who on file has which of the keys that were asked for."""

    names: Found = field(default_factory=lambda: defaultdict(set))
    sounds: Found = field(default_factory=lambda: defaultdict(set))
    handles: Found = field(default_factory=lambda: defaultdict(set))
    near: Found = field(default_factory=lambda: defaultdict(set))
    written: dict[tuple[str, int], str] = field(default_factory=dict)
    phones: Found = field(default_factory=lambda: defaultdict(set))
    emails: Found = field(default_factory=lambda: defaultdict(set))


def look_alikes_of(sought: Sequence[Sought], on: dt.date) -> list[list[Finding]]:
    """For each one sought, who on file is probably the same person, the likeliest first.

    Five queries whatever the number sought; hand in a thousand at a time at most. Pairs that somebody has told apart,
    merged and archived people are left out.
    """
    rules = Rules.on(on)
    index = _index(sought)
    hits = [list(_hits(one, index, rules)) for one in sought]
    apart = told_apart(
        {(one.pk, pk) for one, found in zip(sought, hits, strict=True) if one.pk for pk in _everybody(found)}
    )
    found = [_likely(one, its, rules, apart) for one, its in zip(sought, hits, strict=True)]
    shown = _shown({pk for people in found for pk in people})
    return [_findings(people, shown, rules) for people in found]


def told_apart(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the pairs of which somebody has said that they are two people; both ways round."""
    people = {pk for pair in pairs for pk in pair}
    if not people:
        return set()
    rows = LookAlike.objects.told_apart().filter(lower_id__in=people, higher_id__in=people)
    found = set(rows.values_list("lower_id", "higher_id"))
    return found | {(higher, lower) for lower, higher in found}


def _likely(one: Sought, hits: Iterable[Hit], rules: Rules, apart: set[tuple[int, int]]) -> dict[int, list[Reason]]:
    reasons: dict[int, Reasons] = defaultdict(Reasons)
    for reason, people in hits:
        for pk in people:
            if (one.pk, pk) not in apart:
                reasons[pk].found.add(reason)
    told = {pk: found.told() for pk, found in reasons.items()}
    return {pk: said for pk, said in told.items() if rules.is_likely(rules.strength(said))}


def _hits(one: Sought, index: _Index, rules: Rules) -> Iterator[Hit]:
    """Each thing the one sought shares with so few people that it says something about them."""
    keys = name_keys(one.name)
    asked = [(Reason(Code.NAME), index.names, keys.alike), (Reason(Code.NEAR_NAME), index.sounds, keys.sounds)]
    asked += [(Reason(Code.PHONE), index.phones, number) for number in one.phones]
    asked += [(Reason(Code.EMAIL), index.emails, email.upper()) for email in one.emails]
    asked += [(Reason(Code.HANDLE, handle), index.handles, handle) for handle in one.handles]
    for reason, having, key in asked:
        others = having.get(key, set()) - {one.pk}
        if others and rules.speaks(reason.code, len(others) + 1):
            yield reason, others
    for handle in one.handles:
        key = handle_key(handle)
        others = index.near.get(key, set()) - {one.pk}
        if others and rules.speaks(Code.NEAR_HANDLE, len(others) + 1):
            for pk in others:
                yield Reason(Code.NEAR_HANDLE, f"@{handle}, @{index.written[key, pk]}"), {pk}


def _everybody(hits: Iterable[Hit]) -> set[int]:
    return {pk for _reason, people in hits for pk in people}


def _index(sought: Sequence[Sought]) -> _Index:
    index = _Index()
    _look_up_names(index, {key for one in sought for key in [name_keys(one.name)]})
    _look_up_handles(index, {handle for one in sought for handle in one.handles})
    _look_up_contacts(
        index, {str(phone) for one in sought for phone in one.phones}, {mail for one in sought for mail in one.emails}
    )
    return index


def _look_up_names(index: _Index, keys: Collection[Any]) -> None:
    alike, sounds = {key.alike for key in keys} - {""}, {key.sounds for key in keys} - {""}
    if not alike:
        return
    people = Influencer.objects.present().order_by().values_list("pk", "name_alike", "name_sounds")
    for pk, name, sound in people.filter(name_alike__in=alike).union(people.filter(name_sounds__in=sounds)):
        index.names[name].add(pk)
        index.sounds[sound].add(pk)


def _look_up_handles(index: _Index, handles: Collection[str]) -> None:
    keys = {key for handle in handles if len(key := handle_key(handle)) >= LEAST}
    if not keys:
        return
    present = {"influencer__archived_at": None, "influencer__merged_into": None}
    rows = SocialAccount.objects.filter(handle_key__in=keys, **present).order_by("-pk")
    for pk, handle, key in rows.values_list("influencer_id", "handle", "handle_key"):
        index.handles[handle].add(pk)
        index.near[key].add(pk)
        index.written[key, pk] = handle


def _look_up_contacts(index: _Index, phones: Collection[str], emails: Collection[str]) -> None:
    if not phones and not emails:
        return
    present = {"influencer__archived_at": None, "influencer__merged_into": None}
    own = Representation.objects.order_by().filter(capacity=Representation.Capacity.SELF, **present)
    said = own.annotate(mail=Upper("contact__email")).values_list(
        "influencer_id", "contact__phone", "contact__whatsapp", "mail"
    )
    # Three narrow questions, each with its own index; one with OR would read every contact.
    rows = said.filter(contact__phone__in=phones).union(
        said.filter(contact__whatsapp__in=phones), said.filter(mail__in={mail.upper() for mail in emails})
    )
    for pk, *numbers, mail in rows:
        for number in numbers:
            index.phones[str(number)].add(pk)
        index.emails[mail].add(pk)


def _shown(pks: set[int]) -> dict[int, tuple[str, str, str]]:
    if not pks:
        return {}
    rows = Influencer.objects.filter(pk__in=pks).values_list("pk", "stage_name", "main_handle", "city")
    return {pk: (name, handle, city) for pk, name, handle, city in rows}


def _findings(hits: dict[int, list[Reason]], shown: dict[int, tuple[str, str, str]], rules: Rules) -> list[Finding]:
    found = [
        Finding(pk, *shown[pk], reasons, rules.strength(reasons), rules.is_strong(rules.strength(reasons)))
        for pk, reasons in hits.items()
        if pk in shown
    ]
    return sorted(found, key=lambda finding: (-finding.points, finding.pk))
