"""Mail that comes in: the mailbox, each mail once, the files in it, and how long reminders wait for an answer to be read."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped, StoredFile
from crm.outbox.models import Contact, Email
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record
from crm.timeline.transitions import move

if TYPE_CHECKING:
    from crm.team.models import User
    from crm.timeline.transitions import Moves


class Mailbox(models.Model):
    """The one mailbox that is read: who reads it now, when it was last read, and what went wrong."""

    name = models.CharField(_("mailbox"), max_length=200, primary_key=True, help_text="user@host/INBOX")
    lease_token = models.CharField(max_length=36, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    failed_at = models.DateTimeField(_("could not be read since"), null=True, blank=True)
    why = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def take(cls, name: str, *, token: str, now: dt.datetime, until: dt.datetime) -> "Mailbox | None":
        """Become the one reader until then; None while somebody else is."""
        cls.objects.get_or_create(name=name)
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        taken = cls.objects.filter(free, name=name).update(lease_token=token, lease_until=until)
        return cls.objects.get(name=name) if taken else None

    def hold_on(self, *, token: str, until: dt.datetime) -> bool:
        """Stay the reader; False when the lease ended and somebody else reads."""
        return bool(Mailbox.objects.filter(name=self.name, lease_token=token).update(lease_until=until))

    def let_go(self, *, token: str, at: dt.datetime, why: str = "") -> None:
        """Read to the end, or not and why. The moment it first went wrong stays until it is read again."""
        mine = Mailbox.objects.filter(name=self.name, lease_token=token)
        if why:
            mine.filter(failed_at__isnull=True).update(failed_at=at)
            mine.update(why=why, lease_token="", lease_until=None)
        else:
            mine.update(read_at=at, failed_at=None, why="", lease_token="", lease_until=None)


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, user: "User") -> "InboundMailQuerySet":
        """Mail about her brands. What nobody has put under a brand may be about any: it stays before the walls."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_ref__in=brands)

    def new(self) -> "InboundMailQuerySet":
        return self.filter(state=InboundMail.State.NEW)

    def delivered(self) -> "InboundMailQuerySet":
        return self.filter(state=InboundMail.State.DELIVERED)

    def unmatched(self) -> "InboundMailQuerySet":
        return self.filter(state=InboundMail.State.UNMATCHED)

    def filed(self) -> "InboundMailQuerySet":
        return self.filter(state=InboundMail.State.FILED)

    def ignored(self) -> "InboundMailQuerySet":
        return self.filter(state=InboundMail.State.IGNORED)

    def answerable(self) -> "InboundMailQuerySet":
        """Words of a person we know; machines and what nobody sorted get no answer."""
        return self.filter(kind__in=["reply", "other"], state__in=["delivered", "filed"], influencer_ref__isnull=False)

    def about_person(self, ids: Collection[int]) -> "InboundMailQuerySet":
        return self.filter(influencer_ref__in=ids)

    def saying(self, words: str) -> "InboundMailQuerySet":
        """Mail whose sender, subject or words contain these."""
        said = Q(from_name__icontains=words) | Q(from_address__icontains=words) | Q(subject__icontains=words)
        return self.filter(said | Q(text__icontains=words) | Q(influencer_label__icontains=words))


class InboundMail(Stamped):
    """One mail that came in. `key` makes reading it twice one row: its Message-ID, or what it holds."""

    class State(models.TextChoices):
        NEW = "new", _("Just arrived")
        DELIVERED = "delivered", _("Waits for an answer")
        UNMATCHED = "unmatched", _("To be sorted")
        FILED = "filed", _("Filed")
        IGNORED = "ignored", _("Set aside")

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply")
        BOUNCE = "bounce", _("Came back")
        AUTO_REPLY = "auto_reply", _("Automatic reply")
        LOOP = "loop", _("Our own mail")
        OTHER = "other", _("Mail")
        UNREADABLE = "unreadable", _("Cannot be read")

    class FoundBy(models.TextChoices):
        NOBODY = "", _("not matched")
        THREAD = "thread", _("answers a message of ours")
        MARK = "mark", _("went to the address of a message")
        SENDER = "sender", _("the sender's address")
        HAND = "hand", _("put here by a colleague")

    key = models.CharField(_("key"), max_length=72, unique=True)
    message_id = models.CharField("Message-ID", max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.NEW)
    found_by = models.CharField(_("matched by"), max_length=6, choices=FoundBy, blank=True, default=FoundBy.NOBODY)
    from_name = models.CharField(_("from"), max_length=160, blank=True)
    from_address = models.EmailField(_("address"), blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Without what was quoted."))
    whole_text = models.TextField(_("whole text"), blank=True)
    received_at = models.DateTimeField(_("received"))
    back_on = models.DateField(_("back on"), null=True, blank=True)
    facts = models.JSONField(_("what its head says"), default=dict, blank=True)
    parent = models.ForeignKey(
        Email, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("answers")
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="mail_from", verbose_name=_("contact")
    )
    # References by number, as on the messages they answer.
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    influencer_label = models.CharField(_("person"), max_length=160, blank=True)
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("for")
    )
    subject_refs = models.JSONField(_("about"), default=list, blank=True, help_text='["campaigns.deliverable:12"]')
    source = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("received mail")
        verbose_name_plural = _("received mail")
        indexes = [
            models.Index(fields=["state", "-received_at", "-id"], name="inbound_state_newest"),
            models.Index(fields=["from_address"], name="inbound_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["unmatched", "ignored"]) | ~Q(why=""), name="inbound_refusal_has_reason"
            )
        ]

    MOVES: ClassVar["Moves"] = {
        State.DELIVERED: (State.NEW, State.UNMATCHED),
        State.UNMATCHED: (State.NEW, State.IGNORED, State.DELIVERED, State.FILED),
        State.FILED: (State.NEW, State.UNMATCHED, State.DELIVERED),
        State.IGNORED: (State.NEW, State.UNMATCHED),
    }

    def __str__(self) -> str:
        return self.subject or self.sender

    @property
    def sender(self) -> str:  # who wrote, by name where there is one
        return self.influencer_label or self.from_name or self.from_address or str(_("Nobody"))

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it came from another address than the message it answers went to."""
        return self.parent is not None and self.from_address != self.parent.to_address.lower()

    def deliver(self, *, by: Actor, at: dt.datetime, **also: Any) -> None:
        """It concerns somebody, and a colleague has to read it. Raises TransitionRefused once it is sorted."""
        sentence = _("%(name)s wrote “%(subject)s”") if self.brand_ref else _("%(name)s wrote an e-mail")
        self._move(self.State.DELIVERED, "email.received", sentence, by, at, **also)

    def leave_in_tray(self, why: str, *, by: Actor, at: dt.datetime, **also: Any) -> None:
        """Nobody knows whom it concerns: a colleague sorts it."""
        sentence = _("A mail from %(name)s waits to be sorted")
        self._move(self.State.UNMATCHED, "email.unmatched", sentence, by, at, why=why, **also)

    def file(self, *, by: Actor, at: dt.datetime, verb: str = "email.filed", sentence: Any = "", **also: Any) -> None:
        """Nothing is left to do about it."""
        self._move(self.State.FILED, verb, sentence or _("The mail from %(name)s is filed"), by, at, **also)

    def set_aside(self, why: str, *, by: Actor, at: dt.datetime, **also: Any) -> None:
        """It concerns nobody."""
        self._move(
            self.State.IGNORED, "email.ignored", _("A mail from %(name)s was set aside"), by, at, why=why, **also
        )

    def _move(self, to: str, verb: str, sentence: Any, by: Actor, at: dt.datetime, **also: Any) -> None:
        """Words of a mail stand in the story only behind the wall of its brand."""
        params = {"name": self.sender, "subject": self.subject, **also.pop("params", {})}
        quote = also.pop("quote", "")
        details: dict[str, Any] = {"params": params, "influencer": self.influencer_ref, "brand": self.brand_ref}
        details |= {"channel": Channel.EMAIL, "quote": quote if self.brand_ref else ""}
        move(
            self,
            to,
            moves=self.MOVES,
            field="state",
            at=at,
            actor=by,
            verb=verb,
            sentence=sentence,
            also=also,
            **details,
        )


class InboundFile(models.Model):
    """One file of a mail: kept, or refused with the reason."""

    mail = models.ForeignKey(InboundMail, models.CASCADE, related_name="files", verbose_name=_("mail"))
    label = models.CharField(_("name"), max_length=120)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    why = models.CharField(_("not kept because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("file of a mail")
        verbose_name_plural = _("files of mail")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(why=""), name="inbound_file_kept_or_why")
        ]

    def __str__(self) -> str:
        return self.label


class AnswerHoldQuerySet(models.QuerySet["AnswerHold"]):
    def visible_to(self, user: "User") -> "AnswerHoldQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_ref__in=brands)

    def running(self, now: dt.datetime) -> "AnswerHoldQuerySet":
        return self.filter(until_at__gt=now)

    def untouched(self, subject: str) -> "AnswerHoldQuerySet":
        """Holds on this thing that came by themselves, by mail nobody has sorted, and that nobody ended or prolonged."""
        mine = self.filter(subject=subject, decided_at__isnull=True, mail__state=InboundMail.State.DELIVERED)
        return mine.exclude(mail__found_by=InboundMail.FoundBy.HAND)


class AnswerHold(Stamped):
    """Reminders about one thing wait until then, because an answer about it came by mail."""

    mail = models.ForeignKey(InboundMail, models.CASCADE, related_name="holds", verbose_name=_("mail"))
    subject = models.CharField(_("about"), max_length=80, db_index=True, help_text="campaigns.deliverable:12")
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True)
    until_at = models.DateTimeField(_("until"))
    decided_at = models.DateTimeField(_("a colleague decided"), null=True, blank=True)

    objects = AnswerHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [models.UniqueConstraint(fields=["mail", "subject"], name="answer_hold_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.until_at:%Y-%m-%d %H:%M}"

    def end(self, *, until_at: dt.datetime, by: Actor, at: dt.datetime) -> bool:
        """Let it end at another moment, now or later; False when it does already."""
        mail = self.mail
        with transaction.atomic():
            other = AnswerHold.objects.filter(pk=self.pk).exclude(until_at=until_at)
            if not other.update(until_at=until_at, decided_at=at, updated_at=at):
                return False
            on = _("Reminders wait longer for the answer to “%(subject)s”")
            off = _("Reminders about “%(subject)s” go on")
            verb, said = ("reminder.held", on) if until_at > at else ("reminder.released", off)
            params = {"subject": mail.subject if mail.brand_ref else mail.sender}
            about = {"influencer": mail.influencer_ref, "brand": mail.brand_ref}
            record(verb, said, params=params, subject=mail, actor=by, at=at, **about)
        self.until_at = until_at
        return True
