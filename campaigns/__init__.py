"""Work: what a brand and its influencers do together."""
