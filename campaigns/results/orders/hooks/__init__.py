"""A shop's door: it tells each order and each refund by itself, signed, once."""
