"""What a message is about, as far as it decides who gets it; and what somebody may be asked to agree to."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """One class of message: each may go to somebody else."""

    WORK = "work", _("Work and reminders")
    CONTRACTS = "contracts", _("Contracts")
    PAYMENTS = "payments", _("Payments")
    PARCELS = "parcels", _("Samples and addresses")
    NEWS = "news", _("News and offers")


IN_A_SENTENCE: Mapping[str, Any] = {
    Topic.WORK: _("work reminders"),
    Topic.CONTRACTS: _("contracts"),
    Topic.PAYMENTS: _("payments"),
    Topic.PARCELS: _("samples"),
    Topic.NEWS: _("news"),
}
"""The topics as they stand in the middle of a sentence."""

BINDING = (Topic.CONTRACTS, Topic.PAYMENTS)
"""What binds somebody or moves her money: a minor's guardian always gets it."""


class Purpose(models.TextChoices):
    """What somebody agrees to, each by itself: one yes never covers another."""

    NEWS = "news", _("News")
    OFFERS = "offers", _("Offers and invitations")
    WHATSAPP = "whatsapp", _("Messages on WhatsApp")
    PROFILE = "profile", _("Keeping a profile")
    MINOR = "minor", _("Data of a minor")
    ADDRESS = "address", _("Keeping an address for parcels")


OF_MARKETING = (Purpose.NEWS, Purpose.OFFERS)
"""What a message of class MARKETING may be about."""

OF_DATA = (Purpose.PROFILE, Purpose.MINOR, Purpose.ADDRESS)
"""Where taking it back means that somebody has to stop working with data, not only that mail stays away."""

IN_WORDS: Mapping[str, Any] = {
    Purpose.NEWS: _("news"),
    Purpose.OFFERS: _("offers"),
    Purpose.WHATSAPP: _("messages on WhatsApp"),
    Purpose.PROFILE: _("a profile with us"),
    Purpose.MINOR: _("the use of a minor's data"),
    Purpose.ADDRESS: _("the use of an address for parcels"),
}
"""The purposes as they stand in the middle of a sentence."""
