"""How long a post stays online: the looks in between, what somebody saw, and that it was gone too early."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.policies import policy_of
from campaigns.approvals.models import Deviation, LiveCheck, LivePost
from campaigns.approvals.places import tell_of_look
from campaigns.approvals.publishing.cases import keep_cases, stand_by_cases
from campaigns.approvals.publishing.comparing import is_compared
from crm.base.zones import local_date
from crm.timeline.record import Actor, record

LAST_LOOK_BEFORE = dt.timedelta(days=1)
STAYED = _("%(what)s for %(campaign)s stayed online on %(platform)s as long as was agreed")


def check_days(first: dt.date, days: int) -> Iterator[dt.date]:
    """Half way, and on the day before the last (domain rule 6.2, LIVE)."""
    until = first + dt.timedelta(days=days)
    yield from sorted({first + dt.timedelta(days=days // 2), until - LAST_LOOK_BEFORE})


def keep_checks(post: LivePost) -> None:
    """The looks a post needs, by the policy of the day it went out. What disappears by itself has none."""
    days = policy_of(post.deliverable.collaboration.campaign).live_days
    if not days or not post.lasts:
        return
    first = local_date(post.published_at, post.deliverable.zone)
    post.live_until = first + dt.timedelta(days=days)
    post.save(update_fields=["live_until", "updated_at"])
    LiveCheck.objects.bulk_create(LiveCheck(post=post, due_on=on) for on in check_days(first, days))


def answer_check(check: LiveCheck, *, is_live: bool, note: str = "", at: dt.datetime, actor: Actor) -> None:
    """Somebody looked. Gone before its time is a case; there on the last look, it has stayed as long as was agreed."""
    card = check.post.deliverable.collaboration
    with card.held():
        check.answer(is_live=is_live, note=note, at=at, actor=actor)
        post = LivePost.objects.with_card().get(pk=check.post_id)
        details = {"until": post.live_until.isoformat() if post.live_until else ""}
        found: dict[str, dict[str, Any]] = {} if is_live else {Deviation.Kind.REMOVED: details}
        keep_cases(post, [Deviation.Kind.REMOVED], found, at=at, actor=actor)
        stand_by_cases(post, is_compared=is_compared(post), at=at, actor=actor)
        if is_live and not post.live_checks.open().exists():
            record("post.stayed", STAYED, at=at, actor=actor, subject=post, **post.said())
        tell_of_look(post, at, actor)
