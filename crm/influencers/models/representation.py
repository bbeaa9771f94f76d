"""Who stands for a person: herself, an agent of several people, a guardian; which mail each gets and what each may do."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference, Stamped, StoredFile
from crm.influencers.models.people import Influencer
from crm.outbox.models import Contact
from crm.outbox.topics import Topic

if TYPE_CHECKING:
    from crm.team.models import User


class RepresentationQuerySet(models.QuerySet["Representation"]):
    def visible_to(self, user: "User") -> "RepresentationQuerySet":
        """Like the people they stand for: everybody in the house."""
        return self

    def receiving(self) -> "RepresentationQuerySet":
        return self.filter(receives_mail=True)

    def standing(self, on: dt.date) -> "RepresentationQuerySet":
        """Those who stand for their person on that day, first and last day included."""
        begun = Q(since_on__isnull=True) | Q(since_on__lte=on)
        return self.filter(begun & (Q(until_on__isnull=True) | Q(until_on__gte=on)))

    def guarding(self) -> "RepresentationQuerySet":
        return self.filter(capacity=Representation.Capacity.GUARDIAN)

    def own_first(self) -> "RepresentationQuerySet":
        """Her own contact, then agents, then guardians."""
        ranks = [models.When(capacity=value, then=rank) for rank, value in enumerate(Representation.Capacity.values)]
        return self.order_by(models.Case(*ranks, output_field=models.SmallIntegerField()), "pk")


class Representation(models.Model):
    """How a contact stands to a person: herself, her agent or manager (of several people), the guardian of a minor."""

    class Capacity(models.TextChoices):
        SELF = "self", _("Herself or himself")
        AGENT = "agent", _("Agent or manager")
        GUARDIAN = "guardian", _("Guardian")

    class Share(models.TextChoices):
        USUAL = "", _("As usual")
        TO = "to", _("Gets it")
        COPY = "copy", _("Gets a copy")
        NOTHING = "nothing", _("Nothing")

    influencer = models.ForeignKey(
        Influencer, models.CASCADE, related_name="representations", verbose_name=_("influencer")
    )
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="representations", verbose_name=_("contact"))
    capacity = models.CharField(_("acts as"), max_length=10, choices=Capacity, default=Capacity.SELF)
    receives_mail = models.BooleanField(_("gets the mail"), default=True)
    mail_work = models.CharField(Topic.WORK.label, max_length=7, choices=Share, blank=True)
    mail_contracts = models.CharField(Topic.CONTRACTS.label, max_length=7, choices=Share, blank=True)
    mail_payments = models.CharField(Topic.PAYMENTS.label, max_length=7, choices=Share, blank=True)
    mail_parcels = models.CharField(Topic.PARCELS.label, max_length=7, choices=Share, blank=True)
    mail_news = models.CharField(Topic.NEWS.label, max_length=7, choices=Share, blank=True)
    since_on = models.DateField(_("stands for her since"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a person")
        verbose_name_plural = _("contacts of people")
        constraints = [
            models.UniqueConstraint(fields=["influencer", "contact"], name="representation_once"),
            models.UniqueConstraint(
                fields=["influencer"], condition=Q(capacity="self"), name="representation_one_self"
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="representation_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} ({self.get_capacity_display()})"

    @property
    def is_self(self) -> bool:
        return self.capacity == self.Capacity.SELF

    @property
    def is_guardian(self) -> bool:
        return self.capacity == self.Capacity.GUARDIAN

    @property
    def shares(self) -> dict[str, str]:
        """What was chosen for each topic; empty where it is as usual."""
        return {topic: getattr(self, f"mail_{topic}") for topic in Topic.values}

    @property
    def chat_url(self) -> str:
        """Where WhatsApp opens a chat with this contact."""
        return self.contact.chat_url

    def stands_on(self, on: dt.date) -> bool:
        return (self.since_on or on) <= on <= (self.until_on or on)

    def is_over(self, on: dt.date) -> bool:
        """Whether the last day has passed."""
        return self.until_on is not None and self.until_on < on


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def visible_to(self, user: "User") -> "AuthorityQuerySet":
        return self

    def valid_on(self, on: dt.date) -> "AuthorityQuerySet":
        """What holds on that day, first and last day included."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), since_on__lte=on)

    def newest_first(self) -> "AuthorityQuerySet":
        return self.order_by("-since_on", "-pk")


class Authority(Stamped):
    """What somebody may do for a person, since when, and how we know."""

    class Power(models.TextChoices):
        SETTLE = "settle", _("Settle tasks")
        DATES = "dates", _("Agree to dates")
        SIGN = "sign", _("Sign")
        MONEY = "money", _("Receive money")

    stands = models.ForeignKey(
        Representation, models.CASCADE, related_name="authorities", verbose_name=_("contact of a person")
    )
    power = models.CharField(_("may"), max_length=6, choices=Power)
    since_on = models.DateField(_("since"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    evidence = models.TextField(_("how we know"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["power", "-since_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="authority_forward"
            ),
            models.CheckConstraint(condition=~Q(evidence="") | Q(file__isnull=False), name="authority_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.stands}: {self.get_power_display()}"

    def holds_on(self, on: dt.date) -> bool:
        return self.since_on <= on <= (self.until_on or on)


class MajorityAge(Reference):
    """From which age somebody signs for herself, by country; the row without a country is for all others."""

    DEFAULT = 18

    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Empty: everywhere else."))
    age = models.PositiveSmallIntegerField(_("age"))

    class Meta:
        verbose_name = _("age of majority")
        verbose_name_plural = _("ages of majority")
        ordering = ["country", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["country", "valid_from"], name="majority_age_once"),
            models.UniqueConstraint(
                fields=["country"], condition=Q(valid_from__isnull=True), name="majority_age_undated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country or '*'}: {self.age}"


class GuardianWaiver(Stamped):
    """Somebody who may decide let an offer to a minor go on without a guardian, and said why."""

    influencer = models.ForeignKey(
        Influencer, models.CASCADE, related_name="guardian_waivers", verbose_name=_("influencer")
    )
    why = models.CharField(_("because"), max_length=300)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    withdrawn_at = models.DateTimeField(_("no longer since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("waiver of a guardian")
        verbose_name_plural = _("waivers of guardians")
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="guardian_waiver_says_why"),
            models.UniqueConstraint(
                fields=["influencer"], condition=Q(withdrawn_at__isnull=True), name="guardian_waiver_once"
            ),
        ]

    def __str__(self) -> str:
        return self.why
