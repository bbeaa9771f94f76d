"""The outbox: every message is a row before it is a message (docs/architecture.md, "Outbox")."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from crm.base.fields import LanguageField, ZoneField
from crm.base.models import Stamped
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User


class ContactQuerySet(models.QuerySet["Contact"]):
    def mailable(self) -> "ContactQuerySet":
        """Contacts with an address that has not bounced."""
        return self.exclude(email="").filter(email_state=Contact.EmailState.OK)

    def partners(self) -> "ContactQuerySet":
        return self.filter(kind__in=[Contact.Kind.PERSON, Contact.Kind.AGENT, Contact.Kind.GUARDIAN])


class Contact(Stamped):
    """Whom a message goes to: a person, an agent, a guardian, a colleague, a guest. E-mail addresses are not unique."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Influencer")
        AGENT = "agent", _("Agent or manager")
        GUARDIAN = "guardian", _("Guardian")
        COLLEAGUE = "colleague", _("Colleague")
        GUEST = "guest", _("Guest")

    class Prefers(models.TextChoices):
        EMAIL = "email", _("E-mail")
        WHATSAPP = "whatsapp", _("WhatsApp")
        CALL = "call", _("Phone call")

    class EmailState(models.TextChoices):
        OK = "ok", _("Works")
        BOUNCED = "bounced", _("Does not arrive")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
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
        indexes = [models.Index(fields=["email"], name="contact_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_mailable(self) -> bool:
        return bool(self.email) and self.email_state == self.EmailState.OK

    def switch_news_off(self, at: dt.datetime) -> None:
        """No more news or offers; pressing twice is once."""
        with transaction.atomic():
            if not Contact.objects.filter(pk=self.pk, news_off_at=None).update(news_off_at=at, updated_at=at):
                return
            record(
                "contact.news_off",
                _("%(name)s does not want news or offers any more"),
                params={"name": self.name},
                subject=self,
                actor=Actor.contact(self),
                at=at,
            )
        self.news_off_at = at

    def mark_bounced(self, answer: str, at: dt.datetime) -> None:
        """The address does not work; nothing is mailed there until somebody corrects it."""
        Contact.objects.filter(pk=self.pk).update(
            email_state=self.EmailState.BOUNCED, email_state_why=answer[:300], updated_at=at
        )
        self.email_state, self.email_state_why = self.EmailState.BOUNCED, answer[:300]


class EmailQuerySet(models.QuerySet["Email"]):
    def visible_to(self, user: "User") -> "EmailQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def waiting(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.QUEUED)

    def due(self, now: dt.datetime) -> "EmailQuerySet":
        return self.waiting().filter(send_at__lte=now)

    def lease_ended(self, now: dt.datetime) -> "EmailQuerySet":
        return self.filter(state=Email.State.SENDING, lease_until__lt=now)

    def sent(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.SENT)

    def failed(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.FAILED)

    def doubtful(self) -> "EmailQuerySet":
        """Nobody knows whether these arrived: the process died between DATA and the answer."""
        return self.filter(Q(state=Email.State.UNKNOWN) | Q(state=Email.State.SENT, may_be_twice=True))

    def newest_first(self) -> "EmailQuerySet":
        return self.order_by("-created_at", "-id")


class Email(Stamped):
    """One message to one contact. `key` makes asking twice for the same message one row."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Planned")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Did not go through")
        UNKNOWN = "unknown", _("Unclear")
        SKIPPED = "skipped", _("Not sent")

    class MailClass(models.TextChoices):
        SERVICE = "service", _("Service")
        MARKETING = "marketing", _("Marketing")
        CODE = "code", _("Code")

    class Doubt(models.TextChoices):
        RESEND = "resend", _("Send again")
        HOLD = "hold", _("A person decides")

    name = models.CharField(_("message"), max_length=60, help_text=_("The e-mail's template, for example draft_due."))
    key = models.CharField(_("key"), max_length=200, unique=True)
    mail_class = models.CharField(_("class"), max_length=10, choices=MailClass, default=MailClass.SERVICE)
    channel = models.CharField(_("channel"), max_length=10, default="email")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="emails", verbose_name=_("to"))
    language = LanguageField(_("language"))
    from_name = models.CharField(_("from"), max_length=160)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    to_address = models.EmailField(_("address"), blank=True, help_text=_("The address it left for, kept as it was."))
    context = models.JSONField(_("facts"), default=dict, blank=True)
    late_fields = models.JSONField(_("filled in just before sending"), default=dict, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField("HTML", blank=True)
    body_hash = models.CharField(_("hash of the text"), max_length=64, blank=True)
    wording_version = models.CharField(_("wording"), max_length=40, blank=True)
    message_id = models.CharField("Message-ID", max_length=200, blank=True, db_index=True)
    thread = models.CharField(_("thread"), max_length=120, blank=True)
    # References by number: the rooms these rows live in are above this one.
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True)
    sender_ref = models.BigIntegerField(_("sender"), null=True, blank=True)
    subject_refs = models.JSONField(_("about"), default=list, blank=True, help_text='["campaigns.deliverable:12"]')
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    doubt = models.CharField(_("when unclear"), max_length=6, choices=Doubt, default=Doubt.RESEND)
    urgent = models.BooleanField(_("ahead of the others"), default=False)
    ignores_quiet_hours = models.BooleanField(_("also in quiet hours"), default=False)
    send_at = models.DateTimeField(_("leaves at"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    lease_token = models.CharField(max_length=36, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    data_started_at = models.DateTimeField(_("handing over since"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    may_be_twice = models.BooleanField(_("may have arrived twice"), default=False)
    why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("outbox")
        indexes = [
            models.Index(fields=["-urgent", "send_at", "id"], condition=Q(state="queued"), name="email_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="email_leases"),
            models.Index(fields=["state", "-created_at", "-id"], name="email_state_newest"),
            models.Index(fields=["-created_at", "-id"], name="email_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sending") | (Q(lease_until__isnull=False) & ~Q(lease_token="")),
                name="email_sending_has_lease",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="email_sent_has_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "skipped"]) | ~Q(why=""), name="email_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.name


class Wording(Stamped):
    """An e-mail's words as an admin changed them; without a row the words that ship with Mitra are used."""

    name = models.CharField(_("message"), max_length=60)
    language = LanguageField(_("language"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(
        _("text"), help_text=_("Names such as ${first_name} are filled in; a blank line starts a paragraph.")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("e-mail wording")
        verbose_name_plural = _("e-mail wordings")
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="wording_once_per_language")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
