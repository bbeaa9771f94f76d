"""Which version of a brief counts, what its campaign knows, and what stands against releasing it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from campaigns.briefs.checks import Facts, Found, Limit, judge
from campaigns.briefs.content import Content, content_of
from campaigns.briefs.models import BriefVersion, CaptionLimit
from campaigns.planning.models import Campaign, Deliverable
from crm.base.models import Organisation
from crm.brands.models import Category, Product
from crm.brands.regulated import is_notified, regulated_categories
from crm.influencers.models import Format

STORY_LINK = "story-link"


@dataclass(frozen=True)
class State:
    """Where a brief stands: its draft, if there is one, and what was released last."""

    campaign: Campaign
    draft: BriefVersion | None
    last: BriefVersion | None

    @property
    def next_number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def token(self) -> str:
        """What tells this state from any other: forms carry it, and saving compares it."""
        if self.draft is not None:
            return f"{self.draft.pk}@{self.draft.updated_at.isoformat()}"
        return f"after {self.next_number - 1}"


def state_of(campaign: Campaign) -> State:
    """Where the brief of a campaign stands. Three queries at most for each of the two versions."""
    versions = BriefVersion.objects.filter(brief__campaign=campaign).whole()
    return State(campaign, versions.drafts().first(), versions.released().newest_first().first())


def current_version(campaign: Campaign) -> BriefVersion | None:
    """The newest released version, whole; None while nothing was released."""
    return BriefVersion.objects.filter(brief__campaign=campaign).released().newest_first().whole().first()


def checks_of(version: BriefVersion, campaign: Campaign) -> list[Found]:
    """What stands against releasing this version, and what to know of it."""
    return judge(content_of(version), facts_of(campaign))


def checks_of_content(content: Content, campaign: Campaign) -> list[Found]:
    """The same of what somebody is typing."""
    return judge(content, facts_of(campaign))


def facts_of(campaign: Campaign) -> Facts:
    """What the campaign knows that its brief must fit; what platforms take is asked for its last day."""
    work = Deliverable.objects.filter(collaboration__campaign=campaign).standing()
    formats = set(work.values_list("format_id", flat=True).distinct())
    formats |= set(campaign.formats.values_list("pk", flat=True))
    products, is_cosmetic = cosmetics_of(campaign)
    return Facts(
        start_on=campaign.start_on,
        end_on=campaign.end_on,
        zone=campaign.zone,
        limits=limits_of(formats, campaign.end_on),
        last_post_on=work.aggregate(last=Max("post_due_on"))["last"],
        is_cosmetic=is_cosmetic,
        products=products,
        gives_something=gives_something(campaign),
        musts_at_most=Organisation.load().musts_at_most,
    )


def limits_of(formats: Iterable[int], on: dt.date) -> list[Limit]:
    """What each of the formats takes on that day; the row of the format wins over that of its platform."""
    rows = list(CaptionLimit.objects.valid_on(on).order_by("valid_from"))
    by_format = {row.format_id: row for row in rows if row.format_id}
    by_platform = {row.platform_id: row for row in rows if not row.format_id}
    found = []
    for one in Format.objects.filter(pk__in=list(formats)).select_related("platform"):
        row = by_format.get(one.pk) or by_platform.get(one.platform_id)
        if row is None:
            found.append(Limit(str(one), carries_link=one.code == STORY_LINK))
        else:
            found.append(Limit(str(one), row.longest, row.hashtags, row.mentions, row.counting, one.code == STORY_LINK))
    return found


def gives_something(campaign: Campaign) -> bool:
    """Whether money or products are given for the posts."""
    return (
        campaign.budget is not None
        or campaign.products.exists()
        or campaign.collaborations.going_ahead().filter(fee__isnull=False).exists()
    )


def cosmetics_of(campaign: Campaign) -> tuple[list[tuple[str, str]], bool]:
    """Products that need a notification number, with theirs; and whether the campaign advertises a cosmetic.

    A campaign that names no product is held against its brand's: one that is notified will do.
    """
    cosmetic = regulated_categories(Category.Regulated.COSMETIC)
    whole = campaign.category_id in cosmetic
    named = list(campaign.products.all())
    offered = named or list(Product.objects.filter(brand_id=campaign.brand_id).offered())
    inherits = whole or campaign.brand.category_id in cosmetic
    needing = [row for row in offered if (row.category_id in cosmetic if row.category_id else inherits)]
    if named:
        return [(row.name, row.notification_no) for row in needing], bool(needing)
    notified = [row for row in needing if is_notified(row)]
    return [(row.name, row.notification_no) for row in notified], whole
