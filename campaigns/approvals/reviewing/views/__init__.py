"""Pages of the queue, of one version and of its notes."""
