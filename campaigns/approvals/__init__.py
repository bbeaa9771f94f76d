"""Content approvals: what is handed in, version by version, what is checked, who says yes, and what went out."""
