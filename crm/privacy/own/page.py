"""Her page about her data: ask for it, ask to be forgotten, fetch the file with the code a colleague told her."""

import datetime as dt
from contextlib import suppress
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from crm.base.files import serve_file
from crm.base.formats import minutes_until
from crm.influencers.models import Influencer
from crm.portal.visits import Visit, visiting
from crm.privacy.asking import Said, ask
from crm.privacy.models import PrivacyRequest
from crm.privacy.own.building import fetched
from crm.timeline.record import Actor

TRIES, WITHIN = 5, dt.timedelta(hours=1)


class CodeForm(forms.Form):
    """The six digits a colleague told her, not by the mail that brought her here."""

    code = forms.RegexField(
        r"^\d{6}$", label=gettext_lazy("Code of six digits"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


def code_of(asked: PrivacyRequest) -> str:
    """The digits for one file: of the server's key and the file, so that no table holds them."""
    made = salted_hmac("crm.privacy.file", f"{asked.pk}:{asked.file_id}", algorithm="sha256").digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06d}"


def closed_until(asked: PrivacyRequest, now: dt.datetime) -> dt.datetime | None:
    """Count one more try for a file, whoever tries: five an hour. When it opens again, once there were more."""
    key, seconds = f"privacy-code-{asked.pk}", int(WITHIN.total_seconds())
    opens: dt.datetime = cache.get_or_set(f"{key}-opens", now + WITHIN, seconds) or now + WITHIN
    try:
        is_open = cache.add(key, 1, seconds) or cache.incr(key) <= TRIES
    except ValueError:  # it ran out between the two
        is_open = True
    return None if is_open else opens


def why_not(asked: PrivacyRequest, typed: str, now: dt.datetime) -> str:
    """What to say instead of the file; empty for the right code."""
    if closed := closed_until(asked, now):
        minutes = minutes_until(closed, now)
        said = ngettext(
            "That were five tries. Try again in %(minutes)s minute, or ask us for the code again.",
            "That were five tries. Try again in %(minutes)s minutes, or ask us for the code again.",
            minutes,
        )
        return said % {"minutes": minutes}
    if constant_time_compare(code_of(asked), typed):
        return ""
    return _("That is not the code. After five tries, wait an hour, or ask us for it again.")


@csrf_protect
@visiting
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest, visit: Visit, person: int) -> Any:
    """What she asked and where it stands. Whoever acts for her finds nothing here."""
    if visit.asking.powers is not None or person != visit.asking.influencer_id:
        return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
    asked = list(PrivacyRequest.objects.of_person(person).select_related("file").order_by("-asked_at", "-pk")[:10])
    waiting = next((one for one in asked if one.may_be_fetched(visit.asking.now)), None)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        if not form.is_bound:
            return _ask(request, visit, person)
        if form.is_valid() and waiting is not None and waiting.file is not None:
            refused = why_not(waiting, form.cleaned_data["code"], visit.asking.now)
            if not refused:
                fetched(waiting, at=visit.asking.now, actor=_actor(visit))
                return serve_file(request, waiting.file)
            form.add_error("code", refused)
    context = {"visit": visit, "frame": visit.frame, "asked": asked, "waiting": waiting, "form": form}
    return render(request, "crm/privacy/own/page.html", context, status=422 if form.is_bound else 200)


def _ask(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Her request is written down; asked twice it is one."""
    kind = request.POST.get("kind", "")
    if kind in PrivacyRequest.Kind.values:
        said = Said(kind, visit.asking.now, words=request.POST.get("words", "")[:4000])
        with suppress(ValidationError):  # she has asked already, and the page says so
            ask(Influencer.objects.get(pk=person), said, at=visit.asking.now, actor=_actor(visit))
    return redirect("portal-data", pk=visit.session.pk, person=person)


def _actor(visit: Visit) -> Actor:
    return Actor.contact(visit.link.contact)
