"""How content is approved: the house's way, what brands and campaigns do otherwise, and changing either."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.approvals.deciding.policies import Policy, plainly
from campaigns.approvals.deciding.policy_actions import (
    Place,
    colleagues,
    differences,
    drop_policy,
    guests_of,
    newcomer,
    save_policy,
    words_of,
)
from campaigns.approvals.deciding.policy_forms import NUMBERS, PolicyForm
from campaigns.approvals.models import ApprovalPolicy
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may
from crm.brands.models import Brand

looks = may("campaigns.view_review")
sets = may("campaigns.change_policy")
keeps = may("crm.change_settings")


@dataclass(frozen=True)
class Line:
    """One brand or campaign with a way of its own."""

    whose: Any
    url: str
    who: str
    differs: str


@looks
@require_safe
def approval_policies(request: HttpRequest) -> HttpResponse:
    """The house's way, and who does it otherwise."""
    user = colleague(request)
    seen = ApprovalPolicy.objects.visible_to(user).select_related("brand", "campaign__brand")
    rows = list(seen.prefetch_related("stages__people", "stages__guests"))
    plain = {row.pk: plainly(row) for row in rows}
    house = next((plain[row.pk] for row in rows if not row.brand_id and not row.campaign_id), Policy())
    of_brand = {row.brand_id: plain[row.pk] for row in rows if row.brand_id}
    lines = [line_of(row, plain[row.pk], of_brand, house) for row in rows if row.brand_id or row.campaign_id]
    brands = Brand.objects.visible_to(user).running().exclude(pk__in=of_brand).order_by("name")
    context = {"house": house, "who": words_of(house), "lines": lines, "brands": brands}
    return render(request, "campaigns/approvals/deciding/policies.html", context)


def line_of(row: ApprovalPolicy, policy: Policy, of_brand: dict[int, Policy], house: Policy) -> Line:
    if row.campaign is not None:
        url = reverse("campaign-approvals", args=[row.campaign_id])
        return Line(row.campaign, url, words_of(policy), told(policy, of_brand.get(row.campaign.brand_id, house)))
    return Line(row.brand, reverse("brand-approvals", args=[row.brand_id]), words_of(policy), told(policy, house))


def told(policy: Policy, above: Policy) -> str:
    """In how many things it differs from what stands above."""
    number = differences(policy, above)
    if not number:
        return _("As above")
    return ngettext("Differs in %(n)d thing", "Differs in %(n)d things", number) % {"n": number}


@keeps
@require_http_methods(["GET", "HEAD", "POST"])
def house_approvals(request: HttpRequest) -> HttpResponse:
    """The house's way, which counts for every brand: for those who keep its settings."""
    return policy_page(request, Place(), reverse("approval-policies"))


@sets
@require_http_methods(["GET", "HEAD", "POST"])
def brand_approvals(request: HttpRequest, pk: int) -> HttpResponse:
    """A brand's way."""
    brand = get_object_or_404(Brand.objects.visible_to(colleague(request)), pk=pk)
    return policy_page(request, Place(brand=brand), reverse("approval-policies"))


@sets
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_approvals(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign's way."""
    campaign = find_campaign(request, pk)
    return policy_page(request, Place(campaign=campaign), reverse("campaign", args=[pk]))


def policy_page(request: HttpRequest, place: Place, back: str) -> HttpResponse:
    """The form, with what counts today in it; "as above" takes a way of its own back."""
    if request.method == "POST" and "above" in request.POST:
        drop_policy(place, at=timezone.now(), actor=actor_of(request))
        messages.success(request, _("It is approved as above again."))
        return redirect(back)
    policy, row = place.counts(), place.row()
    form = PolicyForm(
        request.POST or None, instance=row, policy=policy, colleagues=colleagues(), guests=guests_of(place, policy)
    )
    if request.method == "POST" and form.is_valid():
        save(request, place, form)
        messages.success(request, _("Saved. It counts for what is handed in from now on."))
        return redirect(back)
    is_house = place.campaign is None and place.brand is None
    context = {
        "form": form,
        "whose": place.whose,
        "campaign": place.campaign,
        "differs": "" if is_house else told(policy, place.above()),
        "has_own": row is not None and not is_house,
        "back": back,
    }
    return render(request, "campaigns/approvals/deciding/policy.html", context, status=422 if form.is_bound else 200)


def save(request: HttpRequest, place: Place, form: PolicyForm) -> None:
    values = {name: form.cleaned_data[name] for name in NUMBERS}
    somebody = newcomer(form.newcomer(), colleague(request).language)
    save_policy(place, values, form.stages(somebody), at=timezone.now(), actor=actor_of(request))
