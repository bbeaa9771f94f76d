"""Lumi's campaign, Glow."""

from tests.campaigns.planning.conftest import campaign  # noqa: F401
