"""The links of one report, as the list shows them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.results.models import ReportLink


@dataclass(frozen=True)
class LinkRow:
    """One link: for whom, and whether it still opens."""

    link: ReportLink
    now: dt.datetime

    @property
    def opens(self) -> bool:
        return self.link.revoked_at is None and not self.link.is_over(self.now)

    @property
    def standing(self) -> tuple[Any, str]:
        """Its state in a word, and the tone of that word."""
        if self.link.revoked_at is not None:
            return _("taken back"), "mute"
        if self.link.is_over(self.now):
            return _("over"), "mute"
        return (_("read"), "ok") if self.link.opened_at else (_("not opened yet"), "info")


def rows_of(campaign: Campaign, now: dt.datetime) -> list[LinkRow]:
    """Newest first; one query."""
    return [LinkRow(link, now) for link in campaign.report_links.select_related("made_by")]
