"""One yes to several versions: shown first with what the checks found in each, then said to each by itself."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.models import CheckResult, Review
from campaigns.approvals.reviewing.queue import Wanted, for_rows, waiting
from campaigns.planning.verdicts import Verdict
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User

MOST = 50
"""One page of the queue."""


@dataclass(frozen=True)
class Chosen:
    """One version on the page that asks once more."""

    review: Review
    findings: Sequence[CheckResult]

    @property
    def seen(self) -> str:
        """What the yes is bound to: the version, and its hash as it is shown here."""
        return f"{self.review.version_id}:{self.review.version.sha256}"

    @property
    def is_held(self) -> bool:
        return any(one.holds and one.waived_at is None for one in self.findings)

    @property
    def is_clean(self) -> bool:
        return self.review.checked_at is not None and not self.findings

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each finding in words, with its tone."""
        language = get_language()
        return [
            (f"{one.rule}: {one.said_id if language == 'id' else one.said_en}", "bad" if one.holds else "warn")
            for one in self.findings
        ]


def chosen_by(user: "User", picked: Sequence[str], now: dt.datetime) -> list[Chosen]:
    """The ticked versions that still wait for this colleague, with what was found in each. Two queries."""
    numbers = [int(one) for one in picked if is_number(one)][:MOST]
    rows = list(for_rows(waiting(user, Wanted(mine=True), now).filter(version__in=numbers)))
    found: dict[int, list[CheckResult]] = {}
    bad = CheckResult.objects.filter(version__in=[one.version_id for one in rows], outcome__in=["fail", "warn", "hand"])
    for one in bad.filter(waived_at__isnull=True).order_by("-holds", "rule", "pk"):
        found.setdefault(one.version_id, []).append(one)
    return [Chosen(one, found.get(one.version_id, [])) for one in rows]


def is_number(said: str) -> bool:
    """Whether it is written as keys are, and not longer than a database holds."""
    return said.isascii() and said.isdigit() and len(said) < 19


def approve_many(user: "User", seen: Sequence[str], *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """A yes to each, bound to the hash that was shown, each in its own transaction: a refusal stops nobody."""
    hashes = dict(one.split(":", 1) for one in seen[:MOST] if ":" in one)
    rows = Review.objects.visible_to(user).with_card()
    found = {str(one.version_id): one for one in rows.filter(version__in=[pk for pk in hashes if is_number(pk)])}
    return [_yes(found[pk], user, sha256, at, actor) for pk, sha256 in hashes.items() if pk in found]


def _yes(review: Review, user: "User", sha256: str, at: dt.datetime, actor: Actor) -> Verdict:
    version = review.version
    who = f"{version.deliverable.collaboration.influencer.stage_name}, {version}"
    url = reverse("review", args=[version.pk])
    try:
        decide(review, user, "approve", sha256=sha256, at=at, actor=actor)
    except TransitionRefused as refused:
        return Verdict(who, str(refused), False, url)
    done = review.status == Review.Status.APPROVED
    return Verdict(who, _("Approved.") if done else _("Noted. It waits for who says yes next."), True, url)
