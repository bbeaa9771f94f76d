"""Figures of many posts at once: what was counted, by campaign, person, tier, platform and format."""
