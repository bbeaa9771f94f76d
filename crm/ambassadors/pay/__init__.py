"""What an ambassador gets: retainers, deductions, commission, perks and tiers, and what is settled when a deal ends."""
