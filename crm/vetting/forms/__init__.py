"""What colleagues type while they look somebody over."""
