"""What was counted, what was ordered, and what a report says of it."""

from campaigns.results.models.orders import HookMessage, Order, OrderHook, OrderReturn
from campaigns.results.models.reports import (
    BrandLift,
    CampaignCost,
    ChangeThreshold,
    Confounder,
    EmvRate,
    ReportLink,
    ReportSettings,
)
from campaigns.results.models.snapshots import MARKS, FetchTry, PostSnapshot, ResultFile, Screenshot, hours_between

__all__ = [
    "MARKS",
    "BrandLift",
    "CampaignCost",
    "ChangeThreshold",
    "Confounder",
    "EmvRate",
    "FetchTry",
    "HookMessage",
    "Order",
    "OrderHook",
    "OrderReturn",
    "PostSnapshot",
    "ReportLink",
    "ReportSettings",
    "ResultFile",
    "Screenshot",
    "hours_between",
]
