"""What cards tell of the work that money waits for, and the money of a card."""
