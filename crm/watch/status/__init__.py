"""The page of the keepers: each part, how it is, since when, and what to do."""
