"""Table of contents: what this room starts with."""

from campaigns.samples.shipping import seeds as shipping  # noqa: F401  lays its rows
from campaigns.samples.stock import seeds as stock  # noqa: F401  lays its rows
