"""What the house knows about people and for how long: what they ask of us, what is kept and why, what went wrong."""
