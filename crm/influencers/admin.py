"""People, what is known of them, and the reference data of the trade.

Whatever has rules of its own (accounts, contacts, numbers) is shown here and changed on the person's page.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin, carry_out, say_done
from crm.base.text import one_line
from crm.influencers.actions.accounts import withdraw_snapshot
from crm.influencers.actions.bulk import archive, restore
from crm.influencers.actions.people import bar_contact, lift_contact_bar
from crm.influencers.admin_contacts import AuthorityInline
from crm.influencers.models import (
    Address,
    DayOff,
    Format,
    Influencer,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    ReminderPause,
    Representation,
    SavedView,
    SocialAccount,
    Tier,
    TierScheme,
)
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.views.access import me
from crm.timeline.edits import ChangedMeanwhile
from crm.timeline.record import Actor


class AccountInline(ReadOnlyInline):
    model = SocialAccount
    fields = ("platform", "handle", "followers", "followers_at", "tier_override")


class RepresentationInline(ReadOnlyInline):
    model = Representation
    fields = ("contact", "capacity", "receives_mail", "since_on", "until_on")


class RateInline(ReadOnlyInline):
    model = RateCard
    fields = ("account", "format", "package", "price", "price_to", "tax", "valid_from", "valid_to", "as_said")


class DayOffInline(ReadOnlyInline):
    model = DayOff
    fields = ("start_on", "end_on", "note")


class ReasonForm(ActionForm):
    """Some actions ask why."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)


class MainPlatformFilter(admin.RelatedFieldListFilter):
    """Named as people say it; the column has no words of its own."""

    def __init__(self, *asked: Any, **named: Any) -> None:
        super().__init__(*asked, **named)
        self.title = gettext_lazy("platform")


@admin.register(Influencer)
class InfluencerAdmin(HouseAdmin[Influencer]):
    list_display = (
        "stage_name", "handle", "platform", "followers", "tier_code", "stage", "owner", "city",
        "do_not_contact_at", "archived_at",
    )  # fmt: skip
    list_filter = (
        "stage", "tier_code", ("main_platform", MainPlatformFilter), "main_niche", "language", "is_public_figure",
        ("do_not_contact_at", admin.EmptyFieldListFilter), ("archived_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("main_platform", "owner")
    search_fields = ("stage_name", "legal_name", "main_handle", "city")
    autocomplete_fields = ("owner", "territory", "niches", "main_niche", "tags")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    readonly_fields = (
        "do_not_contact_at", "do_not_contact_until", "do_not_contact_why", "archived_at", "followers", "tier_code",
    )  # fmt: skip
    inlines = (AccountInline, RepresentationInline, RateInline, DayOffInline)
    action_form = ReasonForm
    actions = ("archive_people", "restore_people", "stop_contact", "allow_contact")
    may_add = False

    @admin.display(description=gettext_lazy("handle"), ordering="main_handle")
    def handle(self, person: Influencer) -> str:
        return person.main_handle

    @admin.display(description=gettext_lazy("platform"), ordering="main_platform")
    def platform(self, person: Influencer) -> Platform | None:
        return person.main_platform

    @admin.action(description=gettext_lazy("Archive"))
    def archive_people(self, request: HttpRequest, rows: InfluencerQuerySet) -> None:
        outcomes = archive(rows, at=timezone.now(), actor=Actor.user(me(request)))
        say_done(self, request, sum(outcome.changed for outcome in outcomes))

    @admin.action(description=gettext_lazy("Take out of the archive"))
    def restore_people(self, request: HttpRequest, rows: InfluencerQuerySet) -> None:
        outcomes = restore(rows, at=timezone.now(), actor=Actor.user(me(request)))
        say_done(self, request, sum(outcome.changed for outcome in outcomes))

    @admin.action(description=gettext_lazy("Do not contact any more (needs a reason)"))
    def stop_contact(self, request: HttpRequest, rows: InfluencerQuerySet) -> None:
        now, actor, why = timezone.now(), Actor.user(me(request)), self._reason(request)

        def stop(person: Influencer) -> None:
            bar_contact(person, why=why, until=None, seen=person.updated_at, at=now, actor=actor)

        if why:
            carry_out(self, request, rows, stop, (ChangedMeanwhile,))

    @admin.action(description=gettext_lazy("May be contacted again (needs a reason)"))
    def allow_contact(self, request: HttpRequest, rows: InfluencerQuerySet) -> None:
        now, actor, why = timezone.now(), Actor.user(me(request)), self._reason(request)

        def allow(person: Influencer) -> None:
            lift_contact_bar(person, why=why, seen=person.updated_at, at=now, actor=actor)

        if why:
            carry_out(self, request, rows.filter(do_not_contact_at__isnull=False), allow, (ChangedMeanwhile,))

    def _reason(self, request: HttpRequest) -> str:
        why = one_line(request.POST.get("why", ""), longest=200)
        if not why:
            self.message_user(
                request, _("Write a reason beside the action first. Nothing was changed."), messages.ERROR
            )
        return why


@admin.register(SocialAccount)
class SocialAccountAdmin(ReadOnlyAdmin[SocialAccount]):
    list_display = ("handle", "platform", "influencer", "followers", "followers_at", "tier_override")
    list_filter = ("platform", ("tier_override", admin.EmptyFieldListFilter))
    list_select_related = ("platform", "influencer")
    search_fields = ("handle", "influencer__stage_name")
    date_hierarchy = "followers_at"
    ordering = ("handle", "id")
    actions = None


@admin.register(MetricSnapshot)
class MetricSnapshotAdmin(ReadOnlyAdmin[MetricSnapshot]):
    list_display = (
        "account",
        "taken_at",
        "nature",
        "followers",
        "likes",
        "comments",
        "views",
        "source",
        "withdrawn_at",
    )
    list_filter = ("nature", "account__platform", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("account",)
    search_fields = ("account__handle", "source")
    date_hierarchy = "taken_at"
    ordering = ("-taken_at", "-id")
    actions = ("withdraw",)

    @admin.action(description=gettext_lazy("Withdraw: these numbers were wrong"))
    def withdraw(self, request: HttpRequest, rows: "QuerySet[MetricSnapshot]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        snapshots = rows.select_related("account__influencer")
        carry_out(self, request, snapshots, lambda row: withdraw_snapshot(row, at=now, actor=actor), ())


@admin.register(Representation)
class RepresentationAdmin(ReadOnlyAdmin[Representation]):
    list_display = ("contact", "influencer", "capacity", "receives_mail", "since_on", "until_on")
    list_filter = ("capacity", "receives_mail")
    date_hierarchy = "since_on"
    inlines = (AuthorityInline,)
    list_select_related = ("contact", "influencer")
    search_fields = ("contact__name", "contact__email", "influencer__stage_name")
    ordering = ("-id",)
    actions = None


@admin.register(RateCard)
class RateCardAdmin(ReadOnlyAdmin[RateCard]):
    list_display = (
        "influencer", "account", "format", "package", "price", "price_to", "tax", "valid_from", "valid_to", "as_said",
    )  # fmt: skip
    list_filter = ("format__platform", "price_currency", "tax")
    list_select_related = ("influencer", "account", "format__platform")
    search_fields = ("influencer__stage_name", "as_said")
    date_hierarchy = "valid_from"
    actions = None


@admin.register(Address)
class AddressAdmin(ReadOnlyAdmin[Address]):
    list_display = ("influencer", "recipient", "city", "postcode", "country", "is_current", "updated_at")
    list_filter = ("is_current", "country")
    list_select_related = ("influencer",)
    search_fields = ("influencer__stage_name", "recipient", "city", "postcode")
    date_hierarchy = "created_at"
    actions = None


@admin.register(ReminderPause)
class ReminderPauseAdmin(ReadOnlyAdmin[ReminderPause]):
    list_display = ("influencer", "since_at", "until_on", "why", "decided_by", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("influencer", "decided_by")
    search_fields = ("influencer__stage_name", "why")
    date_hierarchy = "since_at"
    actions = None


@admin.register(DayOff)
class DayOffAdmin(ReadOnlyAdmin[DayOff]):
    list_display = ("influencer", "start_on", "end_on", "note")
    list_filter = ("start_on", "end_on")
    list_select_related = ("influencer",)
    search_fields = ("influencer__stage_name", "note")
    date_hierarchy = "start_on"
    ordering = ("-start_on",)
    actions = None


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin[Note]):
    list_display = ("influencer", "kind", "text", "author", "created_at")
    list_filter = ("kind",)
    list_select_related = ("influencer", "author")
    search_fields = ("influencer__stage_name", "text")
    date_hierarchy = "created_at"
    actions = None


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin[SavedView]):
    list_display = ("name", "page", "user", "is_shared", "query", "created_at")
    list_filter = ("page", "is_shared")
    list_select_related = ("user",)
    search_fields = ("name", "user__name")
    date_hierarchy = "created_at"
    actions = None
    may_delete = True


@admin.register(Platform)
class PlatformAdmin(ReferenceAdmin):
    list_display = ("name", "code", "position", "profile_url", "edited_at")
    list_filter = ("grade", ("edited_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "code")


@admin.register(Format)
class FormatAdmin(ReferenceAdmin):
    list_display = ("name_en", "name_id", "platform", "code", "lasts_hours", "position", "edited_at")
    list_filter = ("platform", ("lasts_hours", admin.EmptyFieldListFilter))
    list_select_related = ("platform",)
    search_fields = ("name_en", "name_id", "code")
    autocomplete_fields = ("platform",)


@admin.register(Niche)
class NicheAdmin(ReferenceAdmin):
    list_display = ("slug", "name_en", "name_id", "parent", "source", "edited_at")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter), "grade")
    list_select_related = ("parent",)
    search_fields = ("slug", "name_en", "name_id")
    autocomplete_fields = ("parent",)


class TierInline(admin.TabularInline[Any, Any]):
    model = Tier
    extra = 0


@admin.register(TierScheme)
class TierSchemeAdmin(ReferenceAdmin):
    list_display = ("name", "code", "source", "source_year", "grade", "valid_from", "valid_to", "edited_at")
    list_filter = ("grade", "source_year")
    search_fields = ("name", "code", "source")
    inlines = (TierInline,)
