"""Work on many people at once: a run keeps what was asked, for whom, how far it is, and what came of it for each."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER, Run, tally
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class BulkRunQuerySet(models.QuerySet["BulkRun"]):
    def visible_to(self, user: "User") -> "BulkRunQuerySet":
        """People belong to the whole organisation, and so does what was done to many of them."""
        return self

    def newest_first(self) -> "BulkRunQuerySet":
        return self.order_by("-created_at", "-id")

    def unfinished(self) -> "BulkRunQuerySet":
        """Confirmed, and not yet done to the end."""
        return self.filter(status=BulkRun.Status.CONFIRMED)

    def stalled(self, now: dt.datetime) -> "BulkRunQuerySet":
        """Nobody has moved them for a while: a worker died, or none was there."""
        return self.unfinished().filter(updated_at__lt=now - STALLED_AFTER)


class BulkRun(Run):
    """One action on many people. The people are fixed when it begins; `cursor` is the last place finished."""

    class Status(models.TextChoices):
        SHOWN = "shown", _("Shown")
        CONFIRMED = "confirmed", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped")
        DISCARDED = "discarded", _("Discarded")

    MOVES: ClassVar[Moves] = {
        Status.CONFIRMED: (Status.SHOWN, Status.FAILED),
        Status.DONE: (Status.CONFIRMED,),
        Status.FAILED: (Status.CONFIRMED,),
        Status.DISCARDED: (Status.SHOWN,),
    }
    TONES: ClassVar[dict[Any, str]] = {
        Status.SHOWN: "warn",
        Status.CONFIRMED: "info",
        Status.DONE: "ok",
        Status.FAILED: "bad",
        Status.DISCARDED: "",
    }
    VERB = "bulk"
    SAID: ClassVar[Mapping[str, Any]] = {
        Status.CONFIRMED: _("Began work on many people: %(total)s"),
        Status.DONE: _("Finished work on many people: %(total)s"),
        Status.FAILED: _("Work on many people stopped"),
        Status.DISCARDED: _("Discarded work on many people"),
    }

    action = models.CharField(_("action"), max_length=20)
    data = models.JSONField(_("answers"), default=dict, blank=True)
    query = models.CharField(_("filter"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SHOWN)
    cursor = models.PositiveIntegerField(_("last row finished"), default=0)

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("work on many people")
        verbose_name_plural = _("work on many people")
        indexes = [models.Index(fields=["-created_at", "-id"], name="bulk_run_newest")]

    def __str__(self) -> str:
        return f"{self.action} #{self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether it only shows what it would do."""
        return self.status == self.Status.SHOWN

    def finish(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """The last row is done. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, finished_at=at, why="", counts=counts)


class BulkRowQuerySet(models.QuerySet["BulkRow"]):
    def after(self, place: int) -> "BulkRowQuerySet":
        """Rows still to be done, in their order."""
        return self.filter(place__gt=place, outcome=BulkRow.Outcome.WAITING).order_by("place")

    def with_outcome(self, outcome: str) -> "BulkRowQuerySet":
        return self.filter(outcome=outcome)

    def counts(self) -> dict[str, int]:
        """How many rows came to what; outcomes nobody has are 0."""
        return tally(self, "outcome", BulkRow.Outcome.values)


class BulkRow(models.Model):
    """One person of a run, or one pasted line: what it is to become and what came of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Will change")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("As before")
        REFUSED = "refused", _("Refused")
        LEFT_OUT = "left_out", _("Left out")

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="rows", verbose_name=_("work on many people"))
    place = models.PositiveIntegerField(_("place"))
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True)
    label = models.CharField(_("as it was pasted"), max_length=200, blank=True)
    data = models.JSONField(_("what it becomes"), default=dict, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.JSONField(_("reason"), default=list, blank=True, help_text='["code", {"name": "value"}]')

    objects = BulkRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of work on many people")
        verbose_name_plural = _("rows of work on many people")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="bulk_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "place"], name="bulk_row_outcome")]

    def __str__(self) -> str:
        return f"{self.place}: {self.outcome}"
