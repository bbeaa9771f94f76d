"""How one deliverable changes: holding its card, comparing before setting, telling the story, ringing the engine."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.planning.models.told import Refused, Told, ring_after_commit
from campaigns.planning.models.waiting import days_by_hand, wait_is_over
from campaigns.planning.places import Came, approval_held_because, draft_came, tell_of_post, tell_of_work
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, move

if TYPE_CHECKING:
    from campaigns.planning.models.deliverable import Deliverable


STAMPS = ("dates_set_at", "day_set_at")


def take_step(
    deliverable: "Deliverable",
    to: str,
    verb: str,
    sentence: Any,
    at: dt.datetime,
    actor: Actor,
    *,
    moves: Moves | None = None,
    also: Mapping[str, Any] | None = None,
    note: Any = "",
    url: str = "",
    **told: Unpack[Told],
) -> None:
    """Move a deliverable to a status and its card as far as that leads; or raise TransitionRefused, nothing changed."""
    with deliverable.collaboration.held():
        days_by_hand(deliverable, also or {}, at, actor.user_id)
        move(
            deliverable,
            to,
            moves=moves or deliverable.MOVES,
            at=at,
            actor=actor,
            verb=verb,
            sentence=sentence,
            also=also,
            **_words(deliverable, note, url),
            **told,
        )
        wait_is_over(deliverable, to, at, actor.user_id)
        deliverable.collaboration.follow_facts(at=at)
        deliverable.collaboration.keep_promises(at=at, actor=actor)
        tell_of_work(deliverable, at, actor)
        tell_of_post(deliverable, verb, at, actor)
    ring_after_commit()


def come_in(deliverable: "Deliverable", came: Came) -> None:
    """A draft came: with everything the rooms above keep of it, or not at all. What was approved is looked at anew."""
    also = {"submitted_at": came.at, "approved_at": None, "draft_url": came.draft_url, "drafts": F("drafts") + 1}
    sentence = gettext_lazy("Draft of %(what)s arrived for %(campaign)s")
    with deliverable.collaboration.held():
        if deliverable.status == deliverable.Status.APPROVED:
            deliverable.collaboration.back_to_making(at=came.at, actor=came.actor)
        take_step(
            deliverable, "submitted", "deliverable.submitted", sentence, came.at, came.actor, also=also, **came.told
        )
        deliverable.refresh_from_db(fields=["drafts"])
        for placed in draft_came.all():
            placed.call(deliverable, came)


def set_while(
    deliverable: "Deliverable",
    values: Mapping[str, Any],
    while_in: tuple[str, ...],
    verb: str,
    sentence: Any,
    at: dt.datetime,
    actor: Actor,
    *,
    note: Any = "",
    url: str = "",
    **told: Unpack[Told],
) -> None:
    """Set columns while the deliverable stands in one of these statuses; Refused, and nothing changed, otherwise."""
    changes = {
        name: (getattr(deliverable, name) or "", new or "") for name, new in values.items() if name not in STAMPS
    }
    with deliverable.collaboration.held():
        fitting = type(deliverable)._base_manager.filter(pk=deliverable.pk, status__in=while_in)
        if not fitting.update(**values, updated_at=at):
            raise Refused(deliverable, _("“%(what)s” has moved on. Reload the page.") % {"what": deliverable})
        days_by_hand(deliverable, values, at, actor.user_id)
        words = _words(deliverable, note, url)
        record(verb, sentence, at=at, actor=actor, subject=deliverable, changes=changes, **words, **told)
        if {"post_due_on", "zone", "published_at"} & values.keys():
            deliverable.collaboration.keep_promises(at=at, actor=actor)
        if "published_at" in values:
            tell_of_work(deliverable, at, actor)
        tell_of_post(deliverable, verb, at, actor)
    for name, value in values.items():
        setattr(deliverable, name, value)
    ring_after_commit()


def set_days(
    deliverable: "Deliverable",
    draft_due_on: dt.date | None,
    post_due_on: dt.date,
    zone: str,
    verb: str,
    sentence: Any,
    at: dt.datetime,
    actor: Actor,
    *,
    note: Any = "",
    **told: Unpack[Told],
) -> None:
    """New days, counted in `zone` (as before when empty), while it is not out; Refused for days in disorder."""
    check_days(deliverable, draft_due_on, post_due_on)
    days: dict[str, Any] = {
        "draft_due_on": draft_due_on,
        "post_due_on": post_due_on,
        "zone": zone or deliverable.zone,
    }
    changed = {name: day for name, day in days.items() if getattr(deliverable, name) != day}
    if not changed:
        return
    values = {**changed, "dates_set_at": at, **({} if set(changed) == {"draft_due_on"} else {"day_set_at": at})}
    set_while(deliverable, values, deliverable.UNPOSTED, verb, sentence, at, actor, note=note, **told)


class ApprovalHeld(Refused):
    """Something stands against approving a draft; whoever decides may go on all the same, with a reason."""


def approval_words(deliverable: "Deliverable", because: str) -> Any:
    """What the story says of an approval. Raises ApprovalHeld with what to do first."""
    why = approval_held_because(deliverable)
    if why and not because.strip():
        raise ApprovalHeld(deliverable, why)
    return (
        gettext_lazy("%(what)s approved for %(campaign)s all the same: %(note)s")
        if why
        else gettext_lazy("%(what)s approved for %(campaign)s")
    )


def check_days(deliverable: "Deliverable", draft_due_on: dt.date | None, post_due_on: dt.date) -> None:
    """Refuse a draft that would be due after the post."""
    if draft_due_on is not None and draft_due_on > post_due_on:
        raise Refused(deliverable, _("The draft is due after the posting day. Swap the days or correct one."))


def _words(deliverable: "Deliverable", note: Any, url: str) -> dict[str, Any]:
    campaign = deliverable.collaboration.campaign
    return {
        "params": {"what": deliverable, "campaign": campaign, "note": note, "url": url},
        "influencer": deliverable.collaboration.influencer_id,
        "brand": campaign.brand_id,
    }
