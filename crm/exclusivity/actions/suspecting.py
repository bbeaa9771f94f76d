"""A post somebody saw is held against what was promised at once; what breaks a promise becomes a suspicion, no more."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile
from crm.base.models import Organisation
from crm.exclusivity.actions.cases import open_case
from crm.exclusivity.actions.outside import add_deal
from crm.exclusivity.gate import hold
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import BreachCase, Finding, OutsideDeal
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.team.models import User
from crm.timeline.record import Actor, subject_of


def keep_seen_post(deal: OutsideDeal, *, file: SafeFile | None, by: User, at: dt.datetime) -> list[Finding]:
    """Write the post down and find what it meets; a case is opened for each promise it breaks."""
    with transaction.atomic():
        hold([deal.influencer_id])
        add_deal(deal, file=file, at=at, actor=Actor.user(by))
        look_again([deal.influencer_id], at)
        met = list(Finding.objects.of_work(subject_of(deal)).unsettled().with_sides())
        for finding in met:
            if finding.direction == Finding.Direction.BREACH:
                _tell(open_case(finding, by=by, at=at), by, at)
    return met


def _tell(case: BreachCase, by: User, at: dt.datetime) -> None:
    """Whoever answers for the person has it on her Today page."""
    owner = case.owner
    if owner is None or owner.pk == by.pk:
        return
    leave_todo(
        f"case:{case.pk}",
        _("%(who)s saw a post that may break the promise to %(brand)s: look into it"),
        language=owner.language or Organisation.load().language,
        params={"who": by.get_short_name(), "brand": str(case.brand)},
        kind=Todo.Kind.CHECK,
        owner=owner,
        due_at=at,
        influencer_ref=case.influencer_id,
        influencer_label=case.influencer.stage_name,
        brand_ref=case.brand_id,
        subject=subject_of(case),
    )
