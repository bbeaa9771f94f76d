"""One message to one contact, its states and its lease."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField
from crm.base.models import Stamped
from crm.outbox import reasons
from crm.outbox.models.contact import Contact
from crm.outbox.models.handed_over import HandedOver
from crm.outbox.models.leases import LeaseQuerySet
from crm.timeline.record import Actor
from crm.timeline.transitions import move

if TYPE_CHECKING:
    from crm.team.models import User
    from crm.timeline.transitions import Moves


class EmailQuerySet(LeaseQuerySet["Email"]):
    def visible_to(self, user: "User") -> "EmailQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def waiting(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.QUEUED)

    def tried(self) -> "EmailQuerySet":
        return self.filter(attempts__gt=0)

    def due(self, now: dt.datetime) -> "EmailQuerySet":
        return self.waiting().filter(send_at__lte=now)

    def lease_ended(self, now: dt.datetime) -> "EmailQuerySet":
        return self.filter(state=Email.State.SENDING, lease_until__lt=now)

    def on_the_way(self) -> "EmailQuerySet":
        return self.filter(state__in=[Email.State.QUEUED, Email.State.SENDING])

    def settled(self) -> "EmailQuerySet":
        """Sent, given up or not to be sent: nobody has to do anything about them any more."""
        return self.filter(state__in=[Email.State.SENT, Email.State.FAILED, Email.State.SKIPPED])

    def sent(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.SENT)

    def failed(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.FAILED)

    def skipped(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.SKIPPED)

    def unclear(self) -> "EmailQuerySet":
        """A person decides whether these are sent again."""
        return self.filter(state=Email.State.UNKNOWN)

    def doubtful(self) -> "EmailQuerySet":
        """Nobody knows whether these arrived once: the process died between DATA and the answer."""
        return self.filter(Q(state=Email.State.UNKNOWN) | Q(state=Email.State.SENT, may_be_twice=True))

    def reword(self, now: dt.datetime, *, token: str, **words: object) -> int:
        """Other words for messages a sender holds and has not begun to hand over."""
        return self.leased(token).update(**words, updated_at=now)

    def call_back(self, why: str, now: dt.datetime) -> int:
        """Nobody has begun to send them, and a newer message says it better."""
        return (
            self.waiting()
            .filter(data_started_at__isnull=True)
            .update(state=Email.State.SKIPPED, why=why, updated_at=now)
        )

    def counting_since(self, at: dt.datetime) -> "EmailQuerySet":
        """What reached somebody since then, by e-mail or passed on by hand, or is on its way; codes are nobody's nuisance."""
        rows = self.filter(state__in=Email.COUNTING, channel__in=Email.COUNTED_CHANNELS)
        return rows.exclude(mail_class=Email.MailClass.CODE).filter(Q(sent_at__gte=at) | Q(sent_at__isnull=True))

    def keep_back(self, why: str, now: dt.datetime) -> int:
        """Waiting messages that have nothing true left to say; what a sender holds already it asks again itself."""
        return self.waiting().update(state=Email.State.SKIPPED, why=why, updated_at=now)

    def to_person(self, words: str) -> "EmailQuerySet":
        return self.filter(Q(contact__name__icontains=words) | Q(to_address__icontains=words))

    def by_state(self) -> "models.QuerySet[Email, tuple[str, int, dt.datetime | None]]":
        """How many there are of each state, and when the first of them was to leave."""
        return self.order_by().values_list("state").annotate(count=models.Count("pk"), first=models.Min("send_at"))

    def newest_first(self) -> "EmailQuerySet":
        return self.order_by("-created_at", "-id")


class Email(HandedOver, Stamped):
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

    class Channel(models.TextChoices):
        """How it reaches somebody: Mitra sends e-mail; a colleague hands over the rest."""

        EMAIL = "email", _("e-mail")
        WHATSAPP = "whatsapp", _("WhatsApp")
        CALL = "call", _("phone call")

    class Doubt(models.TextChoices):
        RESEND = "resend", _("Send again")
        HOLD = "hold", _("A person decides")

    name = models.CharField(_("message"), max_length=60, help_text=_("The e-mail's template, for example draft_due."))
    key = models.CharField(_("key"), max_length=200, unique=True)
    mail_class = models.CharField(_("class"), max_length=10, choices=MailClass, default=MailClass.SERVICE)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.EMAIL)
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
    references = models.JSONField(
        _("answers these Message-IDs"), null=True, blank=True, help_text=_("What she wrote last stands last.")
    )
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
    doubted_at = models.DateTimeField(_("in doubt since"), null=True, blank=True, editable=False)
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

    COUNTING: ClassVar[tuple[str, ...]] = (State.QUEUED, State.SENDING, State.SENT, State.UNKNOWN)
    """What reached somebody, may have, or will."""
    COUNTED_CHANNELS: ClassVar[tuple[str, ...]] = ("email", "whatsapp")

    MOVES: ClassVar["Moves"] = {
        State.QUEUED: (State.FAILED, State.UNKNOWN, State.SKIPPED),
        State.SENT: (State.UNKNOWN, State.SKIPPED),
        State.SKIPPED: (State.QUEUED, State.SENT),
    }
    """What people may decide. Claiming, sending and giving up are moves of the sender, in the QuerySet above.

    What was handed over by WhatsApp or phone is taken back and handed over again: sent, not sent, sent. The e-mail that
    was not sent instead waits again then.
    """

    @property
    def is_to_partner(self) -> bool:
        return self.contact.kind in Contact.PARTNERS

    @property
    def may_retry(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def may_decide(self) -> bool:
        """Whether a person has to say what becomes of it."""
        return self.state == self.State.UNKNOWN

    @property
    def may_call_off(self) -> bool:
        return self.state == self.State.QUEUED

    def retry(self, *, by: Actor, at: dt.datetime) -> None:
        """Try a failed message anew, all tries again. Raises TransitionRefused when it did not fail."""
        self._move(
            {self.State.QUEUED: (self.State.FAILED,)},
            "email.retried",
            _("“%(subject)s” to %(name)s is tried again"),
            by,
            at,
            **_anew(at),
        )

    def resend(self, *, by: Actor, at: dt.datetime) -> None:
        """Send an unclear message once more; it may arrive twice. Raises TransitionRefused when it is not unclear."""
        self._move(
            {self.State.QUEUED: (self.State.UNKNOWN,)},
            "email.resent",
            _("“%(subject)s” goes to %(name)s again and may arrive twice"),
            by,
            at,
            may_be_twice=True,
            **_anew(at),
        )

    def leave(self, *, by: Actor, at: dt.datetime) -> None:
        """Take an unclear message as arrived. Raises TransitionRefused when it is not unclear."""
        self._move(
            {self.State.SENT: (self.State.UNKNOWN,)},
            "email.left",
            _("“%(subject)s” to %(name)s is taken as arrived"),
            by,
            at,
            sent_at=self.data_started_at or at,
            why=reasons.reason(reasons.LEFT_ALONE, who=by.label),
        )

    def call_off(self, *, by: Actor, at: dt.datetime) -> None:
        """Do not send a waiting message. Raises TransitionRefused once it is on its way."""
        self._move(
            {self.State.SKIPPED: (self.State.QUEUED,)},
            "email.called_off",
            _("“%(subject)s” to %(name)s was called off"),
            by,
            at,
            why=reasons.reason(reasons.CALLED_OFF, who=by.label),
        )

    def _move(self, moves: "Moves", verb: str, sentence: object, by: Actor, at: dt.datetime, **also: object) -> None:
        move(
            self,
            next(iter(moves)),
            moves=moves,
            field="state",
            at=at,
            actor=by,
            verb=verb,
            sentence=sentence,
            params={"subject": self.subject, "name": self.contact.name},
            influencer=self.influencer_ref,
            brand=self.brand_ref,
            also=also,
        )


def _anew(at: dt.datetime) -> dict[str, object]:
    return {"send_at": at, "attempts": 0, "data_started_at": None, "lease_token": ""}
