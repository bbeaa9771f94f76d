"""Her page about her data: ask for it, ask to be forgotten, fetch the file with the code a colleague told her."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from crm.base.files import serve_file
from crm.influencers.models import Influencer
from crm.portal.visits import Visit, visiting
from crm.privacy.asking import Said, ask
from crm.privacy.models import PrivacyRequest
from crm.privacy.own.building import fetched
from crm.timeline.record import Actor

TRIES = 5
AN_HOUR = 3600


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


def may_try(asked: PrivacyRequest) -> bool:
    """Five tries an hour for one file, whoever tries."""
    key = f"privacy-code-{asked.pk}"
    return bool(cache.add(key, 1, AN_HOUR)) or cache.incr(key) <= TRIES


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
            if may_try(waiting) and constant_time_compare(code_of(waiting), form.cleaned_data["code"]):
                fetched(waiting, at=visit.asking.now, actor=_actor(visit))
                return serve_file(request, waiting.file)
            form.add_error("code", _("That is not the code. After five tries, wait an hour, or ask us for it again."))
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
