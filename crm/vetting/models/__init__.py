"""The vetting room's tables: the checklist, ratings by named people, signs and what cleared them, and the sets they read."""

from crm.vetting.models.checks import Check, CheckQuerySet, HoldOverride
from crm.vetting.models.facts import Fact, FactQuerySet
from crm.vetting.models.ratings import Rating, RatingQuerySet
from crm.vetting.models.reference import Benchmark, BenchmarkSet, CheckItem, PriceBand, Threshold
from crm.vetting.models.signs import Clearance, ProfileSample

__all__ = [
    "Benchmark",
    "BenchmarkSet",
    "Check",
    "CheckItem",
    "CheckQuerySet",
    "Clearance",
    "Fact",
    "FactQuerySet",
    "HoldOverride",
    "PriceBand",
    "ProfileSample",
    "Rating",
    "RatingQuerySet",
    "Threshold",
]
