"""Evenings a person was invited to, and whom she brought."""

from campaigns.events.models import Guest
from crm.base.hers import hers

hers(Guest, "influencer", empties="companion note")
