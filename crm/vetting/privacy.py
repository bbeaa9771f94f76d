"""What was checked and thought of a person. An opinion about her is her data, whoever wrote it."""

from django.utils.translation import gettext_lazy as _

from crm.base.hers import called_by_name, hers
from crm.vetting.models import Check, CheckItem, Clearance, Fact, HoldOverride, Rating

called_by_name(CheckItem)
OURS = _("Which of us did it.")
hers(HoldOverride, "failed_check__influencer", goes=True, order=90)
hers(Check, "influencer", goes=True)
hers(Clearance, "account__influencer", goes=True)
hers(Fact, "influencer", empties="label")
hers(Rating, "influencer", empties="note", stays="rater_name", why=OURS)
