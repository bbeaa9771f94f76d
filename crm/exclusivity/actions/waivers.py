"""Exceptions: what a promise would refuse is allowed by somebody, with a reason, and the promise's owner is told.

Where the house wants two people for it, the first one's wish waits with its reason until a second one agrees.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.looking import keep_finding
from crm.exclusivity.models import Claim, Finding
from crm.exclusivity.models.claims import WAIVER
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.team.models import User
from crm.timeline.record import Actor, record
from crm.timeline.transitions import TransitionRefused

ALLOWED = _("%(who)s allowed work beside the promise to %(brand)s: %(why)s")
WISHED = _("%(who)s wants to allow work beside the promise to %(brand)s: %(why)s. Somebody else has to agree.")


def allow(conflict: Conflict, why: str, *, owner: User | None, by: User, at: dt.datetime) -> Finding:
    """Let this one piece of work stand beside this one clause; everything else stays as it was.

    Raises TransitionRefused when somebody decided about it meanwhile.
    """
    with transaction.atomic():
        finding = keep_finding(conflict)
        allow_finding(finding, why, owner=owner, by=by, at=at)
    return finding


def allow_finding(finding: Finding, why: str, *, owner: User | None, by: User, at: dt.datetime) -> bool:
    """Allow it, or note the wish where a second person has to agree; False when it only waits.

    Raises TransitionRefused when somebody decided about it meanwhile.
    """
    with transaction.atomic():
        there = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        finding.wished_by_id, finding.wished_why = there.wished_by_id, there.wished_why
        if Organisation.load().waivers_by_two and finding.wished_by_id in (None, by.pk):
            _wish(finding, why, owner, by, at)
            return False
        finding.decide(
            Finding.Status.WAIVED,
            by=by,
            at=at,
            verb="finding.waived",
            sentence=_("Allowed beside the promise to %(brand)s: %(why)s"),
            why=why,
        )
        mine = Claim.objects.of_people([finding.influencer_id]).of_source(finding.engagement_ref)
        mine.active().update(active=False, why=WAIVER, updated_at=at)
        _tell(finding, ALLOWED, why, owner, by, at)
    return True


def _wish(finding: Finding, why: str, owner: User | None, by: User, at: dt.datetime) -> None:
    """One person's wish, which allows nothing yet."""
    if not Finding.objects.filter(pk=finding.pk).unsettled().update(wished_by=by, wished_why=why, updated_at=at):
        now = Finding.objects.values_list("status", flat=True).get(pk=finding.pk)
        raise TransitionRefused(finding, Finding.Status.WAIVED, now)
    finding.wished_by, finding.wished_why = by, why
    record(
        "finding.wished",
        _("Asked to allow work beside the promise to %(brand)s: %(why)s"),
        params={"brand": finding.clause.brand, "why": why},
        at=at,
        actor=Actor.user(by),
        subject=finding,
        influencer=finding.influencer_id,
        brand=finding.clause.brand_id,
    )
    _tell(finding, WISHED, why, owner, by, at)


def _tell(finding: Finding, sentence: Any, why: str, owner: User | None, by: User, at: dt.datetime) -> None:
    """Whoever answers for the promise has it on her Today page."""
    if owner is None or owner.pk == by.pk:
        return
    leave_todo(
        f"waiver:{finding.pk}" if sentence is ALLOWED else f"wish:{finding.pk}",
        sentence,
        language=owner.language or Organisation.load().language,
        params={"who": by.get_short_name(), "brand": str(finding.clause.brand), "why": why},
        kind=Todo.Kind.CHECK,
        owner=owner,
        due_at=at,
        influencer_ref=finding.influencer_id,
        influencer_label=finding.influencer.stage_name,
        brand_ref=finding.clause.brand_id,
        subject=f"crm.finding:{finding.pk}",
    )
