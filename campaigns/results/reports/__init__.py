"""What a campaign came to, told on one page."""
