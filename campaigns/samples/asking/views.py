"""Pages of what is asked for: one request, asking for one, and what becomes of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.views.doors import actor_of, colleague, find_collaboration, refuse
from campaigns.samples.asking.actions import approve, ask_for, call_off, decline
from campaigns.samples.asking.bought import hand_over, pay_back
from campaigns.samples.asking.doors import decides, find_sample, looks, works
from campaigns.samples.asking.drift import PayForm, make_pay, pay_lines
from campaigns.samples.asking.forms import ALONE, FOR_MANY, AskForm, BrandForm, DayForm, PaidBackForm, WhyForm
from campaigns.samples.asking.page import page_of
from campaigns.samples.models import SampleRequest
from crm.base.zones import local_date
from crm.brands.models import Brand, Product
from crm.influencers.models import Influencer
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


@looks
@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """What she gets and why, where it is, what is to be done next."""
    found = find_sample(request, pk)
    page = page_of(found, colleague(request), timezone.now())
    return render(request, "campaigns/samples/sample.html", {"sample": found, "page": page})


@works
@require_http_methods(FORM)
def sample_new(request: HttpRequest, pk: int) -> HttpResponse:
    """What do we send for this collaboration?"""
    card, now = find_collaboration(request, pk), timezone.now()
    work = list(card.deliverables.post_open().select_related("format__platform").order_by("post_due_on", "pk"))
    named = list(card.campaign.products.filter(archived_at__isnull=True).order_by("name"))
    products = named or _offered(card.campaign.brand)
    form = AskForm(
        request.POST or None, products=products, today=local_date(now, card.campaign.zone), codes=FOR_MANY, work=work
    )
    back = reverse("collaboration", args=[pk])
    whose = {"person": card.influencer, "brand": card.campaign.brand, "card": card, "owner": card.campaign.owner}
    return _asked(request, form, products, whose, back, now)


@works
@require_http_methods(FORM)
def sample_gift(request: HttpRequest, pk: int) -> HttpResponse:
    """What do we send to somebody without a campaign? First which brand, unless there is only one."""
    user, now = colleague(request), timezone.now()
    person = get_object_or_404(Influencer, pk=pk)
    brands = Brand.objects.visible_to(user).running().order_by("name")
    chosen = BrandForm({"brand": request.GET["brand"]} if "brand" in request.GET else None, brands=brands)
    back = reverse("person", args=[pk])
    if not (chosen.is_bound and chosen.is_valid()):
        context = {"form": chosen, "title": _("Which brand sends it?"), "person": person, "back": back, "is_get": True}
        return render(request, "campaigns/samples/form.html", context, status=422 if chosen.is_bound else 200)
    brand = chosen.cleaned_data["brand"]
    products = _offered(brand)
    form = AskForm(request.POST or None, products=products, today=local_date(now, brand.zone), codes=ALONE)
    return _asked(request, form, products, {"person": person, "brand": brand, "owner": user}, back, now)


def _offered(brand: Brand) -> list[Product]:
    return list(brand.products.offered().order_by("name"))


def _asked(
    request: HttpRequest, form: AskForm, products: Sequence[Product], whose: dict[str, Any], back: str, now: dt.datetime
) -> HttpResponse:
    """Write it down and show its page; or the form again with what was typed."""
    if form.is_bound and form.is_valid():
        try:
            made = ask_for(lines=form.wanted(), at=now, actor=actor_of(request), **whose, **form.details())
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Noted. Her address is asked for when it is needed."))
            return redirect("sample", pk=made.pk)
    context = {
        "form": form,
        "title": _("What do we send?"),
        "person": whose["person"],
        "brand": whose["brand"],
        "back": back,
        "is_empty": not products,
        "is_laid": True,
    }
    return render(request, "campaigns/samples/form.html", context, status=422 if form.is_bound else 200)


@decides
@require_POST
def sample_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, it may be sent."""
    return _done(request, find_sample(request, pk), approve, _("Approved. Her address is asked for now."))


@decides
@require_http_methods(FORM)
def sample_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """No, with a reason."""
    return _with_form(
        request, pk, WhyForm(request.POST or None), _("Do not send it"), _("Declined. Nothing waits for it any more."),
        lambda found, data, how: decline(found, data["why"], **how), danger=True,
    )  # fmt: skip


@works
@require_http_methods(FORM)
def sample_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not sent after all."""
    return _with_form(
        request, pk, WhyForm(request.POST or None), _("Cancel it"), _("Cancelled. Nothing waits for it any more."),
        lambda found, data, how: call_off(found, data["why"], **how), danger=True,
    )  # fmt: skip


@works
@require_http_methods(FORM)
def sample_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """It was handed over: on which day."""
    form = DayForm(request.POST or None, today=timezone.localdate())
    return _with_form(
        request, pk, form, _("Handed over"), _("Noted: she has it."),
        lambda found, data, how: hand_over(found, data["day"], **how),
    )  # fmt: skip


@works
@require_http_methods(FORM)
def sample_paid_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What she paid was paid back."""
    return _with_form(
        request, pk, PaidBackForm(request.POST or None), _("Paid back"), _("Noted: it is paid back."),
        lambda found, data, how: pay_back(found, data["note"], **how),
    )  # fmt: skip


@works
@require_http_methods(FORM)
def sample_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """A gift becomes part of the pay: only with a line of a signed contract of hers."""
    lines = pay_lines(find_sample(request, pk))
    return _with_form(
        request, pk, PayForm(request.POST or None, lines=lines), _("Make it part of the pay"),
        _("It is part of the pay from today."),
        lambda found, data, how: make_pay(found, data["line"], **how),
    )  # fmt: skip


Step = Callable[[SampleRequest, dict[str, Any], dict[str, Any]], Any]


def _with_form(
    request: HttpRequest, pk: int, form: forms.Form, title: str, said: str, step: Step, *, danger: bool = False
) -> HttpResponse:
    """One short form about a request, and what it does."""
    found = find_sample(request, pk)
    if form.is_bound and form.is_valid():
        return _done(request, found, lambda row, **how: step(row, form.cleaned_data, how), said)
    context = {
        "form": form,
        "title": title,
        "sample": found,
        "person": found.influencer,
        "back": reverse("sample", args=[pk]),
        "danger": danger,
    }
    return render(request, "campaigns/samples/form.html", context, status=422 if form.is_bound else 200)


def _done(request: HttpRequest, found: SampleRequest, step: Callable[..., Any], said: str) -> HttpResponse:
    here = reverse("sample", args=[found.pk])
    try:
        step(found, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here)
    messages.success(request, said)
    return redirect(here)
