"""Places that content approvals offer to what follows from them: messages, figures, what is counted from a post."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from crm.base.places import Place
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from campaigns.approvals.models import ContentVersion, LivePost, Review, ReviewDecision

version_handed_in: "Place[Callable[[ContentVersion, dt.datetime, Actor], None]]" = Place("version_handed_in")
"""`@version_handed_in("figures")`: function(version, at, actor), in the transaction that keeps a new version, its review open and
checked."""

review_settled: "Place[Callable[[Review, ReviewDecision, dt.datetime, Actor], None]]" = Place("review_settled")
"""`@review_settled("letters")`: function(review, decision, at, actor), in the transaction that ended a review; its status says how."""

she_is_told: "Place[Callable[[Review, ReviewDecision, dt.datetime, Actor], None]]" = Place("she_is_told")
"""`@she_is_told("letters")`: function(review, decision, at, actor), after `review_settled` and in its transaction, unless the
colleague who settled it tells her herself."""

post_looked_at: "Place[Callable[[LivePost, dt.datetime, Actor], None]]" = Place("post_looked_at")
"""`@post_looked_at("figures")`: function(post, at, actor), in the transaction that published it, compared it or found it gone."""

post_taken_back: "Place[Callable[[LivePost, dt.datetime, Actor], None]]" = Place("post_taken_back")
"""`@post_taken_back("figures")`: function(post, at, actor), in the transaction that says it never went out, while its row is still
there."""


def tell_of_look(post: "LivePost", at: dt.datetime, actor: Actor) -> None:
    """Let everybody follow who counts what is online."""
    for placed in post_looked_at.all():
        placed.call(post, at, actor)
