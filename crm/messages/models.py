"""What colleagues write to one person or to many: templates, a message, and a line for each who gets it or does not."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference, StoredFile
from crm.inbox.models import InboundMail
from crm.outbox.models import Contact, Email
from crm.outbox.topics import Topic
from crm.reminders.models import Todo
from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER, Run
from crm.timeline.transitions import Moves, may_move

if TYPE_CHECKING:
    from crm.team.models import User

SUBJECT_MAX = 200


class MailClass(models.TextChoices):
    """What a colleague may write: codes are Mitra's own."""

    SERVICE = "service", _("Service")
    MARKETING = "marketing", _("Marketing")


class Worded(models.Model):
    """Words in both languages; whoever reads a language that is missing gets the other one."""

    mail_class = models.CharField(_("class"), max_length=10, choices=MailClass, default=MailClass.SERVICE)
    topic = models.CharField(_("goes to those who get"), max_length=10, choices=Topic, default=Topic.WORK)
    with_page = models.BooleanField(_("with a button to her page"), default=False)
    subject_id = models.CharField(_("Indonesian subject"), max_length=SUBJECT_MAX, blank=True)
    text_id = models.TextField(_("Indonesian text"), blank=True)
    subject_en = models.CharField(_("English subject"), max_length=SUBJECT_MAX, blank=True)
    text_en = models.TextField(_("English text"), blank=True)

    class Meta:
        abstract = True

    def in_language(self, language: str) -> tuple[str, str]:
        """Subject and text for who reads this language; the other one's when nobody wrote them."""
        english, indonesian = (self.subject_en, self.text_en), (self.subject_id, self.text_id)
        wanted, other = (english, indonesian) if language == "en" else (indonesian, english)
        return wanted if all(wanted) else other

    def has(self, language: str) -> bool:
        return bool(self.subject_en and self.text_en) if language == "en" else bool(self.subject_id and self.text_id)


class MessageTemplate(Worded, Reference):
    """Words to begin with. `version` counts every change of them."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: "User") -> "MessageQuerySet":
        """Behind brand walls a message about a brand is seen by those who see the brand."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def newest_first(self) -> "MessageQuerySet":
        return self.order_by("-created_at", "-id")

    def under_way(self) -> "MessageQuerySet":
        return self.filter(status__in=[Message.Status.CHECKING, Message.Status.CONFIRMED])

    def not_sent(self) -> "MessageQuerySet":
        """Drafts, and what is still being written: whoever has them decides what becomes of them."""
        return self.filter(status__in=[Message.Status.CHECKING, Message.Status.READY, Message.Status.CONFIRMED])

    def stalled(self, now: dt.datetime) -> "MessageQuerySet":
        """Nobody has moved them for a while: a worker died, or none was there."""
        return self.under_way().filter(updated_at__lt=now - STALLED_AFTER)


class Message(Worded, Run):
    """What one colleague writes to one or many. Nothing leaves before it is confirmed; `cursor` is the last place done."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being looked through")
        READY = "ready", _("Not sent yet")
        CONFIRMED = "confirmed", _("Being written")
        DONE = "done", _("Sent off")
        FAILED = "failed", _("Stopped")
        CALLED_OFF = "called_off", _("Called off")
        DISCARDED = "discarded", _("Discarded")

    MOVES: ClassVar[Moves] = {
        Status.CHECKING: (Status.READY, Status.FAILED),
        Status.READY: (Status.CHECKING,),
        Status.CONFIRMED: (Status.READY, Status.FAILED),
        Status.DONE: (Status.CONFIRMED,),
        Status.FAILED: (Status.CHECKING, Status.CONFIRMED),
        Status.CALLED_OFF: (Status.CONFIRMED, Status.DONE, Status.FAILED),
        Status.DISCARDED: (Status.CHECKING, Status.READY),
    }
    TONES: ClassVar[dict[Any, str]] = {
        Status.CHECKING: "info",
        Status.READY: "warn",
        Status.CONFIRMED: "info",
        Status.DONE: "ok",
        Status.FAILED: "bad",
        Status.CALLED_OFF: "",
        Status.DISCARDED: "",
    }
    VERB = "message"
    SAID: ClassVar[Mapping[str, Any]] = {
        Status.CHECKING: _("Looked through the message “%(subject)s” again"),
        Status.READY: _("The message “%(subject)s” is ready"),
        Status.CONFIRMED: _("Sent the message “%(subject)s” to: %(whom)s"),
        Status.DONE: _("The message “%(subject)s” is in the outbox for everybody"),
        Status.FAILED: _("The message “%(subject)s” stopped"),
        Status.CALLED_OFF: _("Called off the message “%(subject)s”"),
        Status.DISCARDED: _("Discarded the message “%(subject)s”"),
    }

    key = models.CharField(_("key"), max_length=40, unique=True, editable=False)
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True, db_index=True)
    audience = models.CharField(_("whom it goes to"), max_length=20)
    asked = models.TextField(_("who was chosen, as it was asked"), blank=True)
    title = models.CharField(_("what it says, in short"), max_length=200, blank=True)
    audience_label = models.CharField(_("whom it goes to, in words"), max_length=200, blank=True)
    answers = models.ForeignKey(
        InboundMail, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answers")
    )
    template = models.ForeignKey(
        MessageTemplate, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("template")
    )
    template_version = models.PositiveIntegerField(_("version of the template"), null=True, blank=True)
    day_on = models.DateField(_("the day it speaks of"), null=True, blank=True)
    leave_on = models.DateField(_("leaves on"), null=True, blank=True)
    leave_clock = models.TimeField(_("leaves at"), null=True, blank=True)
    zone = models.CharField(
        _("time zone"), max_length=60, blank=True, help_text=_("Empty: the hour is meant where each recipient is.")
    )
    is_urgent = models.BooleanField(_("cannot wait"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKING)
    cursor = models.PositiveIntegerField(_("last person finished"), default=0)
    confirmed_at = models.DateTimeField(_("sent by the writer"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to people")
        verbose_name_plural = _("messages to people")
        indexes = [models.Index(fields=["-created_at", "-id"], name="message_newest")]

    def __str__(self) -> str:
        return self.title or self.subject_id or self.subject_en

    @property
    def is_under_way(self) -> bool:
        """Whether its page is worth asking again in a moment."""
        return self.is_checking or self.is_confirmed

    @property
    def is_ready(self) -> bool:
        return self.status == self.Status.READY

    @property
    def is_checking(self) -> bool:
        return self.status == self.Status.CHECKING

    @property
    def may_be_changed(self) -> bool:
        """Whether its words may still change: nothing of it has been sent."""
        return self.confirmed_at is None and may_move(self, self.Status.CHECKING, self.MOVES)

    @property
    def may_be_called_off(self) -> bool:
        return self.confirmed_at is not None and may_move(self, self.Status.CALLED_OFF, self.MOVES)

    def check_again(self, *, at: dt.datetime, actor: Actor) -> None:
        """Its words have changed: everybody is looked at anew. Raises TransitionRefused."""
        self._move(self.Status.CHECKING, at, actor, cursor=0, counts={}, why="")

    def checked(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """Everybody was looked at; nothing is sent. Raises TransitionRefused."""
        self._move(self.Status.READY, at, actor, cursor=0, counts=counts, why="")

    def confirm(self, *, at: dt.datetime, actor: Actor) -> None:
        """From now on it is sent, however often the worker dies. Raises TransitionRefused."""
        first: dict[str, Any] = {} if self.confirmed_at else {"confirmed_at": at, "cursor": 0}
        self._move(self.Status.CONFIRMED, at, actor, why="", **first)

    def finish(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """Everybody's message is in the outbox. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, counts=counts, finished_at=at, why="")

    def call_off(self, *, at: dt.datetime, actor: Actor) -> None:
        """What has not left does not leave. Raises TransitionRefused."""
        self._move(self.Status.CALLED_OFF, at, actor)

    def told(self) -> dict[str, Any]:
        return {"subject": str(self), "whom": self.audience_label}

    def walled_by(self) -> int | None:
        return self.brand_ref


class MessageFile(models.Model):
    """One file that goes with a message, to everybody who gets it by mail."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="files", verbose_name=_("message to people"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["message", "file"], name="message_file_once")]

    def __str__(self) -> str:
        return self.file.label


class MessageLineQuerySet(models.QuerySet["MessageLine"]):
    def within(self, first: int, last: int) -> "MessageLineQuerySet":
        """The lines of these places, in their order."""
        return self.filter(place__gt=first, place__lte=last).order_by("place", "pk")

    def getting(self) -> "MessageLineQuerySet":
        """Who gets it, or is to get it."""
        outcomes = MessageLine.Outcome
        return self.filter(outcome__in=[outcomes.GETS, outcomes.WRITTEN, outcomes.BY_HAND])

    def counts(self) -> dict[str, int]:
        """How many lines came to what; outcomes nobody has are 0."""
        found = dict(self.order_by().values_list("outcome").annotate(Count("pk")))
        return {outcome: found.get(outcome, 0) for outcome in MessageLine.Outcome.values}


class MessageLine(models.Model):
    """One contact of one person a message goes to, or the reason why nobody gets it about her."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Not looked at yet")
        GETS = "gets", _("Gets it")
        LEFT_OUT = "left_out", _("Does not get it")
        WRITTEN = "written", _("In the outbox")
        BY_HAND = "by_hand", _("To write by hand")
        CALLED_OFF = "called_off", _("Called off")

    message = models.ForeignKey(Message, models.CASCADE, related_name="lines", verbose_name=_("message to people"))
    place = models.PositiveIntegerField(_("place"))
    influencer_ref = models.BigIntegerField(_("person"), db_index=True)
    label = models.CharField(_("person"), max_length=160, blank=True)
    subject = models.CharField(_("about"), max_length=80, blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("to"))
    is_copy = models.BooleanField(_("gets a copy"), default=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    channel = models.CharField(_("channel"), max_length=10, choices=Contact.Prefers, default=Contact.Prefers.EMAIL)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    send_at = models.DateTimeField(_("leaves at"), null=True, blank=True)
    email = models.ForeignKey(Email, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("e-mail"))
    todo = models.ForeignKey(Todo, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("task"))

    objects = MessageLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a message")
        verbose_name_plural = _("lines of messages")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "place", "contact"], name="message_line_once"),
            models.CheckConstraint(condition=~Q(outcome="left_out") | ~Q(why=""), name="message_line_says_why"),
        ]
        indexes = [models.Index(fields=["message", "outcome", "place"], name="message_line_outcome")]

    def __str__(self) -> str:
        return f"{self.label}: {self.outcome}"
