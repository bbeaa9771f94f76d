"""Payees: the list, one of them, and the forms behind them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.text import one_line
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.payments.models import Payee
from crm.payments.payees import entering
from crm.payments.payees.forms import PayeeForm, WayForm
from crm.payments.payees.page import narrowed, payee_page, payee_rows, tabs_of
from crm.team.views.access import me, needs
from crm.timeline.edits import ChangedMeanwhile
from crm.timeline.record import Actor

PAGE = 40
FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("crm.view_payee")
def payees(request: HttpRequest) -> HttpResponse:
    """Everybody who is paid, and what is missing of each."""
    tab, words = request.GET.get("tab", ""), one_line(request.GET.get("q", ""))
    found = Payee.objects.visible_to(me(request))
    found = found.called(words) if words else found
    page = Paginator(narrowed(found, tab), PAGE).get_page(request.GET.get("page"))
    rows = payee_rows(Payee.objects.filter(pk__in=[payee.pk for payee in page.object_list]))
    context = {"page_obj": page, "rows": rows, "tabs": tabs_of(found, tab), "tab": tab, "words": words}
    return render(request, "crm/payments/payees/payees.html", context)


@require_safe
@needs("crm.view_payee")
def payee(request: HttpRequest, pk: int) -> HttpResponse:
    """One payee: whom it is for, the tax side, accounts and papers."""
    found, user = payee_of_request(request, pk), me(request)
    page = payee_page(found, user, local_date(timezone.now(), user.zone))
    return render(request, "crm/payments/payees/payee.html", {"payee": found, "page": page})


def payee_of_request(request: HttpRequest, pk: int) -> Payee:
    """The payee in the address, or 404."""
    return get_object_or_404(Payee.objects.visible_to(me(request)).select_related("contact"), pk=pk)


@require_http_methods(FORM)
@needs("crm.change_payee")
def payee_new(request: HttpRequest) -> HttpResponse:
    """Enter a payee; from a person's page, for her."""
    user, now = me(request), timezone.now()
    person = _asked_person(request)
    blank = entering.herself(person) if person else Payee()
    today = local_date(now, user.zone)
    form = PayeeForm(request.POST or None, instance=blank, person=person, today=today)
    if form.is_bound and form.is_valid():
        made = form.save(commit=False)
        made.tax_checked_at = now if form.cleaned_data["checked"] else None
        since_on = form.cleaned_data.get("since_on") or today
        if _done(form, lambda: entering.add_payee(made, person=person, on=since_on, at=now, actor=Actor.user(user))):
            messages.success(request, _("Saved. Enter the bank account next."))
            return redirect("payee", pk=made.pk)
    return form_page(request, form, title=_("New payee"), verb=_("Save"), person=person)


@require_http_methods(FORM)
@needs("crm.change_payee")
def payee_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands on the tax papers."""
    user, now = me(request), timezone.now()
    form = PayeeForm(
        request.POST or None, instance=payee_of_request(request, pk), today=local_date(now, user.zone)
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        changed = form.save(commit=False)
        said = {"seen": form.seen, "checked": form.cleaned_data["checked"], "at": now, "actor": Actor.user(user)}
        if _done(form, lambda: entering.change_payee(changed, **said)):
            messages.success(request, _("Saved."))
            return redirect("payee", pk=pk)
    return form_page(request, form, payee_of_request(request, pk), title=_("Change"), verb=_("Save"))


@require_POST
@needs("crm.change_payee")
def payee_checked(request: HttpRequest, pk: int) -> HttpResponse:
    """The number was looked up, and it is right."""
    entering.note_check(payee_of_request(request, pk), at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("Noted: the number was checked today."))
    return redirect("payee", pk=pk)


@require_POST
@needs("crm.change_payee")
def payee_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is paid there any more."""
    try:
        entering.archive(payee_of_request(request, pk), at=timezone.now(), actor=Actor.user(me(request)))
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Archived. What was paid there stays on record."))
    return redirect("payee", pk=pk)


@require_POST
@needs("crm.change_payee")
def payee_herself(request: HttpRequest, person: int) -> HttpResponse:
    """She is paid herself: one press on her page."""
    user, now = me(request), timezone.now()
    found = person_of(request, person)
    try:
        made = entering.add_payee(
            entering.herself(found), person=found, on=local_date(now, user.zone), at=now, actor=Actor.user(user)
        )
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("person", pk=found.pk)
    messages.success(request, _("She is paid herself. Enter her tax number and her bank account."))
    return redirect("payee", pk=made.pk)


@require_http_methods(FORM)
@needs("crm.change_payee")
def payee_way(request: HttpRequest, person: int) -> HttpResponse:
    """Her money goes to a payee that is here already."""
    user, now, found = me(request), timezone.now(), person_of(request, person)
    form = WayForm(request.POST or None, today=local_date(now, user.zone))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if _done(form, lambda: entering.pay_through(
            found, said["payee"], since_on=said["since_on"], at=now, actor=Actor.user(user)
        )):  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("payee", pk=said["payee"].pk)
    return form_page(request, form, title=_("Paid through"), verb=_("Save"), person=found)


def person_of(request: HttpRequest, pk: int) -> Influencer:
    return get_object_or_404(Influencer.objects.visible_to(me(request)), pk=pk)


def _asked_person(request: HttpRequest) -> Influencer | None:
    asked = request.GET.get("person", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    return Influencer.objects.visible_to(me(request)).filter(pk=int(asked)).first()


def _done(form: Any, do: Any) -> bool:
    """Do what the form says, or put the reason why not into it."""
    try:
        do()
    except ChangedMeanwhile as changed:
        form.show_change(changed)
        return False
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
        return False
    return True


def form_page(
    request: HttpRequest, form: Any, found: Payee | None = None, *, title: str, verb: str, lead: str = "",
    person: Influencer | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one form about a payee or a person."""
    context = {"form": form, "payee": found, "title": title, "verb": verb, "lead": lead, "person": person}
    status = 422 if form.is_bound else 200
    return render(request, "crm/payments/payees/form.html", context, status=status)
