"""What a contact agreed to, in which words, since when and until when; and how often she wants to be reminded."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField
from crm.base.models import Reference, Stamped, StoredFile
from crm.outbox.models import Contact
from crm.outbox.topics import Purpose
from crm.timeline.models import Channel

if TYPE_CHECKING:
    from crm.team.models import User

WEEKDAYS = (
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
)  # fmt: skip


class ConsentText(Reference):
    """The words somebody is asked to agree to, one version in both languages. What was shown is kept with the answer."""

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    version = models.CharField(_("version"), max_length=20)
    words_en = models.TextField(_("English words"))
    words_id = models.TextField(_("Indonesian words"))

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "-valid_from", "-id"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"

    def words(self, language: str) -> str:
        return self.words_id if language == "id" else self.words_en


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: "User") -> "ConsentQuerySet":
        """Like the contacts they belong to: everybody in the house."""
        return self

    def open(self) -> "ConsentQuerySet":
        """What somebody agreed to and has not taken back."""
        return self.filter(given_at__isnull=False, withdrawn_at__isnull=True)

    def about(self, purpose: str) -> "ConsentQuerySet":
        return self.filter(purpose=purpose)

    def newest_first(self) -> "ConsentQuerySet":
        return self.order_by("-pk")


class Consent(Stamped):
    """One yes of one contact to one purpose; taking it back sets its second date. A no without a yes has only that one.

    Nothing else of a row ever changes, and no row goes: it is what the house can show.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="consents", verbose_name=_("contact"))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    text = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("consent text")
    )
    shown = models.TextField(_("words she agreed to"), blank=True)
    language = LanguageField(_("language"))
    given_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    channel = models.CharField(_("told by"), max_length=10, choices=Channel, blank=True, default=Channel.MITRA)
    evidence = models.TextField(_("how we know"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    given_by = models.CharField(_("recorded by"), max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.CharField(_("taken back, recorded by"), max_length=160, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-id"]
        indexes = [models.Index(fields=["contact", "purpose", "-id"], name="consent_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_one_open"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=False) | Q(withdrawn_at__isnull=False), name="consent_says_something"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_purpose_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A consent is never changed. Take it back, or record a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A consent is never deleted: it is what the house can show.")

    @property
    def stands(self) -> bool:
        return self.given_at is not None and self.withdrawn_at is None


class ReminderWish(Stamped):
    """How often a contact wants to be reminded, and whether also of what she did not promise."""

    class Pace(models.TextChoices):
        EACH = "each", _("As they come")
        WEEKLY = "weekly", _("Together, at most once a week")

    contact = models.OneToOneField(
        Contact, models.CASCADE, related_name="reminder_wish", verbose_name=_("contact"), primary_key=True
    )
    pace = models.CharField(_("how often"), max_length=6, choices=Pace, default=Pace.EACH)
    weekday = models.PositiveSmallIntegerField(_("on which day"), choices=WEEKDAYS, default=0)
    only_binding = models.BooleanField(_("only what was agreed"), default=False)

    class Meta:
        verbose_name = _("wish about reminders")
        verbose_name_plural = _("wishes about reminders")

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_pace_display()}"

    def is_day(self, on: dt.date) -> bool:
        """Whether her reminders may leave on that day."""
        return self.pace == self.Pace.EACH or on.weekday() == self.weekday
