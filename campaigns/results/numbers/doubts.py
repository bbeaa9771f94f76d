"""What looks odd about numbers before they are kept. Asked once, in words; never a reason to refuse them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from campaigns.results.models import PostSnapshot
from crm.base.formats import count_full

TEN_TIMES = 10
ONLY_GROW = ("likes", "comments", "saves", "shares", "views", "reach", "impressions", "clicks")
FEW = 20
"""Below that a figure may well grow tenfold."""


def doubts_about(
    counts: Mapping[str, int], *, before: PostSnapshot | None, followers: int | None, names: Mapping[str, Any]
) -> list[str]:
    """Sentences for whoever typed, most telling first; none where nothing is odd."""
    return [*_against_each_other(counts, followers), *_against_before(counts, before, names)]


def _against_each_other(counts: Mapping[str, int], followers: int | None) -> list[str]:
    found = []
    reach, seen = counts.get("reach"), counts.get("impressions") or counts.get("views")
    likes = counts.get("likes")
    if reach is not None and counts.get("impressions") is not None and reach > counts["impressions"]:
        found.append(_("More people reached than impressions. Are the two swapped?"))
    if likes is not None and seen is not None and likes > seen:
        found.append(_("More likes than people could have seen it. Is a digit too many?"))
    if reach is not None and followers and reach > TEN_TIMES * followers:
        found.append(_("Reach is more than ten times her followers."))
    return found


def _against_before(counts: Mapping[str, int], before: PostSnapshot | None, names: Mapping[str, Any]) -> list[str]:
    if before is None:
        return []
    lines: list[str] = []
    for name in ONLY_GROW:
        now, then = counts.get(name), getattr(before, name)
        if now is None or then is None:
            continue
        said = {"what": names.get(name, name), "then": count_full(then), "now": count_full(now)}
        if now < then:
            lines.append(_("%(what)s fell from %(then)s to %(now)s.") % said)
        elif then >= FEW and now > TEN_TIMES * then:
            lines.append(_("%(what)s grew from %(then)s to %(now)s, more than tenfold.") % said)
    return lines


def last_before(snapshots: Sequence[PostSnapshot], hours: int) -> PostSnapshot | None:
    """What was counted last up to so many hours after posting."""
    return max((one for one in snapshots if one.hours <= hours), key=lambda one: (one.hours, one.pk), default=None)
