"""Briefs a person got, and what she said about using the product."""

from campaigns.briefs.models import BriefAck, BriefVariant, BriefVersion, UseRecord
from crm.base.hers import hers, may_name

hers(BriefAck, "collaboration__influencer contact", empties="ip_hash")
hers(BriefVariant, "collaboration__influencer", empties="overrides")
hers(UseRecord, "collaboration__influencer", empties="words evidence")
may_name(
    BriefVersion,
    "colour_tone pose caption hashtags mentions brand_story product_story public_benefit key_messages claims forbidden",
)
