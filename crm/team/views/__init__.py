"""The team's pages, one file each."""
