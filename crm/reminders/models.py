"""Reminders are rows planned from the state of the database; rules are data; Todo is what people write down themselves."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference, Stamped
from crm.outbox.models import Contact, Email
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User


class Recipient(models.TextChoices):
    INFLUENCER = "influencer", _("Influencer")
    COORDINATOR = "coordinator", _("Coordinator")
    MANAGER = "manager", _("Manager")


class Rule(Reference):
    """When something of one kind is due, who hears about it, and in which words."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(
        _("trigger"), max_length=60, help_text=_("The kind of due thing, for example deliverable.draft.")
    )
    name = models.CharField(_("name"), max_length=120)
    stop_when = models.CharField(_("stops when"), max_length=120, blank=True)
    mail_class = models.CharField(_("class"), max_length=10, choices=Email.MailClass, default=Email.MailClass.SERVICE)
    series = models.CharField(
        _("series"), max_length=40, blank=True, help_text=_("Rules with the same series are one chain for one person.")
    )
    is_active = models.BooleanField(_("switched on"), default=True)

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    def switch(self, on: bool, *, at: dt.datetime, actor: Actor) -> bool:
        """Follow the rule from now on, or no longer; False when it is so already. New releases leave it as it is then."""
        with transaction.atomic():
            other = Rule.objects.filter(pk=self.pk, is_active=not on)
            if not other.update(is_active=on, edited_at=at):
                return False
            said = _("The rule %(rule)s was switched on") if on else _("The rule %(rule)s was switched off")
            record(
                "rule.switched_on" if on else "rule.switched_off",
                said,
                params={"rule": self},
                subject=self,
                at=at,
                actor=actor,
            )
        self.is_active = on
        return True

    def is_valid_on(self, on: dt.date) -> bool:
        """Whether the rule may be followed on that day; open ends count as forever."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


class RuleStep(models.Model):
    """One message of a rule: so many days or hours before (negative) or after the due moment, to whom, with which e-mail."""

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        HOURS = "hours", _("hours")

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="steps", verbose_name=_("rule"))
    offset = models.SmallIntegerField(_("offset"), help_text=_("Negative is before the due moment, 0 is on the day."))
    unit = models.CharField(_("unit"), max_length=5, choices=Unit, default=Unit.DAYS)
    recipient = models.CharField(_("to"), max_length=12, choices=Recipient, default=Recipient.INFLUENCER)
    email_name = models.CharField(_("message"), max_length=60)
    moves_for_days_off = models.BooleanField(_("moves for weekends and holidays"), default=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["offset", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "offset", "unit", "recipient"], name="rule_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule.code} {self.offset:+d} {self.unit} {self.recipient}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: "User") -> "ReminderQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def queued(self) -> "ReminderQuerySet":
        return self.filter(state=Reminder.State.QUEUED)

    def due(self, now: dt.datetime) -> "ReminderQuerySet":
        return self.queued().filter(send_at__lte=now)

    def about(self, subject: str) -> "ReminderQuerySet":
        return self.filter(subject=subject)

    def standing(self) -> "ReminderQuerySet":
        """Everything that still occupies its place: asking for it again would be the same reminder."""
        return self.exclude(state=Reminder.State.VOID)

    def mailed(self) -> "ReminderQuerySet":
        return self.filter(state=Reminder.State.MAILED)

    def skipped(self) -> "ReminderQuerySet":
        return self.filter(state=Reminder.State.SKIPPED)

    def taken_back(self) -> "ReminderQuerySet":
        return self.filter(state=Reminder.State.VOID)

    def reachable(self) -> "ReminderQuerySet":
        """To somebody with an address that works."""
        return self.exclude(contact__email="").filter(contact__email_state=Contact.EmailState.OK)

    def unreachable(self) -> "ReminderQuerySet":
        return self.filter(Q(contact__email="") | ~Q(contact__email_state=Contact.EmailState.OK))

    def to_person(self, words: str) -> "ReminderQuerySet":
        return self.filter(Q(contact__name__icontains=words) | Q(contact__email__icontains=words))

    def void(self, why: str, now: dt.datetime) -> int:
        """Take back waiting reminders that no longer follow from anything; their place is free again."""
        return self.queued().update(state=Reminder.State.VOID, why=why, updated_at=now)

    def skip(self, why: str, now: dt.datetime) -> int:
        """Waiting reminders that will not leave, although they were right; their place stays taken."""
        return self.queued().update(state=Reminder.State.SKIPPED, why=why, updated_at=now)

    def unmail(self, why: str, now: dt.datetime) -> int:
        """Their message was not sent after all: the place is free again, should it become true again."""
        return self.mailed().update(state=Reminder.State.VOID, why=why, updated_at=now)

    def mail(self, email: Email, now: dt.datetime) -> int:
        """They are in the outbox now."""
        return self.queued().update(state=Reminder.State.MAILED, email=email, updated_at=now)


class Reminder(Stamped):
    """One planned message about one due thing to one contact. Unique per (contact, rule, subject, due key) unless void."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Planned")
        MAILED = "mailed", _("In the outbox")
        SKIPPED = "skipped", _("Not sent")
        VOID = "void", _("No longer needed")

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="reminders", verbose_name=_("to"))
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="reminders", verbose_name=_("rule"))
    subject = models.CharField(_("about"), max_length=80, help_text="campaigns.deliverable:12")
    due_key = models.CharField(_("due key"), max_length=60, help_text="2026-11-25/-3d/influencer")
    kind = models.CharField(_("kind"), max_length=60)
    email_name = models.CharField(_("message"), max_length=60)
    recipient = models.CharField(_("recipient"), max_length=12, choices=Recipient)
    due_at = models.DateTimeField(_("due"))
    send_at = models.DateTimeField(_("leaves at"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    email = models.ForeignKey(
        Email, models.PROTECT, null=True, blank=True, related_name="reminders", verbose_name=_("e-mail")
    )
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True)
    owner_ref = models.BigIntegerField(_("owner"), null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "rule", "subject", "due_key"], condition=~Q(state="void"), name="reminder_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["skipped", "void"]) | ~Q(why=""), name="reminder_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="mailed") | Q(email__isnull=False), name="reminder_mailed_has_email"
            ),
        ]
        indexes = [
            models.Index(fields=["send_at", "id"], condition=Q(state="queued"), name="reminder_due"),
            models.Index(fields=["subject", "state"], name="reminder_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_key}"


class TodoQuerySet(models.QuerySet["Todo"]):
    def open(self) -> "TodoQuerySet":
        return self.filter(done_at__isnull=True)

    def visible_to(self, user: "User") -> "TodoQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def settled_since(self, at: dt.datetime, key: str) -> "TodoQuerySet":
        """Whether somebody has dealt with this very matter since then."""
        return self.filter(key=key, done_at__gte=at)

    def mine(self, user: "User") -> "TodoQuerySet":
        return self.filter(Q(owner=user) | Q(owner__isnull=True))


class Todo(Stamped):
    """A task: written by a colleague, or left by Mitra when only a person can go on (a question, a missing address)."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Task")
        QUESTION = "question", _("Question")
        MORE_TIME = "more_time", _("More time")
        NOT_THIS_TIME = "not_this_time", _("Not this time")
        NO_ADDRESS = "no_address", _("No e-mail address")
        BOUNCED = "bounced", _("Address does not work")
        CHECK = "check", _("Have a look")
        MESSAGE = "message", _("To write by hand")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.WRITTEN)
    text = models.CharField(_("task"), max_length=300)
    quote = models.TextField(_("their words"), blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="todos", verbose_name=_("for")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    influencer_label = models.CharField(_("person"), max_length=160, blank=True)
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True)
    subject = models.CharField(_("about"), max_length=80, blank=True)
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    key = models.CharField(_("key"), max_length=160, blank=True, help_text=_("Mitra leaves one open task per key."))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )

    objects = TodoQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [models.Index(fields=["owner", "due_at"], condition=Q(done_at__isnull=True), name="todo_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(done_at__isnull=True) & ~Q(key=""), name="todo_one_open_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def may_be_settled_by(self, user: "User") -> bool:
        """Whether this colleague may change and close it: hers, everybody's, or any when that is her work."""
        return self.owner_id in (None, user.pk) or self.author_id == user.pk or user.has_perm("crm.settle_todo")


class Beat(models.Model):
    """When the tick last ran, for the health page."""

    name = models.CharField(max_length=20, primary_key=True)
    rang_at = models.DateTimeField()
    said = models.JSONField(default=dict)

    class Meta:
        db_table = "crm_beat"

    def __str__(self) -> str:
        return self.name
