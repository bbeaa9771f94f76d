"""What keeps people from working for others: what was promised to us, what we know of elsewhere, and what follows."""

from crm.exclusivity.models.cases import BreachCase, BreachCaseQuerySet, CaseEvidence
from crm.exclusivity.models.claims import Claim, ClaimQuerySet
from crm.exclusivity.models.clauses import CarveOut, Clause, ClauseQuerySet, ClauseRest, ClauseStretch
from crm.exclusivity.models.findings import Finding, FindingQuerySet
from crm.exclusivity.models.outside import OutsideDeal, OutsideDealQuerySet

__all__ = [
    "BreachCase",
    "BreachCaseQuerySet",
    "CarveOut",
    "CaseEvidence",
    "Claim",
    "ClaimQuerySet",
    "Clause",
    "ClauseQuerySet",
    "ClauseRest",
    "ClauseStretch",
    "Finding",
    "FindingQuerySet",
    "OutsideDeal",
    "OutsideDealQuerySet",
]
