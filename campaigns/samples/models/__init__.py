"""Samples: what there is, what somebody is to get, and the parcels it travels in."""

from campaigns.samples.models.reference import Courier, SampleTerm, StatusWord, terms_on
from campaigns.samples.models.requests import GIFTS, Purpose, SampleItem, SampleRequest
from campaigns.samples.models.returns import ReturnItem, ReturnRequest
from campaigns.samples.models.shipments import Shipment, ShipmentEvent, ShipmentItem
from campaigns.samples.models.stock import StockBatch, StockLocation, StockMovement

__all__ = [
    "GIFTS",
    "Courier",
    "Purpose",
    "ReturnItem",
    "ReturnRequest",
    "SampleItem",
    "SampleRequest",
    "SampleTerm",
    "Shipment",
    "ShipmentEvent",
    "ShipmentItem",
    "StatusWord",
    "StockBatch",
    "StockLocation",
    "StockMovement",
    "terms_on",
]
