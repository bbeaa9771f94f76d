"""Papers about money: our own with gapless numbers, invoices that came in, and duty stamps."""
