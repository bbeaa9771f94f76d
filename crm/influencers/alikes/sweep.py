"""Everybody beside everybody, in a handful of grouped queries: nobody is compared with anybody one by one."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Length, Upper

from crm.base.bulk import update
from crm.base.inserts import insert_missing
from crm.influencers.alikes.looking import LEAST
from crm.influencers.alikes.rules import Code, Reason, Reasons, Rules
from crm.influencers.keys import name_keys
from crm.influencers.models import Influencer, LookAlike, Representation, SocialAccount
from crm.influencers.models.keyed import KEYS

Pair = tuple[int, int]
CHUNK = 2_000
ONCE = "(lower_id, higher_id)"

SHARED = """
SELECT said, person FROM (
    SELECT said, person, COUNT(*) OVER (PARTITION BY said) AS shared_by FROM ({every}) AS every_one
) AS counted WHERE shared_by BETWEEN 2 AND %s ORDER BY said, person
"""
"""Who shares a thing with how many: one pass over the rows of `every`, which say each thing once for each person."""


def write_keys(most: int = 20_000) -> int:
    """Write the keys of names that changed by a way that does not write them; how many were written."""
    names = list(Influencer.objects.without_keys().order_by().values_list("pk", "stage_name")[:most])
    update(Influencer, KEYS, [(pk, *name_keys(name), name) for pk, name in names])
    return len(names)


def sweep(now: dt.datetime) -> Counter[str]:
    """Bring the table of look-alikes in step with everybody on file; what somebody decided about stays as it is.

    Running it again changes nothing. Safe to run any number of times at once.
    """
    while write_keys():
        pass
    rules = Rules.on(now.date())
    wanted = {pair: said for pair, said in pairs(rules).items() if rules.is_likely(rules.strength(said))}
    with transaction.atomic():
        return _store(wanted, rules, now)


def pairs(rules: Rules) -> dict[Pair, list[Reason]]:
    """Every two people who share something so few share that it says something, with all they share."""
    found: dict[Pair, Reasons] = defaultdict(Reasons)
    for code, every in _questions().items():
        if not rules.points.get(code):
            continue
        for said, people in _groups(every, rules.at_most[code]):
            text = said if code in (Code.HANDLE, Code.NEAR_HANDLE) else ""
            for pair in combinations(people, 2):
                found[pair].found.add(Reason(code, text))
    return {pair: reasons.told() for pair, reasons in found.items()}


def _questions() -> dict[str, "QuerySet[Any, Any]"]:
    """For each kind of thing, a question for (the thing, the person), every line once."""
    people = Influencer.objects.present().order_by()
    present = {"influencer__archived_at": None, "influencer__merged_into": None}
    accounts = SocialAccount.objects.filter(**present).order_by()
    own = Representation.objects.filter(capacity=Representation.Capacity.SELF, **present).order_by()
    whose = F("influencer_id")
    phone = own.exclude(contact__phone="").values(said=F("contact__phone"), person=whose)
    chats = own.exclude(contact__whatsapp="").values(said=F("contact__whatsapp"), person=whose)
    mails = own.exclude(contact__email="").values(said=Upper("contact__email"), person=whose)
    near = accounts.annotate(long=Length("handle_key")).filter(long__gte=LEAST)
    return {
        Code.NAME: people.exclude(name_alike="").values(said=F("name_alike"), person=F("pk")),
        Code.NEAR_NAME: people.exclude(name_sounds="").values(said=F("name_sounds"), person=F("pk")),
        Code.HANDLE: near.values(said=F("handle"), person=whose).distinct(),
        Code.NEAR_HANDLE: near.values(said=F("handle_key"), person=whose).distinct(),
        Code.PHONE: phone.union(chats),
        Code.EMAIL: mails.distinct(),
    }


def _groups(every: "QuerySet[Any, Any]", at_most: int) -> Iterator[tuple[str, list[int]]]:
    """The things that two to `at_most` people share, each with these people."""
    sql, params = every.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(SHARED.format(every=sql), [*params, at_most])
        rows = cursor.fetchall()
    for said, lines in groupby(rows, key=lambda row: row[0]):
        yield said, [person for _said, person in lines]


def _store(wanted: dict[Pair, list[Reason]], rules: Rules, now: dt.datetime) -> Counter[str]:
    rows = LookAlike.objects.select_for_update(of=("self",)).order_by("pk")
    there = {(row.lower_id, row.higher_id): row for row in rows}
    new = [_row(pair, said, rules) for pair, said in wanted.items() if pair not in there]
    changed = [
        there[pair] for pair, said in wanted.items() if pair in there and _differs(there[pair], said, rules, now)
    ]
    stale = [row.pk for pair, row in there.items() if pair not in wanted and row.status == LookAlike.Status.OPEN]
    report = Counter(found=insert_missing(new, ONCE), gone=_forget(stale), changed=len(changed))
    update(LookAlike, ("points", "reasons", "updated_at"), [(r.pk, r.points, r.reasons, r.updated_at) for r in changed])
    return +report


def _row(pair: Pair, said: list[Reason], rules: Rules) -> LookAlike:
    reasons = [[reason.code, reason.text] for reason in said]
    return LookAlike(lower_id=pair[0], higher_id=pair[1], points=rules.strength(said), reasons=reasons)


def _differs(row: LookAlike, said: list[Reason], rules: Rules, now: dt.datetime) -> bool:
    fresh = _row((row.lower_id, row.higher_id), said, rules)
    if (row.points, row.reasons) == (fresh.points, fresh.reasons):
        return False
    row.points, row.reasons, row.updated_at = fresh.points, fresh.reasons, now
    return True


def _forget(pks: Iterable[int]) -> int:
    """Pairs nobody decided about and nothing speaks for any more."""
    listed, gone = list(pks), 0
    for start in range(0, len(listed), CHUNK):
        gone += LookAlike.objects.filter(pk__in=listed[start : start + CHUNK]).delete()[0]
    return gone
