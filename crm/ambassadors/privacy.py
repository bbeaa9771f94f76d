"""What was noted about a person as an ambassador."""

from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import (
    CommissionRule,
    DealChange,
    DealPause,
    DealPeriod,
    DealReview,
    PerkGrant,
    Program,
    Prospect,
    QuotaEntry,
    QuotaLine,
    RetainerCharge,
    RetainerRate,
    Sale,
    TailItem,
    Termination,
    TierMove,
)
from crm.base.hers import called_by_name, hers, may_name

called_by_name(Program)
OURS = _("Which of us did it.")
for figures in (CommissionRule, DealChange, RetainerRate, Sale):
    hers(figures, "deal__influencer")
hers(DealPause, "deal__influencer", empties="why")
hers(DealPeriod, "deal__influencer", stays="closed_by", why=OURS)
hers(DealReview, "deal__influencer", empties="note scores")
hers(PerkGrant, "deal__influencer", empties="label note", held="books")
hers(Prospect, "influencer", empties="why")
hers(QuotaEntry, "period__deal__influencer", empties="label note", stays="by", why=OURS)
hers(QuotaLine, "deal__influencer", empties="note")
hers(RetainerCharge, "period__deal__influencer", empties="why", stays="decided_by", why=OURS, held="books")
hers(TailItem, "deal__influencer", empties="note", stays="done_by", why=OURS)
hers(Termination, "deal__influencer", empties="why", stays="settled_by", why=OURS, held="contract")
hers(TierMove, "deal__influencer", empties="why", stays="by", why=OURS)
may_name(QuotaEntry, "label note")
