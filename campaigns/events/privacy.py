"""Evenings a person was invited to, and whom she brought."""

from campaigns.events.models import Event, Guest
from crm.base.hers import called_by_name, hers

called_by_name(Event)
hers(Guest, "influencer", empties="companion note")
