"""How the work of each part came out: the last good word and the last bad one. Every room may say so here."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from crm.team.models import User

LONGEST_WHY = 2000


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: "User") -> "OutcomeQuerySet":
        return self

    def bad(self) -> "OutcomeQuerySet":
        """Those whose last word was a failure."""
        return self.exclude(why="")

    def good(self) -> "OutcomeQuerySet":
        """Those whose last word was a good one."""
        return self.filter(why="", ok_at__isnull=False)


class Outcome(models.Model):
    """One part of Mitra (clock, planner, sender, mailbox, backup): when its work last came out well, and when it last did not."""

    name = models.SlugField(_("part"), max_length=40, unique=True)
    ok_at = models.DateTimeField(_("last came out well"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failed"), null=True, blank=True)
    why = models.TextField(_("what went wrong"), blank=True, help_text=_("Empty once it came out well again."))
    said = models.JSONField(_("figures"), default=dict, blank=True)
    heartbeat_at = models.DateTimeField(_("told outside"), null=True, blank=True)
    heartbeat_trouble = models.TextField(_("why nobody outside was told"), blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def came_out(name: str, at: dt.datetime, *, why: str = "", **said: Any) -> None:
    """Say how a piece of work ended: well, or with `why` in words a person can read; `said` are its figures.

    To be said at the end of the work, never at its beginning: a run that dies says nothing, and that is heard too.
    """
    ended: dict[str, Any] = {"failed_at": at, "why": why[:LONGEST_WHY]} if why else {"ok_at": at, "why": ""}
    with transaction.atomic():
        Outcome.objects.update_or_create(name=name, defaults={**ended, "said": said})
