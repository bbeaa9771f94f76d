"""The list of brands, one brand's page, and the forms behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.models import Organisation
from crm.base.places import panels_for
from crm.base.zones import local_date
from crm.brands import actions
from crm.brands.actions import NameTaken, Thing
from crm.brands.forms import BrandForm
from crm.brands.models import Brand
from crm.brands.queries import brand_page, brand_rows
from crm.brands.saving import SAVED, save_with
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

PAGE = 40
asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs("crm.view_brand")
def brands(request: HttpRequest) -> HttpResponse:
    """All brands this colleague works with; the archived ones stand apart."""
    user = me(request)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    archived = request.GET.get("tab") == "archived"
    seen = Brand.objects.visible_to(user)
    found = seen.archived() if archived else seen.running()
    page = Paginator(brand_rows(found.called(words) if words else found, user), PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"label": _("In use"), "url": "?", "active": not archived},
        {"label": _("Archived"), "url": "?tab=archived", "active": archived},
    ]
    context = {"page_obj": page, "rows": page.object_list, "tabs": tabs, "archived": archived, "words": words}
    return render(request, "crm/brands/brands.html", context)


@require_safe
@needs("crm.view_brand")
def brand(request: HttpRequest, pk: int) -> HttpResponse:
    """One brand: its character, products and competitors, and what higher rooms add."""
    found = find_brand(request, pk)
    today = local_date(timezone.now(), found.zone)
    context = {
        "brand": found,
        "page": brand_page(found, me(request), today),
        "panels": panels_for("brand", request, found),
    }
    return render(request, "crm/brands/brand.html", context)


def find_brand(request: HttpRequest, pk: int) -> Brand:
    """A brand this colleague may see, or 404."""
    return get_object_or_404(Brand.objects.visible_to(me(request)).select_related("owner", "category"), pk=pk)


@asks
@needs("crm.add_brand")
def brand_new(request: HttpRequest) -> HttpResponse:
    """Add a brand."""
    house = Organisation.load()
    blank = Brand(zone=house.zone, language=house.language)
    form = BrandForm(request.POST or None, instance=blank, user=me(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_brand(form.instance, **_said(form), by=me(request), at=timezone.now())
        except NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("%(brand)s is here. Add what it sells.") % {"brand": made})
            return redirect("brand", pk=made.pk)
    return render(request, "crm/brands/brand_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _said(form: BrandForm) -> dict[str, Any]:
    said = form.cleaned_data
    sets = {name: list(said[name]) for name in ("rivals", "personas", "also_sells")}
    return {"house": said["house"], **sets}


@asks
@needs("crm.change_brand")
def brand_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a brand, unless somebody else did while the form was open."""
    form = BrandForm(request.POST or None, instance=find_brand(request, pk), user=me(request))
    status = 200
    if request.method == "POST":

        def save() -> None:
            actions.change_brand(form.instance, **_said(form), seen=form.seen, by=me(request), at=timezone.now())

        status = save_with(request, form, save)
        if status == SAVED:
            return redirect("brand", pk=pk)
    context = {"form": form, "brand": find_brand(request, pk)}
    return render(request, "crm/brands/brand_form.html", context, status=status)


@dataclass(frozen=True)
class Verb:
    """Something that is asked once: its words, and what it will mean."""

    label: Any
    question: Any
    meaning: Any
    icon: str
    do: Callable[..., bool]
    done: Any
    danger: bool = False


ARCHIVE = gettext_lazy("Archive"), gettext_lazy("Archive %(thing)s?")
RESTORE = gettext_lazy("Take out of the archive"), gettext_lazy("Take %(thing)s out of the archive?")
ARCHIVED = gettext_lazy("%(thing)s is archived.")
RESTORED = gettext_lazy("%(thing)s is back.")
BACK = "arrow-counterclockwise"

BRAND_ARCHIVE = Verb(
    *ARCHIVE,
    gettext_lazy(
        "It leaves the lists and no new campaign can be opened for it. What runs goes on, and everything stays. "
        "You can take it out again."
    ),
    "archive", actions.archive, ARCHIVED, danger=True,
)  # fmt: skip
BRAND_RESTORE = Verb(
    *RESTORE, gettext_lazy("It stands in the lists again and campaigns can be opened for it."),
    BACK, actions.restore, RESTORED,
)  # fmt: skip
PRODUCT_ARCHIVE = Verb(
    *ARCHIVE, gettext_lazy("It is not offered any more. Where it was chosen it stays. You can take it out again."),
    "archive", actions.archive, ARCHIVED, danger=True,
)  # fmt: skip
PRODUCT_RESTORE = Verb(
    *RESTORE, gettext_lazy("It is offered again among the brand's products."), BACK, actions.restore, RESTORED
)  # fmt: skip


@asks
@needs("crm.archive_brand")
def brand_archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_brand(request, pk)
    return ask(request, found, found, BRAND_ARCHIVE)


@asks
@needs("crm.archive_brand")
def brand_restore(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_brand(request, pk)
    return ask(request, found, found, BRAND_RESTORE)


def ask(request: HttpRequest, thing: Thing, of: Brand, verb: Verb, back: str = "") -> HttpResponse:
    """Asks once and says what it means; then does it, or says that somebody was faster."""
    of_page = reverse("brand", args=[of.pk])
    if request.method == "POST":
        if verb.do(thing, at=timezone.now(), actor=Actor.user(me(request))):
            messages.success(request, str(verb.done) % {"thing": thing})
        else:
            messages.info(request, _("Somebody did this already. Nothing was changed."))
        return redirect(back or of_page)
    context = {
        "brand": of,
        "verb": verb,
        "question": str(verb.question) % {"thing": thing},
        "back": back or of_page,
    }
    return render(request, "crm/brands/ask.html", context)
