"""What happens to a right after it was signed: access is given, and it goes on at the price that was agreed."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.zones import local_date
from crm.contracts import rights
from crm.contracts.actions.words import right_in_words
from crm.contracts.doors import back, contract_of, form_page, say_refused
from crm.contracts.forms.rights import AccessForm
from crm.contracts.models import UsageRight
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_contract")
def right_access(request: HttpRequest, pk: int, right: int) -> HttpResponse:
    """She let us in: from that day its days are counted."""
    found, now = contract_of(request, pk), timezone.now()
    row = get_object_or_404(UsageRight, pk=right, contract=found)
    form = AccessForm(request.POST or None, right=row, today=local_date(now, found.zone))
    if form.is_bound and form.is_valid():
        given: tuple[dt.date, int | None] = (form.cleaned_data["on"], form.cleaned_data["days"])
        try:
            rights.grant_access(row, *given, at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Its days run from then on, and the clock knows their end."))
            return back(found, "rights")
    return form_page(request, form, found, title=_("Access given"), verb=_("Save"), in_panel=True)


@require_http_methods(FORM)
@needs("crm.change_contract")
def right_on(request: HttpRequest, pk: int, right: int) -> HttpResponse:
    """Use the option to go on; the page before says until when, and what it costs."""
    found, now = contract_of(request, pk), timezone.now()
    row = get_object_or_404(UsageRight, pk=right, contract=found)
    if request.method == "POST":
        try:
            until = parse_date(request.POST.get("until", ""))
        except ValueError:  # well formed, but no day of any calendar
            until = None
        try:
            done = rights.go_on(row, until or dt.date.min, at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            say_refused(request, refused)
        else:
            if done:
                messages.success(request, _("It goes on, and its price stands among what is given."))
            else:
                messages.info(request, _("Its last day has changed meanwhile. Look again before you extend it."))
        return back(found, "rights")
    context = {"contract": found, "right": row, "said": right_in_words(row), "until": rights.next_last_day(row),
               "refusal": "" if row.may_go_on else rights.NOT_AGREED}  # fmt: skip
    return render(request, "crm/contracts/right_on.html", context)
