"""Exceptions: what a promise would refuse is allowed by somebody, with a reason, and the promise's owner is told."""

import datetime as dt

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
from crm.timeline.record import Actor
from crm.timeline.transitions import move


def allow(conflict: Conflict, why: str, *, owner: User | None, by: User, at: dt.datetime) -> Finding:
    """Let this one piece of work stand beside this one clause; everything else stays as it was.

    Raises TransitionRefused when somebody decided about it meanwhile.
    """
    with transaction.atomic():
        finding = keep_finding(conflict)
        actor = Actor.user(by)
        move(
            finding,
            Finding.Status.WAIVED,
            moves=finding.MOVES,
            at=at,
            actor=actor,
            verb="finding.waived",
            sentence=_("Allowed beside the promise to %(brand)s: %(why)s"),
            params={"brand": finding.clause.brand, "why": why},
            influencer=finding.influencer_id,
            brand=finding.clause.brand_id,
            also={"decided_by": by, "decided_at": at, "why": why},
        )
        mine = Claim.objects.of_people([finding.influencer_id]).of_source(finding.engagement_ref)
        mine.active().update(active=False, why=WAIVER, updated_at=at)
        _tell(finding, why, owner, by, at)
    return finding


def _tell(finding: Finding, why: str, owner: User | None, by: User, at: dt.datetime) -> None:
    """Whoever answers for the promise has it on her Today page."""
    if owner is None or owner.pk == by.pk:
        return
    leave_todo(
        f"waiver:{finding.pk}",
        _("%(who)s allowed work beside the promise to %(brand)s: %(why)s"),
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
