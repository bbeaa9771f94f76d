"""What the checks start with: the rules, the labels of each market, the words that promise too much."""

from campaigns.approvals.checking.seeds import labels, rules, words  # noqa: F401  lay their rows
