"""Whose ambassador deal a voucher code belongs to."""

from collections.abc import Collection, Mapping

from django.db.models.functions import Lower

from campaigns.tracking.models import VoucherCode
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.places import code_owner


@code_owner("tracking")
def deals_of_codes(brand: int, codes: Collection[str]) -> Mapping[str, int]:
    """Codes of cards that go on under a deal of this brand, retired ones as well: a late order is still hers. Two queries."""
    known = VoucherCode.objects.filter(campaign__brand=brand).annotate(small=Lower("code"))
    rows = list(known.filter(small__in=set(codes)).values_list("small", "collaboration_id"))
    deals = AmbassadorDeal.objects.filter(contract__parties__collaborations__in={card for _code, card in rows})
    by_card = dict(deals.order_by("pk").values_list("contract__parties__collaborations", "pk"))
    return {code: by_card[card] for code, card in rows if card in by_card}
