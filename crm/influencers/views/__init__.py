"""The pages about people, one file each."""
