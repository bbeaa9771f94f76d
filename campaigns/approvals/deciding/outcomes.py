"""What a settled review does: to itself, to what is made, to her days, and to what she is paid for a further round."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.approvals.deciding.clock import her_day, late_hours
from campaigns.approvals.deciding.opening import campaign_of, free_days, policy_for, stop_steps
from campaigns.approvals.deciding.policies import Policy
from campaigns.approvals.deciding.refusals import NothingSaid
from campaigns.approvals.deciding.seats import Who
from campaigns.approvals.deciding.words import send_words
from campaigns.approvals.models import ContentVersion, ExtraRound, Review, ReviewDecision
from campaigns.approvals.places import review_settled, she_is_told
from campaigns.planning.models import Deliverable
from campaigns.planning.models.steps import take_step
from crm.base.formats import day_in_words
from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.team.models import User
from crm.timeline.record import Actor, record, subject_of

Words = Mapping[str, Any]
NO_WORDS: Words = {}


def approved(
    review: Review, verb: str, sentence: Any, *, at: dt.datetime, actor: Actor,
    because: str = "", by_itself: bool = False, told: Words = NO_WORDS,
) -> None:  # fmt: skip
    """The last stage said yes: the draft may be posted, the idea may be shot."""
    also = {"late_hours": _late(review, at), "by_itself": by_itself}
    review.end("approved", verb, sentence, at=at, actor=actor, also=also, **told)
    if review.version.stage == ContentVersion.Stage.DRAFT:
        review.version.deliverable.approve(at=at, actor=actor, because=because)


def changes_asked(
    review: Review, decision: ReviewDecision, policy: Policy, *, at: dt.datetime, actor: Actor, told: Words = NO_WORDS
) -> None:
    """It goes back with everything that was said, and a day that is not hers to pay for our lateness."""
    late = _late(review, at)
    said = send_words(review, decision.comment, at)
    sentence = _("Asked for changes to %(version)s of %(what)s")
    review.end("changes", "review.changes", sentence, at=at, actor=actor, also={"late_hours": late}, **told)
    _back_to_her(review, said, policy, late, at, actor)


def rejected(
    review: Review, decision: ReviewDecision, policy: Policy, drop: bool, *, at: dt.datetime, actor: Actor,
    told: Words = NO_WORDS,
) -> None:  # fmt: skip
    """Not this one: she makes something else, or it is not made at all."""
    late = _late(review, at)
    sentence = _("Said no to %(version)s of %(what)s: %(note)s")
    also = {"late_hours": late}
    review.end("rejected", "review.rejected", sentence, at=at, actor=actor, note=decision.comment, also=also, **told)
    if drop:
        review.version.deliverable.drop(at=at, actor=actor, why=decision.comment[:200])
    else:
        _back_to_her(review, send_words(review, decision.comment, at), policy, late, at, actor)


def withdraw(review: Review, why: str, *, at: dt.datetime, actor: Actor, **told: Any) -> None:
    """A version that waits, or was approved, is taken back: nothing of it counts, and a new one is expected.

    Raises TransitionRefused, nothing changed.
    """
    if not why.strip():
        raise NothingSaid(review, _("Say in a few words why it is taken back."))
    deliverable = review.version.deliverable
    with deliverable.collaboration.held():
        found = Review.objects.with_card().get(pk=review.pk)
        sentence = _("Took back %(version)s of %(what)s: %(note)s")
        found.end("withdrawn", "review.withdrawn", sentence, at=at, actor=actor, note=why.strip(), **told)
        stop_steps(found, at=at)
        if found.version.stage == ContentVersion.Stage.DRAFT:
            _expect_again(found.version.deliverable, at, actor)
    review.refresh_from_db()


def _expect_again(deliverable: Deliverable, at: dt.datetime, actor: Actor) -> None:
    also = {"approved_at": None, "changes_note": ""}
    moves = {"expected": ("submitted", "approved")}
    sentence = _("%(what)s for %(campaign)s: a new draft is expected")
    take_step(deliverable, "expected", "deliverable.expected", sentence, at, actor, moves=moves, also=also)


def further_round(
    review: Review, reason: str, fee: Money | None, *, by: Who, at: dt.datetime, actor: Actor
) -> ExtraRound:
    """A round beyond what was agreed: why, and what it adds to her fee."""
    version, card = review.version, review.version.deliverable.collaboration
    paid: Any = fee  # the stubs of money columns know numbers only
    kept = ExtraRound.objects.create(
        collaboration=card, version=version, round=review.round, reason=reason[:300], fee=paid,
        by=by if isinstance(by, User) else None,
    )  # fmt: skip
    sentence = (
        _("Asked for round %(round)s of changes to %(what)s, for %(fee)s more: %(note)s")
        if fee
        else _("Asked for round %(round)s of changes to %(what)s: %(note)s")
    )
    params = {"round": review.round, "what": version.deliverable, "fee": fee or "", "note": reason}
    record(
        "review.extra_round", sentence, at=at, actor=actor, subject=review, params=params,
        influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip
    return kept


def _late(review: Review, at: dt.datetime) -> int:
    """By how many hours of our own we missed the day we had promised ourselves."""
    if not review.is_waiting:
        return review.late_hours
    campaign, policy = campaign_of(review), policy_for(review)
    return late_hours(review.due_at, at, policy.calendar, campaign.zone, free_days())


def _back_to_her(review: Review, said: str, policy: Policy, late: int, at: dt.datetime, actor: Actor) -> None:
    """A draft is expected again, on a day that leaves her the time agreed; an idea is told again when she is ready."""
    if review.version.stage != ContentVersion.Stage.DRAFT:
        return
    deliverable = review.version.deliverable
    zone = campaign_of(review).zone
    wanted_on = her_day(
        at, deliverable.draft_due_on, days=policy.creator_turnaround_days, late=late, calendar=policy.calendar, zone=zone,
        free_days=free_days(),
    )  # fmt: skip
    on = min(wanted_on, deliverable.post_due_on)
    deliverable.ask_changes(said, at=at, actor=actor, draft_due_on=on)
    if late:
        _tell_lateness(review, late, on, at, actor)
    if wanted_on > deliverable.post_due_on:
        _ask_to_move(deliverable, wanted_on, at)


def _tell_lateness(review: Review, late: int, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    deliverable = review.version.deliverable
    card = deliverable.collaboration
    record(
        "review.late", _("We answered about %(what)s %(hours)s hours late, so her day moves to %(day)s"),
        at=at, actor=actor, subject=review, params={"what": deliverable, "hours": late, "day": day_in_words(on)},
        influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip


def _ask_to_move(deliverable: Deliverable, wanted_on: dt.date, at: dt.datetime) -> None:
    """The posting day leaves her no time: a person agrees on a new one with her, nothing moves silently."""
    card = deliverable.collaboration
    owner = card.campaign.owner
    leave_todo(
        f"move-post/{deliverable.pk}",
        _("Move the post of %(what)s: with the changes her draft needs until %(day)s"),
        language=owner.language,
        params={"what": deliverable, "day": day_in_words(wanted_on)},
        kind=Todo.Kind.CHECK,
        owner=owner,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone),
        influencer_ref=card.influencer_id,
        influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id,
        subject=subject_of(deliverable),
        subject_label=str(card)[:200],
        url=reverse("deliverable-edit", args=[deliverable.pk]),
    )


def tell_rooms(
    review: Review, decision: ReviewDecision, at: dt.datetime, actor: Actor, *, silently: bool = False
) -> None:
    """Let the rooms follow, and tell her, unless the colleague does so herself."""
    for placed in (*review_settled.all(), *(() if silently else she_is_told.all())):
        placed.call(review, decision, at, actor)
