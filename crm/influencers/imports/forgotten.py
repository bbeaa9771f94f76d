"""Rows that would bring back somebody who asked to be forgotten: left out, and nothing of what they say is kept."""

import datetime as dt
from collections.abc import Sequence

from crm.base.formats import day_words
from crm.base.hers import ERASED
from crm.influencers.imports.facts import Facts
from crm.influencers.imports.remarks import SAY, Remark
from crm.influencers.imports.verdicts import Decision
from crm.influencers.models import ImportRow
from crm.influencers.places import forgotten

CODE, SINCE = "forgotten", "forgotten-since"


def leave_out_forgotten(rows: Sequence[Facts], decided: list[Decision]) -> None:
    """Rows of `rows` that would make such a person anew are decided otherwise, in place. As many queries for one as for many."""
    new = [at for at, decision in enumerate(decided) if decision.verdict == ImportRow.Verdict.NEW]
    for placed in forgotten.all() if new else ():
        days = placed.call([rows[at] for at in new])
        for at, day in zip(new, days, strict=True):
            if day is not None:
                decided[at] = Decision(ImportRow.Verdict.REJECTED, remarks=[Remark(CODE, text=day.isoformat())])


def named_somebody_forgotten_since(facts: Facts) -> Decision | None:
    """The verdict on a row whose name, handle or address was struck after it was rehearsed; None for every other."""
    said = [facts.name, facts.legal_name, facts.email, facts.phone, *(account.handle for account in facts.accounts)]
    if not any(ERASED in word for word in said):
        return None
    return Decision(ImportRow.Verdict.REJECTED, remarks=[Remark(SINCE)])


def is_forgotten(decision: Decision) -> bool:
    return any(remark.code in (CODE, SINCE) for remark in decision.remarks)


SAY[CODE] = lambda on: day_words(dt.date.fromisoformat(on))
