"""The form of a deal: asked, shown, and written as a draft contract; the same again while nobody outside has seen it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.ambassadors.doors import back, deal_of, say_refused
from crm.ambassadors.making import actions
from crm.ambassadors.making.beginning import as_drafted, asked_first
from crm.ambassadors.making.forms import DealForm
from crm.ambassadors.making.page import Preview, preview_of
from crm.ambassadors.making.rows import MOST, PREFIX
from crm.ambassadors.making.terms import DealTerms
from crm.ambassadors.programs.forms import with_one_more
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.contracts.actions.drafting import NotEditable
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Asked:
    """The form of one request, and whether only room for another line was wanted."""

    form: DealForm
    wants_more: bool


@require_http_methods(FORM)
@needs("crm.add_ambassadordeal")
def deal_new(request: HttpRequest) -> HttpResponse:
    """Four questions; then what they come to; then a draft."""
    user = me(request)
    initial, hints = asked_first(request, user)
    asked = ask(request, DealForm, initial)
    terms = _answered(asked)
    if terms is not None and "save" in request.POST:
        try:
            made = actions.make_deal(terms, at=timezone.now(), actor=Actor.user(user))
        except ValidationError as refused:
            asked.form.add_error(None, refused.messages)
        else:
            messages.success(
                request,
                _("The deal is a draft, and so is its contract. Look through the words, then let it be signed."),
            )
            return back(made)
    context = {"hints": hints, "title": _("New ambassador"), "deal": None}
    return _page(request, asked, terms, context)


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def deal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same questions, with the answers of a draft."""
    deal, user = deal_of(request, pk), me(request)
    if not deal.contract.is_editable:
        say_refused(request, NotEditable())
        return back(deal)
    asked = ask(request, DealForm, as_drafted(deal))
    terms = _answered(asked)
    if terms is not None and "save" in request.POST:
        try:
            actions.change_draft(deal, terms, at=timezone.now(), actor=Actor.user(user))
        except ValidationError as refused:
            asked.form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Saved."))
            return back(deal)
    context = {"hints": [], "title": _("Change the draft"), "deal": deal}
    return _page(request, asked, terms, context)


def ask(request: HttpRequest, form: Any, initial: dict[str, Any], *, is_first: bool = False) -> Asked:
    """The form as posted, or with its first values."""
    user, house = me(request), Organisation.load()
    wants_more = "more" in request.POST
    data = with_one_more(request.POST, PREFIX, MOST) if wants_more else request.POST
    today = local_date(timezone.now(), user.zone)
    posted = data if request.method == "POST" and not is_first else None
    return Asked(
        form(posted, initial=initial, user=user, today=today, zone=house.zone, currency=house.currency), wants_more
    )


def _answered(asked: Asked) -> DealTerms | None:
    """What was asked for, where all of it can be read; for somebody in particular."""
    if not asked.form.is_bound or asked.wants_more or not asked.form.is_valid():
        return None
    return asked.form.terms_for_her()


def _page(request: HttpRequest, asked: Asked, terms: DealTerms | None, context: dict[str, Any]) -> HttpResponse:
    shown: Preview | None = None
    if terms is not None:
        shown = preview_of(terms, me(request), timezone.now(), besides=context["deal"])
    is_refused = (
        asked.form.is_bound and not asked.wants_more and bool(asked.form.errors or asked.form.rows.total_error_count())
    )
    context |= {"form": asked.form, "shown": shown}
    return render(request, "crm/ambassadors/making/deal.html", context, status=422 if is_refused else 200)
