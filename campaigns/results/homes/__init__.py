"""What a marketing manager opens on Monday: every live campaign on one screen, and what waits for a decision."""
