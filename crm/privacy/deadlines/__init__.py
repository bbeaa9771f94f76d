"""What the law gives 72 hours for: owners and admins hear by mail when a day is left, and when it has run out."""
