"""Forms of exclusivity: work elsewhere, clauses, exceptions."""

from crm.exclusivity.forms.changes import AmendForm, EndForm
from crm.exclusivity.forms.clauses import ClauseForm, WaiverForm
from crm.exclusivity.forms.outside import DealForm, SeenDealForm, ToldDealForm

__all__ = ["AmendForm", "ClauseForm", "DealForm", "EndForm", "SeenDealForm", "ToldDealForm", "WaiverForm"]
