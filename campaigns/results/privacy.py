"""Figures of a person's posts: the numbers stay, screenshots and what is written on them go."""

from django.utils.translation import gettext_lazy as _

from campaigns.results.models import FetchTry, Order, OrderReturn, PostSnapshot, Screenshot
from crm.base.hers import hers

OURS = _("Which of us did it.")
POST = "live_post__deliverable__collaboration__influencer"

hers(Screenshot, POST, goes=True, order=90)
hers(PostSnapshot, POST, empties="evidence withdrawn_why", stays="by", why=OURS)
hers(FetchTry, POST, empties="error")
hers(Order, "collaboration__influencer code__collaboration__influencer")
hers(OrderReturn, "order__collaboration__influencer")
