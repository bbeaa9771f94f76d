"""Giving notice: what it will do is said first; one that comes too late is shown once more before it is kept."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.files import Disposition, keep, serve_file
from crm.base.formats import day_words
from crm.base.typed import typed_as
from crm.base.zones import local_date
from crm.contracts.actions.noticing import note_arrival, note_notice
from crm.contracts.doors import REFUSALS, back, contract_of, form_page
from crm.contracts.forms.noticing import ArrivalForm, NoticeForm
from crm.contracts.models import Contract, Notice
from crm.contracts.noticed import Effect, counts_from, effect_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
RUNNING = (Contract.Status.ACTIVE, Contract.Status.IN_NOTICE)


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a notice from either side."""
    found, now = contract_of(request, pk), timezone.now()
    if found.status not in RUNNING or found.amends_id:
        messages.info(request, _("Notice is given for a contract that runs."))
        return back(found)
    today = local_date(now, found.zone)
    form = NoticeForm(request.POST or None, request.FILES or None, contract=found, today=today, instance=Notice())
    late: Effect | None = None
    if form.is_bound and form.is_valid():
        late = _late(found, form, today)
        is_sure = "sure" in request.POST and request.POST.get("shown") == typed_as(request.POST)
        if (late is None or is_sure) and _noted(request, form, found, now):
            return back(found)
    context = {"contract": found, "form": form, "means": _what_it_means(found, today), "late": late,
               "shown": typed_as(request.POST) if form.is_bound else ""}  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "crm/contracts/notice.html", context, status=status)


def _late(found: Contract, form: NoticeForm, today: dt.date) -> Effect | None:
    """What one that came too late does; None for one in time, and for one nobody can tell of yet."""
    data = form.cleaned_data
    counts_on = counts_from(found, data["sent_on"], data["received_on"])
    if counts_on is None:
        return None
    effect = effect_of(found, data["kind"], counts_on, data["effective_on"], today=today)
    return effect if effect.is_late else None


def _noted(request: HttpRequest, form: NoticeForm, found: Contract, now: dt.datetime) -> bool:
    user, data = me(request), form.cleaned_data
    told = {name: data[name] for name in (*NoticeForm.Meta.fields, "tells_her")}
    paper = keep(form.paper, by=user.get_short_name()) if form.paper else None
    try:
        notice = note_notice(found, **told, document=paper, at=now, actor=Actor.user(user))
    except REFUSALS as refused:
        form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        return False
    messages.success(request, _kept(notice))
    return True


def _kept(notice: Notice) -> str:
    if notice.counts_on is None:
        return _("It is on file. It counts from the day it arrives: note that day when you know it.")
    if notice.is_late:
        return _("It is on file, and marked as late.")
    return _("Notice is on file.")


def _what_it_means(found: Contract, today: dt.date) -> list[str]:
    """The sentences above the form: until when it is in time, and what happens otherwise."""
    term = found.term
    said: list[str] = []
    if found.is_in_notice and found.end_on:
        said.append(_("Notice is given: it ends on %(end)s. A second notice does not end it sooner.")
                    % {"end": day_words(found.end_on)})  # fmt: skip
    elif found.renewal == Contract.Renewal.OPTION and term is not None:
        days = {"until": day_words(term.notice_until()), "more": day_words(term.end_after(1)),
                "end": day_words(term.end_on)}  # fmt: skip
        said.append(_("Our option is in time until %(until)s: then it goes on until %(more)s. Without it, it ends on "
                      "%(end)s.") % days)  # fmt: skip
    elif found.renewal == Contract.Renewal.AUTO and term is not None:
        days = {"until": day_words(term.notice_until()), "more": day_words(term.end_after(1)),
                "end": day_words(term.end_on)}  # fmt: skip
        said.append(_("Notice is in time until %(until)s: then it ends on %(end)s. After that day it goes on until "
                      "%(more)s, and the notice ends it there.") % days)  # fmt: skip
    elif found.end_on:
        said.append(_("It does not go on after %(end)s. What was promised until then stands.")
                    % {"end": day_words(found.end_on)})  # fmt: skip
    if found.rests_on(today):
        said.append(_("It rests: its last day and the day for notice move on until it goes on."))
    return said


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_notice_arrived(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """A notice counts from the day it arrived, which is known now."""
    found, now = contract_of(request, pk), timezone.now()
    row = get_object_or_404(
        Notice.objects.visible_to(me(request)).select_related("contract"), pk=notice, contract=found
    )
    if row.counts_on is not None:
        messages.info(request, _("The day it arrived is known already."))
        return back(found)
    form = ArrivalForm(request.POST or None, initial={"received_on": local_date(now, found.zone)})
    if form.is_bound and form.is_valid():
        try:
            note_arrival(row, form.cleaned_data["received_on"], at=now, actor=Actor.user(me(request)))
        except REFUSALS as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            row.refresh_from_db()
            messages.success(request, _kept(row))
            return back(found)
    return form_page(request, form, found, title=_("When did the notice arrive?"), verb=_("Note it"), in_panel=True)


@require_safe
@needs("crm.view_contract")
def contract_notice_paper(request: HttpRequest, pk: int, notice: int) -> HttpResponseBase:
    """The paper of a notice."""
    rows = Notice.objects.visible_to(me(request)).filter(contract=pk, document__isnull=False).select_related("document")
    found = get_object_or_404(rows, pk=notice)
    assert found.document is not None
    return serve_file(request, found.document, disposition=Disposition.INLINE)
