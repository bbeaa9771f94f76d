"""Campaigns, collaborations and deliverables. Statuses move by actions, with the same methods as the pages."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.campaigns import save_campaign, save_terms
from campaigns.planning.models import Campaign, Channel, Collaboration, Deliverable, Pillar, QuotaPost, WrapUpTick
from campaigns.planning.wrapping.closing import wrap_up
from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline, carry_out
from crm.team.views.access import me
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

REFUSALS = (TransitionRefused, ValidationError)


class MovingAdmin(HouseAdmin[Any]):
    """Rows with a status that only moves along its table."""

    def move(self, request: HttpRequest, rows: "QuerySet[Any]", step: Callable[..., object]) -> None:
        """Take one step with each row; who may not take it says so."""
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda row: step(row, at=now, actor=actor), REFUSALS)


class CollaborationInline(ReadOnlyInline):
    model = Collaboration
    fields = ("influencer", "status", "fee", "note")


class PillarInline(ReadOnlyInline):
    model = Pillar
    fields = ("name", "note", "position")
    show_change_link = False


class ChannelInline(ReadOnlyInline):
    model = Channel
    fields = ("kind", "note", "start_on", "end_on")
    show_change_link = False


class WrapUpInline(ReadOnlyInline):
    model = WrapUpTick
    fields = ("item", "done_at", "done_by", "left_out_because")
    show_change_link = False


@admin.register(Campaign)
class CampaignAdmin(MovingAdmin):
    list_display = ("name", "brand", "goal", "status", "start_on", "end_on", "owner", "budget")
    list_filter = ("status", "brand", "goal", "owner", ("territories", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("brand", "owner")
    search_fields = ("name", "brand__name", "about")
    autocomplete_fields = ("brand", "owner")
    date_hierarchy = "start_on"
    # Days and zone move promises, which may be refused: that is explained on the campaign's own page.
    # So are umbrella, products and audience: what hangs on them is told there.
    readonly_fields = (
        "category", "territories", "start_on", "end_on", "zone", "status", "created_at",
        "parent", "products", "formats", "niches", "personas",
    )  # fmt: skip
    inlines = (CollaborationInline, PillarInline, ChannelInline, WrapUpInline)
    actions = ("go_live", "pause", "resume", "wrap_up", "cancel")
    may_add = False

    def save_model(self, request: HttpRequest, obj: Campaign, form: ModelForm[Any], change: bool) -> None:
        save_campaign(obj, at=timezone.now(), actor=Actor.user(me(request)))

    @admin.action(description=_("Go live"))
    def go_live(self, request: HttpRequest, rows: "QuerySet[Campaign]") -> None:
        self.move(request, rows, Campaign.go_live)

    @admin.action(description=_("Pause"))
    def pause(self, request: HttpRequest, rows: "QuerySet[Campaign]") -> None:
        self.move(request, rows, Campaign.pause)

    @admin.action(description=_("Resume"))
    def resume(self, request: HttpRequest, rows: "QuerySet[Campaign]") -> None:
        self.move(request, rows, Campaign.resume)

    @admin.action(description=_("Wrap up"))
    def wrap_up(self, request: HttpRequest, rows: "QuerySet[Campaign]") -> None:
        self.move(request, rows, wrap_up)

    @admin.action(description=_("Cancel"))
    def cancel(self, request: HttpRequest, rows: "QuerySet[Campaign]") -> None:
        self.move(request, rows, Campaign.cancel)


class DeliverableInline(ReadOnlyInline):
    model = Deliverable
    fields = ("format", "title", "draft_due_on", "post_due_on", "zone", "status", "post_url")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Deliverable]":
        return super().get_queryset(request).select_related("format__platform")


@admin.register(Collaboration)
class CollaborationAdmin(MovingAdmin):
    list_display = ("influencer", "campaign", "status", "fee", "paused_at", "reminders_off_at", "created_at")
    list_filter = (
        "status", ("paused_at", admin.EmptyFieldListFilter), ("reminders_off_at", admin.EmptyFieldListFilter),
        "campaign__brand", "campaign",
    )  # fmt: skip
    list_select_related = ("influencer", "campaign")
    search_fields = ("influencer__stage_name", "campaign__name", "note")
    fields = ("influencer", "campaign", "status", "fee", "note", "fee_said", "off_why", "paused_at", "reminders_off_at")
    readonly_fields = ("influencer", "campaign", "status", "fee_said", "off_why", "paused_at", "reminders_off_at")
    date_hierarchy = "created_at"
    inlines = (DeliverableInline,)
    actions = ("pause_reminders", "resume_reminders", "switch_reminders_on")
    may_add = False

    def save_model(self, request: HttpRequest, obj: Collaboration, form: ModelForm[Any], change: bool) -> None:
        save_terms(obj, at=timezone.now(), actor=Actor.user(me(request)))

    @admin.action(description=_("Pause the reminders"))
    def pause_reminders(self, request: HttpRequest, rows: "QuerySet[Collaboration]") -> None:
        self.move(request, rows, Collaboration.pause_reminders)

    @admin.action(description=_("Let the reminders go on"))
    def resume_reminders(self, request: HttpRequest, rows: "QuerySet[Collaboration]") -> None:
        self.move(request, rows, Collaboration.resume_reminders)

    @admin.action(description=_("Switch the reminders on"))
    def switch_reminders_on(self, request: HttpRequest, rows: "QuerySet[Collaboration]") -> None:
        self.move(request, rows, Collaboration.switch_reminders_on)


@admin.register(Deliverable)
class DeliverableAdmin(MovingAdmin):
    """Deliverables are looked at here; days and addresses change on the collaboration's page."""

    list_display = ("what", "person", "campaign", "status", "draft_due_on", "post_due_on", "zone", "published_at")
    list_filter = (
        "status",
        "format__platform",
        "collaboration__campaign__brand",
        ("proof", admin.EmptyFieldListFilter),
    )
    list_select_related = ("format__platform", "collaboration__influencer", "collaboration__campaign")
    search_fields = ("title", "collaboration__influencer__stage_name", "collaboration__campaign__name", "post_url")
    date_hierarchy = "post_due_on"
    exclude = ("proof",)
    actions = ("approve", "drop", "reopen")
    may_add = may_change = False

    @admin.display(description=_("what"))
    def what(self, row: Deliverable) -> str:
        return str(row)

    @admin.display(description=_("person"), ordering="collaboration__influencer__stage_name")
    def person(self, row: Deliverable) -> str:
        return str(row.collaboration.influencer)

    @admin.display(description=_("campaign"), ordering="collaboration__campaign__name")
    def campaign(self, row: Deliverable) -> str:
        return str(row.collaboration.campaign)

    @admin.action(description=_("Approve"))
    def approve(self, request: HttpRequest, rows: "QuerySet[Deliverable]") -> None:
        self.move(request, rows, Deliverable.approve)

    @admin.action(description=_("Drop"))
    def drop(self, request: HttpRequest, rows: "QuerySet[Deliverable]") -> None:
        self.move(request, rows, Deliverable.drop)

    @admin.action(description=_("Open again"))
    def reopen(self, request: HttpRequest, rows: "QuerySet[Deliverable]") -> None:
        self.move(request, rows, Deliverable.reopen)


@admin.register(QuotaPost)
class QuotaPostAdmin(ReadOnlyAdmin[QuotaPost]):
    """What counts towards an ambassador's quota: planned with her periods, or marked on the card."""

    list_display = ("deliverable", "line", "period", "make_good", "slot")
    list_filter = ("line__format__platform", "line__deal__program")
    list_select_related = (
        "deliverable__format__platform", "line__format__platform", "period__deal__influencer", "period__deal__program",
        "make_good__line__format__platform",
    )  # fmt: skip
    search_fields = ("deliverable__title", "line__note", "line__deal__influencer__stage_name")
    date_hierarchy = "created_at"
    actions: Any = None
