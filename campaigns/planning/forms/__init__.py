"""What people type about campaigns, one file per kind of page."""
