"""Money that leaves: what stands against it, letting it go, the sheet for the bank, and what came of it."""
