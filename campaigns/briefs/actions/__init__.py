"""What happens to a campaign's brief."""
