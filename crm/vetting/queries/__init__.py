"""Questions to the vetting room; none of them changes anything."""
