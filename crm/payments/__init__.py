"""What is owed to whom: one ledger of lines that are due, taken back and settled. Nothing in it is ever changed."""
