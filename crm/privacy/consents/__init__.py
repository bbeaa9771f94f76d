"""Who agreed to what, who has not, and what the house can show for it."""
