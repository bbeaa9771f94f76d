"""Links into the influencer's page: who holds one, whether it was used, and the way to take it back."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline, say_done
from crm.portal.links import revoke
from crm.portal.models import Link, LinkQuerySet, PortalSession


class VisitInline(ReadOnlyInline):
    model = PortalSession
    fields = ("started_at", "expires_at", "ended_at")
    show_change_link = False


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin[Link]):
    list_display = ("contact", "purpose", "created_at", "expires_at", "opened_at", "revoked_at")
    list_filter = (
        "purpose", ("revoked_at", admin.EmptyFieldListFilter), ("opened_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("contact",)
    search_fields = ("contact__name", "contact__email")
    date_hierarchy = "created_at"
    inlines = (VisitInline,)
    actions = ("revoke_links",)

    @admin.action(description=gettext_lazy("Revoke the links and end their visits"))
    def revoke_links(self, request: HttpRequest, rows: "QuerySet[Link]") -> None:
        links: LinkQuerySet = rows  # type: ignore[assignment]
        say_done(self, request, revoke(links, timezone.now(), _("revoked in the administration")))
