"""A campaign that is copied begins with its brief, too: as a draft, without the days of the old one."""

import datetime as dt
from dataclasses import replace

from campaigns.briefs.actions.writing import save_draft
from campaigns.briefs.content import content_of
from campaigns.briefs.models import BriefVersion
from campaigns.briefs.queries import state_of
from campaigns.planning.models import Campaign
from campaigns.planning.places import copied
from crm.timeline.record import Actor


@copied("brief", order=10)
def copy_brief(old: Campaign, new: Campaign, at: dt.datetime, actor: Actor) -> BriefVersion | None:
    """The newest version of the one becomes the draft of the other, files and all; None when there is nothing to copy."""
    state, there = state_of(old), state_of(new)
    newest = state.last or state.draft
    if newest is None or there.draft or there.last:
        return None
    content = content_of(newest)
    values = {name: value for name, value in content.values.items() if name != "embargo_at"}
    return save_draft(new, replace(content, values=values, zone=new.zone), seen=there.token, at=at, actor=actor)
