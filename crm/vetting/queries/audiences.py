"""How much of each account's audience lives in the house's own country, where somebody wrote it down."""

from collections.abc import Collection

from django.db.models.functions import Lower

from crm.base.models import Organisation
from crm.brands.models import Territory
from crm.influencers.models import AudienceShare
from crm.vetting.authenticity.readings import Audience


def audiences_at_home(accounts: Collection[int]) -> dict[int, Audience]:
    """By account, from its newest count that names the country. Towns alone say nothing: lists of them have an end."""
    home = Organisation.objects.values(code=Lower("country"))
    rows = AudienceShare.objects.filter(
        kind=AudienceShare.Kind.PLACE,
        audience__account__in=accounts,
        territory__kind=Territory.Kind.COUNTRY,
        territory__code__in=home,
    )
    oldest_first = rows.select_related("audience", "territory").order_by("audience__counted_on", "audience_id")
    return {row.audience.account_id: reading(row) for row in oldest_first if row.audience.account_id is not None}


def reading(row: AudienceShare) -> Audience:
    return Audience(str(row.territory), row.percent / 100, row.audience.source)
