"""The exclusivity of a deal: one sentence over its whole term, drafted with it and held against everything else."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from crm.ambassadors.making.terms import DealTerms
from crm.base.anchors import anchor_moved
from crm.contracts.many.findings import conflicts_by_person, in_words, once_each, promises_of
from crm.contracts.many.terms import Rule, Sentence, Terms, sentence_forms, usual_sentence
from crm.contracts.models import Contract, Party
from crm.contracts.works import works_of
from crm.exclusivity.actions.clauses import drop_clause, save_clause
from crm.exclusivity.explaining import Explained
from crm.exclusivity.models import Clause
from crm.influencers.models import Format
from crm.team.models import User
from crm.timeline.record import Actor, subject_of

TOLD = 8


def sentence_of_deal(terms: DealTerms) -> Sentence:
    """Nothing for other brands of the category from the first day to some days after the last.

    A deal that ends early lets go of it after the same days: nobody stays bound for a year she no longer works.
    """
    usual = usual_sentence(terms.category_id, Clause.Anchor.TERM, 0, terms.tail_days)
    survival = Clause.Survival.TAIL if terms.tail_days else Clause.Survival.NONE
    rests = {"suspend_during_pause": ["on"]} if terms.rests_in_pauses else {}
    return {**usual, "survival": [survival], "tail_days": [str(terms.tail_days)], **rests}


def conflicts_told(
    terms: DealTerms, planned: Mapping[int, Sequence[Format]], user: User, now: dt.datetime, *, most: int = TOLD
) -> tuple[dict[int, list[Explained]], frozenset[int]]:
    """What each person's deal would hit, were it signed now, the worst first, and who is barred. A fixed number of queries."""
    brand = terms.program.brand
    sentences = [sentence_of_deal(terms)] if terms.exclusive else []
    promises = promises_of(sentence_forms(sentences, brand, terms.zone, user), _as_many(terms))
    found = once_each(conflicts_by_person(_as_many(terms), brand, planned, promises, now))
    barred = frozenset(pk for pk, conflicts in found.items() if any(one.blocks for one in conflicts))
    return in_words({pk: conflicts[:most] for pk, conflicts in found.items()}, user, now), barred


def _as_many(terms: DealTerms) -> Terms:
    """Its days, its brand and whether it is paid, as conflicts are looked for."""
    return Terms(
        brand=terms.program.brand_id, kind=Contract.Kind.AMBASSADOR, category=terms.category_id, wording=0, title="",
        start_on=terms.start_on.isoformat(), end_on=terms.end_on.isoformat() if terms.end_on else "", offer_until_on="",
        zone=terms.zone, posts=(), rule=Rule.FIXED, amount="", currency="", tax="",
        cash_percent=100 if terms.retainer else 0, in_kind="", said="", right="", right_days=None,
    )  # fmt: skip


def keep_promise(contract: Contract, terms: DealTerms, *, at: dt.datetime, actor: Actor) -> None:
    """Within a transaction: the draft has the promise that was asked for, once, or none."""
    party = contract.parties.get(role=Party.Role.TALENT)
    for work in works_of(contract):
        anchor_moved(work.ref, work.days, now=at)
    there = [one for one in Clause.objects.standing_with(subject_of(party)).order_by("pk") if one.is_editable]
    mine = next((one for one in there if one.anchor == Clause.Anchor.TERM), None)
    if not terms.exclusive:
        if mine is not None:
            drop_clause(mine, at=at, actor=actor)
        return
    (form,) = sentence_forms([sentence_of_deal(terms)], terms.program.brand, terms.zone, terms.owner)
    if not form.is_valid():
        raise ValueError("the usual sentence of a deal cannot be read")
    clause, sets = form.clause(), {name: pks for name, pks in form.sets.items() if pks}
    if mine is not None:
        clause, sets = _as_asked(mine, clause), {"categories": list(form.sets["categories"])}
    clause.influencer_id, clause.work_ref, clause.work_label = (
        party.influencer_id or 0,
        subject_of(party),
        contract.title,
    )
    save_clause(clause, sets, at=at, actor=actor)


def _as_asked(mine: Clause, asked: Clause) -> Clause:
    """What the form of a deal asks about; what somebody wrote into the promise besides stays."""
    for name in ("start_offset", "end_offset", "survival", "tail_days", "suspend_during_pause"):
        setattr(mine, name, getattr(asked, name))
    return mine


def asked_of(contract: Contract) -> dict[str, Any]:
    """What of a draft's promise the form asks about."""
    party = contract.parties.filter(role=Party.Role.TALENT).first()
    theirs = Clause.objects.standing_with(subject_of(party)) if party else Clause.objects.none()
    mine = theirs.filter(anchor=Clause.Anchor.TERM).order_by("pk").first()
    if mine is None:
        return {"exclusive": False}
    return {"exclusive": True, "tail_days": mine.end_offset, "rests_in_pauses": mine.suspend_during_pause}
