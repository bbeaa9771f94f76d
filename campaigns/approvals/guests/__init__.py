"""Whoever reads along from outside: letters and her own page for the influencer, links for guests who say yes."""
