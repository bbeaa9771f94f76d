"""Deals in a list: every one of them, and those somebody should look at."""
