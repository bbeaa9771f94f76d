"""The money of a card on its page, and what cards tell of their work."""

from campaigns.planning.paying import works  # noqa: F401  puts itself into the places of work
