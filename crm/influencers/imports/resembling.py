"""Rows that would make somebody new although somebody on file looks like her: said while rehearsing, settled by a person."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from crm.influencers.alikes.looking import Finding, Sought, look_alikes_of
from crm.influencers.alikes.rules import Reason
from crm.influencers.imports.facts import Facts
from crm.influencers.imports.remarks import SAY, Remark

CODE = "looks-like"
MOST = 3


class Candidate(NamedTuple):
    """Somebody on file whom a row may mean."""

    pk: int
    name: str
    words: str


def resembling(rows: Sequence[Facts], on: dt.date) -> list[list[Remark]]:
    """For each row the people on file who look like her, the likeliest first. As many queries for one as for a thousand."""
    sought = [
        Sought(
            facts.name,
            [account.handle for account in facts.accounts],
            [facts.phone] if facts.phone else [],
            [facts.email] if facts.email else [],
        )
        for facts in rows
    ]
    return [[_remark(one) for one in found[:MOST]] for found in look_alikes_of(sought, on)] if sought else []


def _remark(found: Finding) -> Remark:
    who = " ".join(part for part in (f"@{found.handle}" if found.handle else "", found.city) if part)
    reasons = [f"{reason.code}={reason.text}" for reason in found.reasons]
    return Remark(CODE, text="|".join([str(found.pk), _plain(found.name), _plain(who), *map(_plain, reasons)]))


def _plain(text: str) -> str:
    return text.replace("|", "/")


def candidates(reasons: Sequence[Sequence[str]]) -> list[Candidate]:
    """The people a stored row may mean."""
    return [_candidate(text) for code, _column, text in reasons if code == CODE]


def _candidate(text: str) -> Candidate:
    pk, name, who, *reasons = text.split("|")
    said = [Reason(*one.split("=", 1)).words for one in reasons]
    return Candidate(int(pk), name, f"{name} ({who}): {'; '.join(said)}" if who else f"{name}: {'; '.join(said)}")


SAY[CODE] = lambda text: _candidate(text).words
