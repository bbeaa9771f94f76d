"""Deals somebody should look at, each with the reason and the way to settle it."""
