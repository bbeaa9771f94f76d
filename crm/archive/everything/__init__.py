"""Everything in one file, in open formats: to leave, or to move to another machine or database."""
