"""Who might become an ambassador, and what is known of working with her."""
