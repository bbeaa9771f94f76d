"""Copies of everything: backups that were tried, the whole house in open formats, and the way back."""
