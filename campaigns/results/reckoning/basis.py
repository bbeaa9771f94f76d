"""What is called an engagement in one report: the widest sum that is known of every post that was counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.results.formulas import Counts
from campaigns.results.reckoning.shape import PostFigure


@dataclass(frozen=True)
class Basis:
    """One way to count, used for all posts of a report, so that like stands beside like."""

    code: str
    words: Promise
    engagements: Callable[[Counts], int | None]
    rate: Callable[[Counts], Decimal | None]
    cost_each: Callable[[Counts], Decimal | None]


FULL = Basis(
    "full",
    _("Engagements are likes, comments, saves and shares."),
    lambda one: one.engagements,
    lambda one: one.full,
    lambda one: one.cpe,
)
PUBLIC = Basis(
    "public",
    _("Engagements are likes and comments: saves and shares are not known of every post."),
    lambda one: one.public_engagements,
    lambda one: one.public,
    lambda one: one.public_cpe,
)


def basis_of(figures: Sequence[PostFigure]) -> Basis:
    """Full where saves and shares are known of each post whose likes are."""
    seen = [one.counts for one in figures if one.counts.public_engagements is not None]
    return FULL if seen and all(one.engagements is not None for one in seen) else PUBLIC
