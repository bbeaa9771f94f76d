"""The page on which a version is looked at, the queue that leads there, and the notes that come of it."""
