"""Looks at deals: before the day for notice and on the way, what was decided, and the queue of what comes to its end."""
