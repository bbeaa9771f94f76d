"""Bringing a file of everything into an empty installation, on either database."""
