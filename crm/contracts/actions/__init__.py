"""What is done with contracts, each in one call."""
