"""Agreements with influencers: the paper, what it promises and pays, who signs, and the words it is made of."""

from crm.contracts.models.changes import TermChange
from crm.contracts.models.contracts import Contract, ContractQuerySet
from crm.contracts.models.going_on import Notice
from crm.contracts.models.parties import Bid, Party
from crm.contracts.models.signatures import Signature, SigningCode
from crm.contracts.models.templates import ContractTemplate, ContractWording, LibraryClause
from crm.contracts.models.terms import PayLine, PromisedPost, UsageRight

__all__ = [
    "Bid",
    "Contract",
    "ContractQuerySet",
    "ContractTemplate",
    "ContractWording",
    "LibraryClause",
    "Notice",
    "Party",
    "PayLine",
    "PromisedPost",
    "Signature",
    "SigningCode",
    "TermChange",
    "UsageRight",
]
