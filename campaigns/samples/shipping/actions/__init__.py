"""What people do with parcels. Other parts of the room import from here."""

from campaigns.samples.shipping.actions.leaving import Leave, cancel, cancel_parcels, held, pack, ship
from campaigns.samples.shipping.actions.putting import left_of, put_together

__all__ = ["Leave", "cancel", "cancel_parcels", "held", "left_of", "pack", "put_together", "ship"]
