"""What an ambassador is given beside money, and on which tier she stands."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.ambassadors.doors import deal_of
from crm.ambassadors.pay.forms import PerkForm, TierForm, UseForm
from crm.ambassadors.pay.perks import give_perk, use_perk
from crm.ambassadors.pay.selling_page import perks_page
from crm.ambassadors.pay.tiers import put_on_tier
from crm.ambassadors.pay.views import FORM, form_page, tabs_of, to_page
from crm.base.zones import local_date
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

PERKS = "ambassador-perks"


@require_safe
@needs("crm.view_ambassadordeal")
def perks(request: HttpRequest, pk: int) -> HttpResponse:
    """What she was given, what of it is used, and how far the next tier is."""
    deal, user = deal_of(request, pk), me(request)
    context = {"deal": deal, "page": perks_page(deal), "tabs": tabs_of(deal, user, "perks")}
    return render(request, "crm/ambassadors/pay/perks.html", context)


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def perk(request: HttpRequest, pk: int) -> HttpResponse:
    """Give something by hand."""
    deal, now = deal_of(request, pk), timezone.now()
    form = PerkForm(request.POST or None, deal=deal, today=local_date(now, deal.contract.zone))
    if form.is_bound and form.is_valid():
        give_perk(form.save(commit=False), at=now, actor=Actor.user(me(request)))
        messages.success(request, _("The perk is noted."))
        return to_page(PERKS, deal)
    return form_page(request, form, deal, title=_("Give a perk"), verb=_("Give it"), back=PERKS)


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def perk_used(request: HttpRequest, pk: int, perk: int) -> HttpResponse:
    """She used a part of a perk, or all of it."""
    deal, now = deal_of(request, pk), timezone.now()
    grant = get_object_or_404(deal.perks, pk=perk)
    form = UseForm(request.POST or None, grant=grant, today=local_date(now, deal.contract.zone))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            use_perk(grant, said.get("part"), on=said["on"], at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error("part" if "part" in form.fields else None, refused.messages)
        else:
            messages.success(request, _("Saved."))
            return to_page(PERKS, deal)
    title = _("Used: %(perk)s") % {"perk": grant.label}
    return form_page(request, form, deal, title=title, verb=_("Note it"), back=PERKS)


@require_http_methods(FORM)
@needs("crm.decide_ambassadordeal")
def tier(request: HttpRequest, pk: int) -> HttpResponse:
    """Put her on another tier."""
    deal, now = deal_of(request, pk), timezone.now()
    form = TierForm(request.POST or None, deal=deal)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            put_on_tier(deal, said["tier"], said["why"], at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Saved."))
            return to_page(PERKS, deal)
    lead = _("Perks come at once, commission counts from tomorrow's orders, the quota from the next period.")
    return form_page(request, form, deal, title=_("Another tier"), verb=_("Put her there"), back=PERKS, lead=lead)
