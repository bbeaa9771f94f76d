"""News of parcels can be brought in from a courier's file."""

from campaigns.samples.shipping.news_file import ParcelNews
from crm.intake.kinds import bring

bring(ParcelNews(), order=40)
