"""When the periods of a deal begin and end, how pauses move or shrink them, and what the calendar does at each tick."""
