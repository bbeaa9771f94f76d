"""The outbox: every message is a row before it is a message (docs/architecture.md, "Outbox")."""

from crm.outbox.models.contact import Contact, ContactQuerySet
from crm.outbox.models.email import Email, EmailQuerySet
from crm.outbox.models.enclosure import EmailFile
from crm.outbox.models.promotion import PromotionWord
from crm.outbox.models.wording import ChatWording, Wording

__all__ = [
    "ChatWording",
    "Contact",
    "ContactQuerySet",
    "Email",
    "EmailFile",
    "EmailQuerySet",
    "PromotionWord",
    "Wording",
]
