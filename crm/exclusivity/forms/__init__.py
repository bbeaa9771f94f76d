"""Forms of exclusivity: work elsewhere, clauses, exceptions."""

from crm.exclusivity.forms.clauses import ClauseForm, WaiverForm
from crm.exclusivity.forms.outside import DealForm, SeenDealForm, ToldDealForm

__all__ = ["ClauseForm", "DealForm", "SeenDealForm", "ToldDealForm", "WaiverForm"]
