"""Taking an import back: what it made goes, what it changed returns, what somebody relies on stays with the reason."""
