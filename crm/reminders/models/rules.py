"""Rules and caps as data: when somebody hears about what is due, in which words, and how much is enough."""

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference, ReferenceQuerySet
from crm.outbox.models import Email
from crm.timeline.record import Actor, record


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
        _("series"),
        max_length=40,
        blank=True,
        help_text=_("Of rules with the same series only the newest message about one thing is said."),
    )
    is_active = models.BooleanField(_("switched on"), default=True)
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Leaves whatever the caps say, on its own; quiet hours still hold.")
    )

    is_binding = models.BooleanField(
        _("about what was agreed"),
        default=True,
        help_text=_("Nobody can switch these reminders off, only gather them on one day of the week."),
    )

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def label(self) -> str:
        """Its name in the reader's language; one the house wrote itself stays as it is."""
        return gettext(self.name) if self.name else ""

    @property
    def stops(self) -> str:
        """When it stops, likewise."""
        return gettext(self.stop_when) if self.stop_when else ""

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

    @property
    def chain(self) -> str:
        """What this rule's messages about one thing take turns under."""
        return self.series or self.code

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

    @property
    def moment(self) -> str:
        """3 days before, on the day, an hour after: as one says it."""
        if not self.offset:
            return gettext("on the day") if self.unit == self.Unit.DAYS else gettext("at the due moment")
        number = abs(self.offset)
        if self.unit == self.Unit.DAYS and self.offset < 0:
            said = ngettext("%(number)d day before", "%(number)d days before", number)
        elif self.unit == self.Unit.DAYS:
            said = ngettext("%(number)d day after", "%(number)d days after", number)
        elif self.offset < 0:
            said = ngettext("%(number)d hour before", "%(number)d hours before", number)
        else:
            said = ngettext("%(number)d hour after", "%(number)d hours after", number)
        return said % {"number": number}


class CapQuerySet(ReferenceQuerySet):
    def in_force(self, on: dt.date) -> dict[str, int]:
        """How many messages each scope allows on that day; a scope without a row allows any number."""
        rows = self.valid_on(on).order_by(models.F("valid_from").asc(nulls_first=True), "pk")
        return dict(rows.values_list("scope", "most"))


class Cap(Reference):
    """How many messages to one person are enough. The row that began last counts."""

    class Scope(models.TextChoices):
        ITEM = "item", _("about one thing")
        DAY = "day", _("to one person a day")
        WEEK = "week", _("to one person within seven days")
        HOLD = "hold", _("mails about one thing that hold its reminders before a colleague looks")

    scope = models.CharField(_("counted"), max_length=6, choices=Scope)
    most = models.PositiveSmallIntegerField(_("at most"), validators=[MinValueValidator(1)])

    objects = CapQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("cap")
        verbose_name_plural = _("caps")
        ordering = ["scope", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(most__gte=1), name="cap_lets_something_through"),
            models.UniqueConstraint(fields=["scope", "valid_from"], name="cap_once"),
            models.UniqueConstraint(
                fields=["scope"], condition=models.Q(valid_from__isnull=True), name="cap_undated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.most}"
