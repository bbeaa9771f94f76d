"""Data that came into wrong hands or was lost: what happened, who has to be told by when, and who was."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, move

if TYPE_CHECKING:
    from crm.team.models import User


class DataIncidentQuerySet(models.QuerySet["DataIncident"]):
    def visible_to(self, user: "User") -> "DataIncidentQuerySet":
        return self

    def open(self) -> "DataIncidentQuerySet":
        """Somebody has still to be told."""
        return self.filter(status=DataIncident.Status.OPEN)

    def with_counts(self) -> "DataIncidentQuerySet":
        """`of_people`: whose data it was; `told_people`: those of them who know."""
        told = Q(people__told_at__isnull=False)
        return self.annotate(of_people=Count("people"), told_people=Count("people", filter=told))

    def unclosed(self) -> "DataIncidentQuerySet":
        return self.exclude(status=DataIncident.Status.CLOSED)


class DataIncident(Stamped):
    """One failure to protect data. Authority and people are told within three times 24 hours of its discovery (UU 27/2022, art. 46)."""

    class Status(models.TextChoices):
        OPEN = "open", _("To be told")
        TOLD = "told", _("Told")
        CLOSED = "closed", _("Closed")

    MOVES: ClassVar[Moves] = {Status.TOLD: (Status.OPEN,), Status.CLOSED: (Status.OPEN, Status.TOLD)}

    title = models.CharField(_("in a word"), max_length=120)
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.OPEN, editable=False)
    what = models.TextField(_("what happened"))
    happened_at = models.DateTimeField(_("when it happened"), null=True, blank=True)
    found_at = models.DateTimeField(_("when it was found"))
    due_at = models.DateTimeField(_("to be told by"), help_text=_("Three times 24 hours after it was found."))
    data = models.TextField(_("which data"))
    consequences = models.TextField(_("what it may lead to"), blank=True)
    measures = models.TextField(_("what was done about it"), blank=True)
    authority_told_at = models.DateTimeField(_("authority told"), null=True, blank=True)
    authority_ref = models.CharField(_("its reference"), max_length=120, blank=True)
    people_told_at = models.DateTimeField(_("people told"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    why_closed = models.TextField(_("why it is closed"), blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("noted by")
    )

    objects = DataIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("data incident")
        verbose_name_plural = _("data incidents")
        ordering = ["-found_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=F("found_at")), name="data_incident_forward"),
            models.CheckConstraint(
                condition=Q(happened_at__isnull=True) | Q(happened_at__lte=F("found_at")),
                name="data_incident_found_after", violation_error_message=_("It was found before it happened."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Without its title: the audit is read by more people than may know what happened."""
        return f"{self._meta.verbose_name} {self.pk}"

    TONES: ClassVar[dict[str, str]] = {Status.OPEN: "bad", Status.TOLD: "warn", Status.CLOSED: ""}

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    def is_late(self, now: dt.datetime) -> bool:
        return self.is_open and self.due_at < now

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    def tell(self, *, at: dt.datetime, actor: Actor) -> None:
        """Authority and people know. Raises TransitionRefused unless somebody had still to be told."""
        self._move(self.Status.TOLD, "incident.all_told", _("Everybody was told about a data incident"), at, actor)

    def close(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """Raises TransitionRefused when it is closed already."""
        also = {"closed_at": at, "why_closed": why}
        self._move(self.Status.CLOSED, "incident.closed", _("Closed a data incident"), at, actor, also=also)

    def _move(self, to: str, verb: str, sentence: object, at: dt.datetime, actor: Actor, **more: Any) -> None:
        move(self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, **more)


class IncidentPersonQuerySet(models.QuerySet["IncidentPerson"]):
    def visible_to(self, user: "User") -> "IncidentPersonQuerySet":
        return self

    def waiting(self) -> "IncidentPersonQuerySet":
        """Nobody has told them yet."""
        return self.filter(told_at__isnull=True)


class IncidentPerson(models.Model):
    """One person whose data it was, and how she was told."""

    incident = models.ForeignKey(DataIncident, models.CASCADE, related_name="people", verbose_name=_("incident"))
    influencer = models.ForeignKey(
        Influencer, models.PROTECT, related_name="data_incidents", verbose_name=_("influencer")
    )
    email = models.ForeignKey(
        Email, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("message")
    )
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    told_how = models.TextField(_("how she was told"), blank=True)

    objects = IncidentPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of an incident")
        verbose_name_plural = _("people of incidents")
        constraints = [models.UniqueConstraint(fields=["incident", "influencer"], name="incident_person_once")]

    def __str__(self) -> str:
        return str(self.influencer)
