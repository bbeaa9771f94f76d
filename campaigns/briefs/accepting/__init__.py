"""Pages around a brief for one person: what differs for her, sending it, how she uses the product."""
