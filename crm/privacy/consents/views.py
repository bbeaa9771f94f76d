"""Who agreed to what, and the proof of one contact as a table to take along."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.csv_out import csv_response
from crm.base.text import one_line
from crm.outbox.models import Contact
from crm.preferences.models import Consent
from crm.privacy.consents.queries import PROOF, find, minors_nobody_agreed_for, proof_of
from crm.privacy.consents.stopping import stopped, task_of
from crm.privacy.tabs import tabs_for
from crm.team.views.access import me, needs


class DoneForm(forms.Form):
    """What was done once she took it back."""

    done = forms.CharField(
        label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: numbers and notes deleted, taken off the shortlist, the agency told."),
    )  # fmt: skip


@require_safe
@needs("crm.view_privacy")
def consents(request: HttpRequest) -> HttpResponse:
    asked = {name: one_line(request.GET.get(name, "")) for name in ("purpose", "part", "q")}
    context = {
        "found": find(me(request), asked, request.GET.get("page", "")),
        "minors": minors_nobody_agreed_for(timezone.now()),
        "tabs": tabs_for(me(request), "privacy-consents"),
    }
    return render(request, "crm/privacy/consents.html", context)


@require_safe
@needs("crm.view_privacy")
def consent_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every yes and no of one contact with words, version, moment, channel and evidence."""
    contact = get_object_or_404(Contact.objects.visible_to(me(request)).partners(), pk=pk)
    header = [str(name) for name in PROOF]
    return csv_response(f"consents-{contact.pk}.csv", header, proof_of(contact), zone=me(request).zone)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.record_consent")
def consent_stopped(request: HttpRequest, pk: int) -> HttpResponse:
    """The task of the 72 hours: nothing is done with that data any more, and this is what was done."""
    consent = get_object_or_404(
        Consent.objects.visible_to(me(request)).filter(withdrawn_at__isnull=False).select_related("contact"), pk=pk
    )
    form = DoneForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if stopped(consent, form.cleaned_data["done"], by=me(request), at=timezone.now()):
            messages.success(request, gettext("It is on record."))
        else:
            messages.info(request, gettext("Somebody has settled this already."))
        return redirect("contact-silence", pk=consent.contact_id)
    context = {"form": form, "consent": consent, "task": task_of(consent)}
    return render(request, "crm/privacy/stopped.html", context, status=422 if form.is_bound else 200)
