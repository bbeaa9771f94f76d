"""Returns, to look at: what is done with them is done on the page of what was sent. And erasing where parcels went."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.after.erasing import blank_addresses
from campaigns.samples.models import ReturnItem, ReturnRequest
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline, carry_out
from crm.influencers.models import Influencer
from crm.team.views.access import me
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from campaigns.samples.models import Shipment


class FoundInline(ReadOnlyInline):
    model = ReturnItem
    fields = ("contents", "quantity", "inspection", "note")
    show_change_link = False


@admin.register(ReturnRequest)
class ReturnRequestAdmin(ReadOnlyAdmin[ReturnRequest]):
    list_display = ("shipment", "reason", "status", "due_on", "waybill", "sent_back_at", "back_at", "charge", "charged")
    list_filter = ("status", "reason", "charged", "shipment__request__brand")
    list_select_related = ("shipment__request__influencer",)
    search_fields = ("waybill", "note", "shipment__waybill", "shipment__request__influencer__stage_name")
    date_hierarchy = "due_on"
    inlines = (FoundInline,)


class ErasesAddresses:
    """For somebody who asks to be forgotten: name, phone and street go from every parcel to her, after a second look."""

    actions: Any = ("erase_addresses",)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return me(request).has_perm("campaigns.erase_sample")

    @admin.action(description=_("Erase the addresses of these people"), permissions=["erase"])
    def erase_addresses(self, request: HttpRequest, rows: "QuerySet[Shipment]") -> HttpResponse | None:
        people = Influencer.objects.filter(pk__in=rows.order_by().values("request__influencer")).order_by("stage_name")
        if "confirmed" not in request.POST:
            context = {
                **admin.site.each_context(request),
                "title": _("Erase the addresses of these people"),
                "people": people,
                "rows": rows,
            }
            return render(request, "admin/campaigns/erase_addresses.html", context)
        actor, now = Actor.user(me(request)), timezone.now()
        house: Any = self
        carry_out(house, request, people, lambda one: blank_addresses(one, at=now, actor=actor) > 0, (Refused,))
        return None
