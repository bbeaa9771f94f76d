"""Numbers of posts coming in: typed beside a screenshot, sent by her, read from a file; and what still waits for some."""
