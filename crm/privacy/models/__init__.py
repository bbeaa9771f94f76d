"""Table of contents."""

from crm.privacy.models.incidents import DataIncident, IncidentPerson
from crm.privacy.models.keeping import RetentionRule, RetentionRun
from crm.privacy.models.requests import Forgotten, LegalHold, PrivacyRequest

__all__ = [
    "DataIncident", "Forgotten", "IncidentPerson", "LegalHold", "PrivacyRequest", "RetentionRule", "RetentionRun",
]  # fmt: skip
