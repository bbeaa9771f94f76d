"""Numbers counted month by month, brought in from a file: one snapshot per account and month."""
