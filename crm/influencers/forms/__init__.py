"""What colleagues type about people, one file for each thing."""
