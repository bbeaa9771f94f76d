"""What somebody says of a version, and what follows: bound to the hash she or he saw, one after the other under the card's lock."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.approvals.checking.actions import check
from campaigns.approvals.deciding import outcomes
from campaigns.approvals.deciding.opening import policy_for, stop_steps
from campaigns.approvals.deciding.refusals import (
    FindingsHold,
    NewerVersion,
    NothingSaid,
    NotYourTurn,
    OwnWork,
    RoundsUsedUp,
)
from campaigns.approvals.deciding.rules import settles
from campaigns.approvals.deciding.seats import (
    Who,
    guest_called,
    is_asked,
    label_of,
    made_it,
    seats_of,
    step_for,
    voice_of,
)
from campaigns.approvals.deciding.words import check_words
from campaigns.approvals.models import CheckResult, ContentVersion, Review, ReviewDecision, ReviewStep
from campaigns.planning.models.steps import ApprovalHeld
from campaigns.planning.places import approval_held_because
from crm.team.models import User
from crm.timeline.record import Actor, record

Verdict = ReviewDecision.Verdict


@dataclass(frozen=True)
class Saying:
    """One thing said of one version, with everything that came with it."""

    who: Who
    verdict: str
    sha256: str
    comment: str
    at: dt.datetime
    actor: Actor
    extra_reason: str = ""
    extra_fee: Money | None = None
    because: str = ""
    drop: bool = False
    silently: bool = False
    by: User | None = None  # the colleague who noted it for a guest
    channel: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """Where and in which words it was said, for the story."""
        return {"channel": self.channel, "quote": self.comment}


def decide(
    review: Review,
    voice: Who,
    verdict: str,
    *,
    sha256: str,
    comment: str = "",
    extra_reason: str = "",
    extra_fee: Money | None = None,
    channel: str = "",
    noted_for: str = "",
    because: str = "",
    drop: bool = False,
    silently: bool = False,
    at: dt.datetime,
    actor: Actor,
) -> ReviewDecision:
    """`voice`, a colleague or a guest, says approve, changes or reject of exactly the version whose hash was seen.

    With `noted_for` a colleague notes what a guest of this step said elsewhere (`channel`). `because` lets somebody who decides go
    on although the brief is not accepted; `drop` ends the deliverable with a no; `silently`: whoever decides tells her herself. Raises a
    subclass of `Refused`, nothing changed but what the checks found.
    """
    saying = Saying(
        voice, verdict, sha256, comment.strip(), at, actor, extra_reason.strip(), extra_fee, because.strip(), drop,
        silently, channel=channel,
    )  # fmt: skip
    try:
        with review.version.deliverable.collaboration.held():
            decision = _said(reread(review.pk), saying, noted_for)
    except FindingsHold:
        check(review.version, now=at)  # what was found a moment ago went with the refusal, and the page shows it
        raise
    review.refresh_from_db()
    return decision


def reread(pk: int) -> Review:
    """The review as it stands, with its steps and who is asked. Call it while the card is held."""
    steps = ReviewStep.objects.select_related("decider").prefetch_related("people", "guests")
    found: Review = Review.objects.with_card().prefetch_related(Prefetch("steps", steps)).get(pk=pk)
    return found


def _said(review: Review, saying: Saying, noted_for: str) -> ReviewDecision:
    _check_version(review, saying)
    step = step_for(review)
    if step is None or (saying.verdict != Verdict.CHANGES and not review.is_waiting):
        raise NotYourTurn(review)
    if noted_for:
        saying = _for_guest(review, step, saying, noted_for)
    if not is_asked(step, saying.who):
        raise NotYourTurn(review)
    CHECKS[saying.verdict](review, saying)
    decision = _write(review, step, saying)
    if decision.settles:
        SETTLE[saying.verdict](review, step, saying, decision)
        if not review.is_waiting:
            outcomes.tell_rooms(review, decision, saying.at, saying.actor, silently=saying.silently)
    else:
        tell(review, step, saying)
    return decision


def _check_version(review: Review, saying: Saying) -> None:
    """Only the newest version is decided about, and only by whoever saw it as it is."""
    version = review.version
    newest = ContentVersion.objects.filter(deliverable=version.deliverable_id, stage=version.stage)
    is_newest = not newest.filter(number__gt=version.number).exists()
    if not is_newest or saying.sha256 != version.sha256 or review.status == Review.Status.REPLACED:
        raise NewerVersion(review)
    if saying.verdict not in CHECKS or review.status not in (Review.Status.IN_REVIEW, Review.Status.APPROVED):
        raise NotYourTurn(review)


def _for_guest(review: Review, step: ReviewStep, saying: Saying, name: str) -> Saying:
    """A colleague notes what a guest said elsewhere: the guest's word, the colleague's hand."""
    if not isinstance(saying.who, User):
        raise NotYourTurn(review)
    return replace(saying, who=guest_called(review, step, name), by=saying.who)


def _check_yes(review: Review, saying: Saying) -> None:
    """Nobody's own work, nothing the checks hold, and the brief accepted or a reason why not."""
    if made_it(review, saying.by or saying.who):
        raise OwnWork(review)
    check(review.version, now=saying.at)
    found = list(CheckResult.objects.filter(version=review.version).holding())
    if found:
        raise FindingsHold(review, found)
    deliverable = review.version.deliverable
    is_colleagues = isinstance(saying.who, User) and review.version.stage == ContentVersion.Stage.DRAFT
    why = approval_held_because(deliverable) if is_colleagues else ""
    if why and not saying.because:
        raise ApprovalHeld(deliverable, why)


def _check_changes(review: Review, saying: Saying) -> None:
    """Something to change is said, every must stands on something, and a round beyond what was agreed has its reason."""
    policy = policy_for(review)
    check_words(review, saying.comment, musts_cite=policy.musts_cite)
    is_guests = not isinstance(saying.who, User)
    if review.round > policy.max_rounds and not (saying.extra_reason or (is_guests and saying.comment)):
        raise RoundsUsedUp(review, policy.max_rounds)


def _check_no(review: Review, saying: Saying) -> None:
    if not saying.comment:
        raise NothingSaid(review, _("Say why in a few words: she reads them."))


CHECKS = {Verdict.APPROVE.value: _check_yes, Verdict.CHANGES.value: _check_changes, Verdict.REJECT.value: _check_no}


def _write(review: Review, step: ReviewStep, saying: Saying) -> ReviewDecision:
    """Keep what was said; the first word of all stops the clock of the first look."""
    voice = voice_of(saying.who)
    is_guests = voice.user_id is None
    decision = ReviewDecision.objects.create(
        version=review.version,
        sha256=review.version.sha256,
        step=step,
        role=step.role,
        verdict=saying.verdict,
        settles=settles(seats_of(step), saying.verdict, voice, said_yes(step)),
        by_user=saying.by.pk if saying.by is not None else voice.user_id,
        by_contact=voice.contact_id if is_guests else None,
        by_label=label_of(saying.by or saying.who),
        noted_for=label_of(saying.who) if saying.by is not None else "",
        channel=saying.channel,
        comment=saying.comment,
        at=saying.at,
    )
    if review.first_seen_at is None:
        Review.objects.filter(pk=review.pk).update(first_seen_at=saying.at)
    return decision


def said_yes(step: ReviewStep) -> set[tuple[str, int]]:
    """Everybody whose last word at this step is yes."""
    last: dict[tuple[str, int], str] = {}
    for said in step.decisions.order_by("at", "pk"):
        key = ("guest", said.by_contact) if said.by_contact is not None else ("user", said.by_user or 0)
        last[key] = said.verdict
    return {key for key, verdict in last.items() if verdict == Verdict.APPROVE}


def tell(review: Review, step: ReviewStep, saying: Saying) -> None:
    """A word that ends nothing yet, in the story."""
    card = review.version.deliverable.collaboration
    params = {
        "verdict": Verdict(saying.verdict).label, "version": review.version, "what": review.version.deliverable,
        "role": step.get_role_display(),
    }  # fmt: skip
    record(
        "review.said", _("%(role)s about %(version)s of %(what)s: %(verdict)s"), at=saying.at, actor=saying.actor, subject=review,
        params=params, influencer=card.influencer_id, brand=card.campaign.brand_id, **saying.told,
    )  # fmt: skip


def _yes(review: Review, step: ReviewStep, saying: Saying, decision: ReviewDecision) -> None:
    """The next stage's turn, or approved."""
    step.turn(ReviewStep.State.PASSED, at=saying.at)
    following = review.steps.filter(state=ReviewStep.State.WAITING).order_by("position").first()
    if following is not None:
        following.turn(ReviewStep.State.OPEN, at=saying.at)
        tell(review, step, saying)
        return
    sentence = _("Said yes to %(version)s of %(what)s")
    because = saying.because or (
        "" if isinstance(saying.who, User) else f"{saying.who.name}: {step.get_role_display()}"
    )
    outcomes.approved(
        review, "review.approved", sentence, at=saying.at, actor=saying.actor, because=because, told=saying.told
    )  # fmt: skip


def _changes(review: Review, step: ReviewStep, saying: Saying, decision: ReviewDecision) -> None:
    policy = policy_for(review)
    if review.round > policy.max_rounds:
        reason = saying.extra_reason or saying.comment
        outcomes.further_round(
            review, reason, saying.extra_fee, by=saying.by or saying.who, at=saying.at, actor=saying.actor
        )
    stop_steps(review, at=saying.at)
    outcomes.changes_asked(review, decision, policy, at=saying.at, actor=saying.actor, told=saying.told)


def _no(review: Review, step: ReviewStep, saying: Saying, decision: ReviewDecision) -> None:
    stop_steps(review, at=saying.at)
    outcomes.rejected(
        review, decision, policy_for(review), saying.drop, at=saying.at, actor=saying.actor, told=saying.told
    )


SETTLE = {Verdict.APPROVE.value: _yes, Verdict.CHANGES.value: _changes, Verdict.REJECT.value: _no}
