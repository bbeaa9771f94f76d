"""Which papers carry a duty stamp (domain rules, section 7.4). Mitra says so; it stamps nothing."""

import datetime as dt

from django.db.models import F
from djmoney.money import Money

from crm.payments.models import StampRule


def stamp_needed(paper: str, amount: Money | None, on: dt.date) -> Money | None:
    """The duty that is due on a paper of that day, or None.

    `paper` is a StampRule.Paper: an agreement carries a stamp whatever the amount, a paper that states receipt of money
    from above its threshold. Amounts in another currency than the rule's are taken to be above it.
    """
    newest = F("valid_from").desc(nulls_last=True)
    rule = StampRule.objects.valid_on(on).filter(paper=paper).order_by(newest).first()
    if rule is None or not _is_above(rule, amount):
        return None
    return Money(rule.duty, rule.currency)


def _is_above(rule: StampRule, amount: Money | None) -> bool:
    if rule.above is None:
        return True
    return amount is not None and (str(amount.currency) != rule.currency or amount.amount > rule.above)
