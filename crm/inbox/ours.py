"""The addresses the house itself writes from and reads."""

from email.utils import parseaddr

from django.conf import settings


def our_addresses() -> set[str]:
    """Mail from one of these is our own coming back."""
    named = (parseaddr(settings.DEFAULT_FROM_EMAIL)[1], str(settings.INBOUND_ADDRESS).replace("+*", ""))
    return {address.lower() for address in named if "@" in address and "*" not in address}
