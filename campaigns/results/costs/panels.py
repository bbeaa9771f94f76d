"""What was noted while a campaign was wrapped up stands beside its figures."""

import datetime as dt

from campaigns.planning.models import Campaign
from campaigns.planning.places import Happened, also_noted
from campaigns.results.models import Confounder


@also_noted("results")
def keep(campaign: Campaign, happened: Happened, at: dt.datetime) -> None:
    """The story has it already."""
    Confounder.objects.create(
        campaign=campaign, kind=happened.kind, first_on=happened.first_on, last_on=happened.last_on, note=happened.words
    )
