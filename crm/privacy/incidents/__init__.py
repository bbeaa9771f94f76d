"""Data in wrong hands, or lost: noted with what is known, told in time to the authority and to whom it belongs, closed with a reason."""
