"""What people do with parcels. Other parts of the room import from here."""

# What is called from other parts comes before what calls them: news of a delivery leads into `arriving`.
from campaigns.samples.shipping.actions.putting import left_of, put_together  # isort: skip
from campaigns.samples.shipping.actions.leaving import Leave, cancel, cancel_parcels, held, pack, ship  # isort: skip
from campaigns.samples.shipping.actions.news import Heard, Noted, note_event  # isort: skip

__all__ = [
    "Heard",
    "Leave",
    "Noted",
    "cancel",
    "cancel_parcels",
    "held",
    "left_of",
    "note_event",
    "pack",
    "put_together",
    "ship",
]
