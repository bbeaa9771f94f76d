"""People nobody writes to for a while: left alone at their wish, or with a pause of their reminders."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.paging import Order, page_of
from crm.influencers.models import Influencer, ReminderPause
from crm.preferences.places import SilentLine, SilentPage, silent_part

if TYPE_CHECKING:
    from crm.team.models import User

LATEST_BAR = Order("latest", _("Newest first"), "do_not_contact_at")
LATEST_PAUSE = Order("latest", _("Newest first"), "since_at")


@silent_part("alone", label=_("Left alone"), order=30)
def left_alone(user: "User", words: str, cursor: str, now: dt.datetime) -> SilentPage:
    """Those who asked not to be contacted, while that holds."""
    rows = Influencer.objects.visible_to(user).unmerged().barred_from_contact(now)
    if words:
        rows = rows.filter(stage_name__icontains=words)
    page = page_of(rows, LATEST_BAR, cursor, key=lambda row: (row.do_not_contact_at, row.pk))
    lines = [
        SilentLine(
            row.stage_name,
            row.main_handle,
            row.do_not_contact_why or _("Asked not to be contacted"),
            row.do_not_contact_at,
            reverse("person", args=[row.pk]),
            row.do_not_contact_until,
        )
        for row in page.rows
    ]
    return SilentPage(lines, page.earlier, page.later)


@silent_part("paused", label=_("Reminders paused"), order=40)
def paused(user: "User", words: str, cursor: str, now: dt.datetime) -> SilentPage:
    """Those nobody reminds for a while; other messages still leave."""
    people = Influencer.objects.visible_to(user).unmerged()
    if words:
        people = people.filter(stage_name__icontains=words)
    still = Q(until_on__gte=now.date() - dt.timedelta(days=1))
    rows = ReminderPause.objects.standing().filter(still, influencer__in=people).select_related("influencer")
    page = page_of(rows, LATEST_PAUSE, cursor, key=lambda row: (row.since_at, row.pk))
    holding = [row for row in page.rows if row.holds_at(now, row.influencer.zone)]
    lines = [
        SilentLine(
            row.influencer.stage_name,
            row.influencer.main_handle,
            row.why,
            row.since_at,
            reverse("person", args=[row.influencer_id]),
            row.until_on,
        )
        for row in holding
    ]
    return SilentPage(lines, page.earlier, page.later)
