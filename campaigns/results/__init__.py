"""Results: what posts reached, what was ordered, what it cost, and the reports that say so."""
