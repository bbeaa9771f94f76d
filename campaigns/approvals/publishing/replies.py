"""That she answers comments for some hours after posting (domain rule R1-67): promised, looked at by hand, kept or not."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import ReplyPromise
from campaigns.approvals.places import tell_of_look
from campaigns.planning.models import Deliverable, Refused
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import Actor, record

PROMISED = _("Answers comments below %(what)s for %(campaign)s for %(hours)s hours")
TAKEN_BACK = _("Need not answer comments below %(what)s for %(campaign)s")
KEPT, BROKEN = (
    _("Answered comments below %(what)s for %(campaign)s"),
    _("Did not answer comments below %(what)s for %(campaign)s"),
)


def promise_replies(row: Deliverable, hours: int | None, *, at: dt.datetime, actor: Actor) -> None:
    """For so many hours; None takes it back. Refused once somebody looked whether she did."""
    with row.collaboration.held():
        there = ReplyPromise.objects.filter(deliverable=row).first()
        if there is not None and there.checked_at is not None:
            raise Refused(row, _("Somebody has looked already. What was promised stays as it is."))
        if hours is None:
            if there is None:
                return
            there.delete()
        else:
            ReplyPromise.objects.update_or_create(deliverable=row, defaults={"hours": hours})
        _tell(row, "post.replies_promised", PROMISED if hours else TAKEN_BACK, at, actor, hours=hours or 0)
        ring_on_commit()


def check_replies(promise: ReplyPromise, said: Mapping[str, Any], *, at: dt.datetime, actor: Actor) -> None:
    """What somebody saw; looked at again, the later look counts."""
    kept = said["kept"] == "yes"
    row = Deliverable.objects.with_card().get(pk=promise.deliverable_id)
    with row.collaboration.held():
        ReplyPromise.objects.filter(pk=promise.pk).update(
            replies=said["replies"], kept=kept, note=said["note"], checked_at=at, checked_by=actor.label, updated_at=at
        )
        _tell(row, "post.replies_kept" if kept else "post.replies_missed", KEPT if kept else BROKEN, at, actor)
        for post in row.live_posts.with_card():
            tell_of_look(post, at, actor)
        ring_on_commit()


def _tell(row: Deliverable, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **params: Any) -> None:
    card = row.collaboration
    record(
        verb, sentence, at=at, actor=actor, subject=row, params={"what": row, "campaign": card.campaign, **params},
        influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip
