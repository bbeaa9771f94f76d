"""One short message after a campaign: how was it to work with us?"""

from django.utils.translation import gettext_lazy as _

from crm.reminders.letters import to_influencer

PARTNER_SCORE = to_influencer(
    "partner_score",
    _("After a campaign: how was it to work with us"),
    _("Say how it was"),
    line=_("Tell us how it was to work with us on %(campaign)s."),
)
