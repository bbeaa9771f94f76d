"""What a message is about, as far as it decides who gets it."""

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
