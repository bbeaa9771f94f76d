"""What is due about contracts: that somebody answers and signs, and windows that close."""

from crm.contracts.reminders import (  # noqa: F401  put themselves into their places
    answers,
    answers_seeds,
    letters,
    seeds,
    windows,
)
