"""Orders one by one, as the workbook lists them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from campaigns.planning.models import Campaign
from campaigns.results.models import Order, OrderReturn
from crm.base.csv_out import Row

if TYPE_CHECKING:
    from crm.team.models import User


def order_rows(campaign: Campaign, user: "User") -> Iterator[Row]:
    """Those that came by somebody of this campaign or of what is part of it, oldest first; read as they are written."""
    of = "collaboration__campaign"
    back = OrderReturn.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(sum=Sum("amount"))
    rows = Order.objects.visible_to(user).attributed()
    rows = rows.filter(
        Q(**{of: campaign}) | Q(**{f"{of}__parent": campaign}) | Q(**{f"{of}__parent__parent": campaign})
    )
    rows = rows.annotate(back=Coalesce(Subquery(back.values("sum")), Decimal(0))).order_by("ordered_at", "pk")
    for row in rows.select_related("collaboration__influencer").iterator(chunk_size=2_000):
        yield (
            row.number, row.ordered_on, row.collaboration.influencer.stage_name, row.get_via_display(),
            row.code_said or row.link_said, row.amount.amount, row.back, str(row.amount.currency),
        )  # fmt: skip
