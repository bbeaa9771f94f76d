"""Finance's page: what is due, what blocks it, the taxes of a month, and the totals of a year."""
