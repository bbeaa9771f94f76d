"""What we know about one person, as a file for her."""
