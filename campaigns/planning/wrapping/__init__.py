"""How a campaign ends well: a checklist, what was learned, and what its people thought of working with us."""
