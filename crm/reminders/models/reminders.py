"""Reminders are rows planned from the state of the database."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import reason
from crm.reminders.models.rules import Recipient, Rule
from crm.reminders.models.todos import BY_HAND_KEY, Todo
from crm.reminders.reasons import BY_HAND, is_final

if TYPE_CHECKING:
    from crm.team.models import User


ON_THE_DAY = "+0d/"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: "User") -> "ReminderQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def queued(self) -> "ReminderQuerySet":
        return self.filter(state=Reminder.State.QUEUED)

    def due(self, now: dt.datetime) -> "ReminderQuerySet":
        """Whose moment has come, whether or not there is room for it."""
        return self.queued().filter(send_at__lte=now)

    def with_room(self, now: dt.datetime) -> "ReminderQuerySet":
        """Those that wait for no day with room."""
        return self.filter(Q(waits_until__isnull=True) | Q(waits_until__lte=now))

    def wait(self, until: dt.datetime, why: str, now: dt.datetime) -> int:
        """There is no room for them before that moment."""
        return self.queued().update(waits_until=until, why=why, updated_at=now)

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

    def left_to_hand(self) -> "ReminderQuerySet":
        """A colleague was asked to pass them on, whether or not she has."""
        return self.skipped().filter(why=reason(BY_HAND))

    def to_pass_on(self) -> "ReminderQuerySet":
        """A colleague was asked to pass them on and has not yet: on their way, like a message in the outbox."""
        key = Concat(Value(BY_HAND_KEY), Cast(OuterRef("pk"), CharField()))
        return self.left_to_hand().filter(Exists(Todo.objects.open().filter(key=key)))

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
        """Their message was not sent after all: the place is free again, unless it can never become true again."""
        state = Reminder.State.SKIPPED if is_final(why) else Reminder.State.VOID
        return self.mailed().update(state=state, why=why, updated_at=now)

    def mail(self, email: Email, now: dt.datetime) -> int:
        """They are in the outbox now."""
        return self.queued().update(state=Reminder.State.MAILED, email=email, why="", waits_until=None, updated_at=now)


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
    waits_until = models.DateTimeField(_("waits for room until"), null=True, blank=True)
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

    @property
    def chain(self) -> tuple[int, str, str]:
        """Of one chain only the newest message is said: contact, thing, series."""
        return self.contact_id, self.subject, self.rule.chain

    @property
    def is_by_the_hour(self) -> bool:
        """Its moment is so many hours from the due one: a day later would be too late."""
        return self.due_key.partition("/")[2].partition("/")[0].endswith("h")

    @property
    def is_urgent(self) -> bool:
        """It cannot wait: its rule says so, it is said on the day itself, or hours count."""
        return self.rule.is_urgent or self.is_by_the_hour or self.due_key.partition("/")[2].startswith(ON_THE_DAY)
