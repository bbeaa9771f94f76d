"""Counted stock: what is there, what parcels have reserved, what leaves first. Only of brands that count."""
