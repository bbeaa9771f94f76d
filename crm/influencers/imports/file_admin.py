"""Files in the administration, whatever they bring: how they are found, gone on with, and thrown away."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import ReadOnlyAdmin, carry_out
from crm.influencers.models.file_runs import FileRun
from crm.team.views.access import me
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

F = TypeVar("F", bound=FileRun)


class FileRunAdmin(ReadOnlyAdmin[F]):
    """They are taken further on the import's own page; the file itself is not handed out here."""

    go_on: ClassVar[Callable[..., None]]
    discard: ClassVar[Callable[..., None]]

    search_fields = ("file_name", "sha256", "started_by__name")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    exclude = ("file",)
    actions = ("continue_runs", "discard_runs")

    @admin.action(description=_("Continue what stopped"))
    def continue_runs(self, request: HttpRequest, rows: "QuerySet[F]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        stopped = [run for run in rows if run.may_go_on]
        carry_out(self, request, stopped, lambda run: self.go_on(run, now=now, actor=actor), (TransitionRefused,))

    @admin.action(description=_("Discard what nobody confirmed"))
    def discard_runs(self, request: HttpRequest, rows: "QuerySet[F]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda run: self.discard(run, now=now, actor=actor), (TransitionRefused,))
