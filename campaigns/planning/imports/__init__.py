"""Running collaborations brought in from a file: each a card with its work, its fee and its reminders off."""
