"""Looks at deals: before the day for notice and on the way, what was decided, and the queue of what comes to its end."""

from crm.ambassadors.reviewing.next_decision import next_decision, next_decisions
from crm.ambassadors.reviewing.planning import reviews_due

__all__ = ["next_decision", "next_decisions", "reviews_due"]
