"""The list of deals, its filter, and its table for a spreadsheet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.ambassadors.lists.filters import DealFilter, DealFilterForm
from crm.ambassadors.lists.rows import deal_rows, with_next
from crm.ambassadors.lists.spreadsheet import KINDS, as_spreadsheet
from crm.ambassadors.models import AmbassadorDeal
from crm.team.models import User
from crm.team.views.access import me, needs

PAGE = 50


class Counted(Paginator[Any]):
    """Pages of rows whose number the tabs have counted."""

    def __init__(self, rows: Any, number: int) -> None:
        super().__init__(rows, PAGE)
        self.number = number

    @cached_property
    def count(self) -> int:
        return self.number


@require_safe
@needs("crm.view_ambassadordeal")
def ambassadors(request: HttpRequest) -> HttpResponse:
    """Everybody with a deal: this period, the retainer, and the next day that matters."""
    user, now = me(request), timezone.now()
    asked = DealFilter.read(request.GET, user, now)
    found = asked.narrow(AmbassadorDeal.objects.visible_to(user), now)
    tabs = asked.tabs(found)
    number = next(tab["count"] for tab in tabs if tab["active"])
    page = Counted(with_next(asked.of_standing(found)), number).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "chips": asked.chips(),
        "page_obj": page,
        "rows": deal_rows(page.object_list, now),
        "tabs": tabs,
        "sortings": asked.sortings(),
        "actions": actions_for(user),
    }
    return render(request, "crm/ambassadors/lists/ambassadors.html", context)


def actions_for(user: User) -> list[dict[str, str]]:
    """What the bar below the list offers this colleague: work on the people of the chosen deals."""
    may_write = user.has_perm("crm.write_message")
    return [{"value": "write", "label": _("Write to them"), "icon": "envelope"}] if may_write else []


@require_safe
@needs("crm.view_ambassadordeal")
def ambassadors_filter(request: HttpRequest) -> HttpResponse:
    """Every filter in one form: alone on a page, or as the part the list opens."""
    user = me(request)
    form = DealFilterForm(request.GET, user)
    form.is_valid()
    context = {"form": form, "asked": DealFilter.read(request.GET, user, timezone.now())}
    part = "#form" if request.headers.get("HX-Request") else ""
    return render(request, f"crm/ambassadors/lists/filter.html{part}", context)


@require_safe
@needs("crm.export_influencer")
def ambassadors_sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The deals the filter means, as a file."""
    if kind not in KINDS:
        raise Http404
    user, now = me(request), timezone.now()
    asked = DealFilter.read(request.GET, user, now)
    rows = asked.of_standing(asked.narrow(AmbassadorDeal.objects.visible_to(user), now))
    return as_spreadsheet(rows, kind, user=user, now=now)
