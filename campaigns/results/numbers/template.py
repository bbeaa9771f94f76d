"""The sheet to fill in: every post of a campaign with its address, account and day, and empty columns for the counts."""

import datetime as dt
from collections.abc import Iterator

from campaigns.planning.models import Campaign
from campaigns.results.numbers.sheets import COLUMNS
from campaigns.results.numbers.waiting import posts_of
from crm.base.csv_out import Cell
from crm.base.zones import local_date


def header() -> list[str]:
    """Headings that are known when the file comes back, in whatever language it was taken."""
    return [column.headings[0] for column in COLUMNS]


def blank_rows(campaign: Campaign, now: dt.datetime) -> Iterator[list[Cell]]:
    today = local_date(now, campaign.zone)
    for post in posts_of(campaign.pk).standing().with_card().select_related("deliverable__account"):
        account = post.deliverable.account
        handle = account.handle if account is not None else post.deliverable.collaboration.influencer.main_handle
        posted_on = local_date(post.published_at, post.deliverable.zone)
        yield [post.url, handle, posted_on, today, *[None] * (len(COLUMNS) - 4)]
