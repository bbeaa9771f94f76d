"""Links to reports a colleague handed out: she knows their addresses, so they end when she leaves."""

import datetime as dt

from campaigns.results.models import ReportLink
from campaigns.results.sharing.actions import take_back
from crm.team.models import User
from crm.team.places import has_left
from crm.timeline.record import Actor


@has_left("report links")
def take_back_hers(user: User, by: Actor, at: dt.datetime) -> None:
    """Each is told in the story of its campaign, so that whoever goes on knows whom to send a new one."""
    hers = ReportLink.objects.opening(at).filter(made_by=user).select_related("campaign")
    for link in hers.select_for_update(of=("self",)).order_by("pk"):
        take_back(link, at=at, actor=by)
