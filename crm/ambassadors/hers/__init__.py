"""What an ambassador sees of her deal, what she is asked for, and what she answers."""
