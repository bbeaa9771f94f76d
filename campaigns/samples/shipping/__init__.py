"""Parcels leave, and news of them comes in."""
