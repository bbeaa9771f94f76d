"""What colleagues type about contracts."""
