"""What the clock does for guests of reviews."""

from campaigns.approvals.guests import asking  # noqa: F401  puts itself into the place of what the clock keeps in order
