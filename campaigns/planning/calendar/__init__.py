"""The calendar of deadlines: a month, a week or a list of every dated thing a colleague may see, and how days move."""
