"""Table of contents: what this room starts with."""

from campaigns.samples.stock import seeds as stock  # noqa: F401  lays its rows
