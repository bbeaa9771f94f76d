"""What changes several rows of campaigns, or asks another feature."""
