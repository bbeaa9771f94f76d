"""Standing campaigns: where the posts that ambassadors owe are planned, period by period, and told back when they are out.

A deal says how many, its ledger says what is still owed; here that becomes work on a card like any other.
"""
