"""Everything that changes stock."""

from campaigns.samples.stock.actions.goods import count_anew, put_back, receive, write_off
from campaigns.samples.stock.actions.parcels import release, reserve, ship_out
from campaigns.samples.stock.ledger import OutOfStock

__all__ = ["OutOfStock", "count_anew", "put_back", "receive", "release", "reserve", "ship_out", "write_off"]
