"""Orders that came by a code or a link: taken by file, by a shop's message or by hand, and what came back of them."""
