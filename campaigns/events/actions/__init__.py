"""What is done with events and their guests."""
