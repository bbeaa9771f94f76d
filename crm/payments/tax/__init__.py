"""Taxes: dated rules, how they are reckoned, what is withheld from whom, and a calculator to try it."""
