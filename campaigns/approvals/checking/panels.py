"""Every version that is handed in is looked at, once its review is open."""

import datetime as dt

from campaigns.approvals.checking.actions import check
from campaigns.approvals.models import ContentVersion
from campaigns.approvals.places import version_handed_in
from crm.timeline.record import Actor


@version_handed_in("checks", order=200)
def look_at_it(version: ContentVersion, at: dt.datetime, actor: Actor) -> None:
    check(version, now=at)
