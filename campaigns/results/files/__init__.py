"""Files of results: numbers of posts, orders, redemptions. Read, rehearsed, brought in, and undone as a whole."""
