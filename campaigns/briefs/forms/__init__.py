"""What colleagues type about a brief."""
