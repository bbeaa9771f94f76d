"""Programmes: the circles of ambassadors of a brand, and the tiers people rise through."""
