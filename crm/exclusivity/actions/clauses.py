"""Clauses: drafted and changed while they are talked about, ended early once they are in force."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.anchors import Anchor
from crm.exclusivity.actions.amending import versions_of
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Claim, Clause
from crm.exclusivity.stretching import stretch_again
from crm.exclusivity.terms import Standing
from crm.timeline.record import Actor, record, subject_of
from crm.timeline.transitions import TransitionRefused


def save_clause(clause: Clause, sets: Mapping[str, Sequence[int]], *, at: dt.datetime, actor: Actor) -> Clause:
    """Write a clause that is not in force, with its sets and its windows. Raises TransitionRefused for one that is.

    It bars nobody by itself: whoever owns the work lets it follow the deal (crm.exclusivity.promising).
    """
    with transaction.atomic():
        is_new = clause.pk is None
        if not is_new:
            stored = Clause.objects.select_for_update().get(pk=clause.pk)
            if not stored.is_editable:
                raise TransitionRefused(clause, Standing.PROPOSED, stored.standing, "standing")
        clause.save()
        for name, pks in sets.items():
            rows = getattr(clause, name)
            rows.add(*pks) if is_new else rows.set(pks)
        stretch_again(clause, list(Anchor.objects.of_work(clause.work_ref)))
        said = _("Exclusivity for %(brand)s drafted") if is_new else _("Exclusivity for %(brand)s changed")
        record(
            "clause.drafted" if is_new else "clause.changed",
            said,
            params={"brand": clause.brand},
            at=at,
            actor=actor,
            subject=clause,
            influencer=clause.influencer_id,
            brand=clause.brand_id,
        )
    return clause


def drop_clause(clause: Clause, *, at: dt.datetime, actor: Actor) -> None:
    """A promise that holds no more, in none of its versions: void, and whatever it kept apart is free.

    Raises TransitionRefused.
    """
    with transaction.atomic():
        clause.stand(Standing.VOID, at=at, actor=actor)
        former = [one for one in versions_of(clause)[1:] if one.may_be(Standing.VOID)]
        for one in former:
            one.stand(Standing.VOID, at=at, actor=actor)
        Claim.objects.filter(source__in=[subject_of(one) for one in (clause, *former)]).delete()
        look_again([clause.influencer_id], at)
