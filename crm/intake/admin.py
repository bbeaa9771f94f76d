"""Imports of other things in the administration: what came in, line by line."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import ReadOnlyAdmin, carry_out
from crm.intake.actions import discard, go_on
from crm.intake.models import Intake, IntakeLine
from crm.team.views.access import me
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused


@admin.register(Intake)
class IntakeAdmin(ReadOnlyAdmin[Intake]):
    """They are taken further on the import's own page; the file itself is not handed out here."""

    list_display = ("file_name", "kind", "status", "total", "cursor", "started_by", "created_at", "finished_at")
    list_filter = ("kind", "status", ("finished_at", admin.EmptyFieldListFilter))
    list_select_related = ("started_by",)
    search_fields = ("file_name", "sha256", "started_by__name")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    exclude = ("file",)
    actions = ("continue_runs", "discard_runs")

    @admin.action(description=_("Continue what stopped"))
    def continue_runs(self, request: HttpRequest, rows: "QuerySet[Intake]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        stopped = [run for run in rows if run.has_stopped]
        carry_out(self, request, stopped, lambda run: go_on(run, now=now, actor=actor), (TransitionRefused,))

    @admin.action(description=_("Discard what nobody confirmed"))
    def discard_runs(self, request: HttpRequest, rows: "QuerySet[Intake]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda run: discard(run, now=now, actor=actor), (TransitionRefused,))


@admin.register(IntakeLine)
class IntakeLineAdmin(ReadOnlyAdmin[IntakeLine]):
    list_display = ("line", "who", "what", "verdict", "run", "written_at", "taken_back_at")
    list_filter = ("verdict", "run__kind", ("written_at", admin.EmptyFieldListFilter))
    list_select_related = ("run",)
    search_fields = ("=run__id", "run__file_name", "=line", "who", "what")
    date_hierarchy = "written_at"
    ordering = ("-run_id", "line")
    actions = None
