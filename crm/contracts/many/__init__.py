"""Contracts for many people at once: one template, one set of promises and one rule for the fee, a result for each."""
