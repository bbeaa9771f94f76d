"""Saying yes, changes or no, and taking a version back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.approvals.deciding.actions import decide, withdraw
from campaigns.approvals.deciding.forms import DecisionForm, WithdrawForm
from campaigns.approvals.deciding.policies import policy_of
from campaigns.approvals.deciding.queries import waiting_for
from campaigns.approvals.deciding.refusals import NewerVersion, NotYourTurn
from campaigns.approvals.models import ContentVersion, Review
from campaigns.planning.models.steps import ApprovalHeld
from campaigns.planning.views.doors import actor_of, colleague, may, refuse
from crm.timeline.transitions import TransitionRefused

works = may("campaigns.review")


def find_review(request: HttpRequest, pk: int) -> Review:
    """The review of a version this colleague may see, or 404."""
    found: Review = get_object_or_404(Review.objects.visible_to(colleague(request)).with_card(), version=pk)
    return found


def page_url(review: Review) -> str:
    return reverse("review", args=[review.version_id])


@works
@require_POST
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One word about a version. What still lacks something is asked for on a page of its own, with all that was typed."""
    review, user = find_review(request, pk), colleague(request)
    goes_on = user.has_perm("campaigns.approve_anyway")
    policy = policy_of(review.version.deliverable.collaboration.campaign)
    form = DecisionForm(request.POST, review=review, policy=policy, may_go_on=goes_on)
    if not form.is_valid() or not form.cleaned_data["verdict"]:
        return asked_again(request, review, form, _("Say what you decide, and check what is marked."))
    if form.cleaned_data["because"] and not goes_on:
        raise PermissionDenied
    verdict = form.cleaned_data["verdict"]
    try:
        decide(review, user, verdict, **form.said(), at=timezone.now(), actor=actor_of(request))
    except (NewerVersion, NotYourTurn) as refused:
        return refuse(request, refused, newest_url(review))
    except TransitionRefused as refused:
        return asked_again(request, review, form, str(refused), lacks_reason=isinstance(refused, ApprovalHeld))
    messages.success(request, told(review, verdict))
    return redirect(next_url(request))


def asked_again(
    request: HttpRequest, review: Review, form: DecisionForm, why: str, *, lacks_reason: bool = False
) -> HttpResponse:
    """The same words, with what is missing."""
    context = {
        "form": form,
        "review": review,
        "why": why,
        "back": page_url(review),
        "verdict": form.data.get("verdict", ""),
        "needs_manager": lacks_reason and not colleague(request).has_perm("campaigns.approve_anyway"),
    }
    return render(request, "campaigns/approvals/deciding/asked_again.html", context, status=422)


def told(review: Review, verdict: str) -> str:
    name = review.version.deliverable.collaboration.influencer
    if verdict == "changes":
        return _("Noted. %(name)s gets everything at once.") % {"name": name}
    if verdict == "reject":
        return _("Noted. %(name)s reads why.") % {"name": name}
    if review.status == Review.Status.APPROVED:
        return _("Approved. %(name)s can go on.") % {"name": name}
    return _("Noted. It waits for who says yes next.")


def next_url(request: HttpRequest) -> str:
    """The next version that waits for this colleague, else the queue."""
    following = waiting_for(colleague(request), timezone.now()).values_list("version_id", flat=True).first()
    return reverse("review", args=[following]) if following else reverse("reviews")


def newest_url(review: Review) -> str:
    """The newest version of the same thing."""
    same = ContentVersion.objects.filter(deliverable=review.version.deliverable_id, stage=review.version.stage)
    return reverse("review", args=[same.newest_first().values_list("pk", flat=True)[0]])


@works
@require_http_methods(["GET", "HEAD", "POST"])
def review_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A version is taken back, with why."""
    review = find_review(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            withdraw(review, form.cleaned_data["why"], at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, page_url(review))
        messages.success(request, _("Taken back. A new version is expected."))
        return redirect(page_url(review))
    context: dict[str, Any] = {"form": form, "review": review, "back": page_url(review)}
    return render(request, "campaigns/approvals/deciding/withdraw.html", context, status=422 if form.is_bound else 200)
