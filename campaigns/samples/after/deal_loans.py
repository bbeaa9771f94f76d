"""What an ambassador was lent by the brand of her deal and has not sent back."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from djmoney.money import Money

from campaigns.samples.after.charges import charge_for
from campaigns.samples.models import ReturnRequest, SampleTerm, terms_on
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.places import Owed, loans_out
from crm.base.formats import day_words
from crm.timeline.record import subject_of


@loans_out("samples")
def lent_to_her(deal: AmbassadorDeal) -> Iterator[Owed]:
    """Loans of this brand that are still with her or on their way back, at the charge that was decided or at what they are worth
    on the day they were due. Without a price they are worth nothing here, and somebody says how much."""
    brand, person = deal.contract.brand_id, deal.influencer_id
    rows = ReturnRequest.objects.open().filter(
        reason=ReturnRequest.Reason.LOAN, shipment__request__influencer=person, shipment__request__brand=brand
    )
    for row in rows.with_request().order_by("due_on", "pk"):
        wear = terms_on(row.due_on)[SampleTerm.Code.LOAN_WEAR]
        amount = row.charge or charge_for(row, row.due_on, wear) or Money(0, "IDR")
        yield Owed(subject_of(row), row.what, amount, _("Due back on %(day)s") % {"day": day_words(row.due_on)})
