"""Is everything well: what came out of each part's work, who is told, and what a machine may ask."""
