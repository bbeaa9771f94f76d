"""What a deal owes in posts: the ledger of each quota, what counts, and how a period is closed."""
