"""What consents tell the outbox: who gets no news and no offers, and what the way out of them does."""

import datetime as dt

from crm.outbox.checks import no_more_news, not_agreed
from crm.outbox.models import Contact
from crm.preferences.actions import no_more_marketing
from crm.preferences.queries import why_not_market

not_agreed("consents")(why_not_market)


@no_more_news("consents")
def neither_news_nor_offers(contact: Contact, now: dt.datetime) -> None:
    """She pressed the button herself: no colleague, no page of hers."""
    no_more_marketing(contact, at=now)
