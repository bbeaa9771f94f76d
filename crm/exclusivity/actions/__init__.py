"""What people do about exclusivity: note work elsewhere, write clauses, allow exceptions."""
