"""Deals for many at once: the same questions, one row for each person, drafts only."""
