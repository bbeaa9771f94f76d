"""Whom a message goes to."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from crm.base.fields import LanguageField, ZoneField
from crm.base.models import Stamped
from crm.timeline.record import SYSTEM, Actor, record

if TYPE_CHECKING:
    from crm.team.models import User


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: "User") -> "ContactQuerySet":
        """Like the people they stand for: everybody in the house."""
        return self

    def mailable(self) -> "ContactQuerySet":
        """Contacts with an address that has not bounced."""
        return self.exclude(email="").filter(email_state=Contact.EmailState.OK)

    def partners(self) -> "ContactQuerySet":
        return self.filter(kind__in=Contact.PARTNERS)


class Contact(Stamped):
    """Whom a message goes to: a person, an agent, a guardian, a colleague, a guest. E-mail addresses are not unique."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Influencer")
        AGENT = "agent", _("Agent or manager")
        GUARDIAN = "guardian", _("Guardian")
        COLLEAGUE = "colleague", _("Colleague")
        GUEST = "guest", _("Guest")

    PARTNERS = (Kind.PERSON, Kind.AGENT, Kind.GUARDIAN)

    class Prefers(models.TextChoices):
        EMAIL = "email", _("E-mail")
        WHATSAPP = "whatsapp", _("WhatsApp")
        CALL = "call", _("Phone call")

    class EmailState(models.TextChoices):
        OK = "ok", _("Works")
        BOUNCED = "bounced", _("Does not arrive")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
    agency = models.CharField(_("agency"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    whatsapp = PhoneNumberField("WhatsApp", blank=True)
    prefers = models.CharField(_("prefers"), max_length=10, choices=Prefers, default=Prefers.EMAIL)
    language = LanguageField(_("language"))
    zone = ZoneField(_("time zone"))
    email_state = models.CharField(
        _("address"), max_length=8, choices=EmailState, default=EmailState.OK, editable=False
    )
    email_state_why = models.CharField(_("address, why"), max_length=300, blank=True, editable=False)
    news_off_at = models.DateTimeField(_("no news or offers since"), null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["email"], name="contact_email"),
            models.Index(Upper("email"), name="contact_email_any_case"),
            models.Index(fields=["phone"], name="contact_phone"),
            models.Index(fields=["whatsapp"], name="contact_whatsapp"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_mailable(self) -> bool:
        return bool(self.email) and self.email_state == self.EmailState.OK

    @property
    def chat_url(self) -> str:
        """Where WhatsApp opens a chat with this contact."""
        return f"https://wa.me/{str(self.whatsapp).lstrip('+')}" if self.whatsapp else ""

    def hold(self) -> None:
        """Within a transaction: nobody else writes to this contact until it ends. Whoever needs it takes it first."""
        list(Contact.objects.select_for_update().filter(pk=self.pk).values_list("pk"))

    def mark_bounced(self, answer: str, at: dt.datetime) -> None:
        """The address does not work; nothing is mailed there until somebody corrects it."""
        why = answer[:300]
        with transaction.atomic():
            trusted = Contact.objects.filter(pk=self.pk, email_state=self.EmailState.OK)
            if trusted.update(email_state=self.EmailState.BOUNCED, email_state_why=why, updated_at=at):
                sentence = _("Mail to %(name)s does not arrive any more")
                record(
                    "contact.bounced",
                    sentence,
                    params={"name": self.name},
                    subject=self,
                    actor=SYSTEM,
                    at=at,
                    quote=why,
                )
        self.email_state, self.email_state_why = self.EmailState.BOUNCED, answer[:300]

    def mark_working(self, *, by: Actor, at: dt.datetime) -> bool:
        """The address works again. False when nobody doubted it."""
        with transaction.atomic():
            doubted = Contact.objects.filter(pk=self.pk).exclude(email_state=self.EmailState.OK)
            if not doubted.update(email_state=self.EmailState.OK, email_state_why="", updated_at=at):
                return False
            sentence = _("The address of %(name)s works again")
            record("contact.works", sentence, params={"name": self.name}, subject=self, actor=by, at=at)
        self.email_state, self.email_state_why = self.EmailState.OK, ""
        return True
