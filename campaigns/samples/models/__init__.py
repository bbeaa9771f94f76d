"""Samples: what there is, what somebody is to get, and the parcels it travels in."""

from campaigns.samples.models.purposes import GIFTS, MEANINGS, Meaning, Purpose
from campaigns.samples.models.reference import Courier, SampleTerm, StatusWord, terms_on
from campaigns.samples.models.requests import SampleItem, SampleRequest
from campaigns.samples.models.returns import ReturnItem, ReturnRequest
from campaigns.samples.models.shipments import Shipment, ShipmentEvent, ShipmentItem
from campaigns.samples.models.stock import StockBatch, StockLocation, StockMovement

__all__ = [
    "GIFTS",
    "MEANINGS",
    "Courier",
    "Meaning",
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
