"""How a deal is shown: its own page to colleagues, and her page to her."""
