"""Table of contents."""

from crm.privacy.models.holds import Forgotten, LegalHold
from crm.privacy.models.incidents import DataIncident, IncidentPerson
from crm.privacy.models.keeping import RetentionRule, RetentionRun
from crm.privacy.models.requests import PrivacyRequest

__all__ = [
    "DataIncident", "Forgotten", "IncidentPerson", "LegalHold", "PrivacyRequest", "RetentionRule", "RetentionRun",
]  # fmt: skip
