"""What somebody agreed to: the days stay, so that the house can show what it was allowed to do and until when."""

from django.utils.translation import gettext_lazy as _

from crm.base.hers import called_by_name, hers
from crm.preferences.models import Consent, ConsentText

called_by_name(ConsentText)
hers(
    Consent, "contact", empties="evidence file given_by withdrawn_by", stays="shown",
    why=_("The words everybody was asked to agree to, and the days: proof of what we were allowed to do."),
)  # fmt: skip
