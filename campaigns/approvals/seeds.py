"""Table of contents: what this room starts with."""

from campaigns.approvals.checking import seeds as checking  # noqa: F401  lays its rows
from campaigns.approvals.deciding import seeds as deciding  # noqa: F401  lays its rows
