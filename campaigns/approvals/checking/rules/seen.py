"""VID-01 and STO-01: what only eyes and ears can tell, judged from what somebody counted."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.asked import Asked, Finding, Rule
from campaigns.approvals.checking.typed import Typed


def video(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """The label is on the screen early and long enough."""
    if not asked.is_video or not asked.is_paid:
        yield rule.skipped(_("It is no video."))
        return
    seen = asked.seen
    if seen is None or seen.first_s is None or seen.for_s is None:
        yield rule.by_hand(_("Look whether the label is on the screen, from which second and for how long."))
        return
    numbers: dict[str, Any] = {"first": seen.first_s, "n": seen.for_s}
    latest, least = int(rule.numbers.get("latest", 30)), int(rule.numbers.get("seconds", 10))
    if seen.first_s > latest:
        words = _("The label comes at second %(first)s; it should be seen by second %(latest)s.")
        yield rule.hit(words, latest=latest, **numbers)
    elif seen.for_s < least:
        words = _("The label is seen for %(n)s seconds; it should be %(least)s.")
        yield rule.hit(words, least=least, **numbers)
    else:
        yield rule.clean(_("The label is seen from second %(first)s for %(n)s seconds"), **numbers)


def frames(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """Every frame of a story carries the label."""
    if not asked.is_story or not asked.is_paid:
        yield rule.skipped(_("It is no story."))
        return
    seen = asked.seen
    if seen is None or not seen.frames or seen.labelled is None:
        yield rule.by_hand(_("Look whether every frame carries the label."))
        return
    numbers: dict[str, Any] = {"n": seen.labelled, "frames": seen.frames}
    if seen.labelled < seen.frames:
        yield rule.hit(_("%(n)s of %(frames)s frames carry the label."), **numbers)
    else:
        yield rule.clean(_("All %(frames)s frames carry the label"), **numbers)
