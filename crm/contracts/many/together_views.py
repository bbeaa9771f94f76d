"""One step for the contracts that are ticked: asked once with their sums, then a result for each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.contracts.forms.signing import CountersignForm
from crm.contracts.listing import contract_rows
from crm.contracts.many.together import MOST, STEPS, Together, take
from crm.contracts.models import Contract
from crm.contracts.worth import worth_of
from crm.team.views.access import me, needs


@require_POST
@needs("crm.view_contract")
def together(request: HttpRequest) -> HttpResponse:
    """Ask once for all of them; then take the step for each and say what came of it."""
    user, now = me(request), timezone.now()
    step = STEPS.get(request.POST.get("action", ""))
    if step is None:
        messages.error(request, _("This action does not exist. Choose one from the bar below the list."))
        return redirect("contracts")
    if not user.has_perm(step.permission):
        raise PermissionDenied
    found = _chosen(request)
    if not found or len(found) > MOST:
        messages.error(request, _why_not(len(found)))
        return redirect("contracts")
    form = CountersignForm(request.POST if "sure" in request.POST else None, initial={"name": user.name})
    if "sure" not in request.POST or (step.asks_name and not form.is_valid()):
        return _ask(request, step, found, form)
    name = form.cleaned_data["name"] if step.asks_name else ""
    outcomes = take(step, found, user, name, now)
    return render(request, "crm/contracts/many_together_done.html", {"step": step, "outcomes": outcomes})


def _chosen(request: HttpRequest) -> list[Contract]:
    ids = [int(text) for text in request.POST.getlist("ids")[: MOST + 1] if text.isascii() and text.isdigit()]
    rows = Contract.objects.visible_to(me(request)).with_terms().filter(pk__among=[pk for pk in ids if pk < 10**18])
    return list(rows.order_by("pk"))


def _why_not(count: int) -> str:
    if not count:
        return _("No contract was chosen. Tick those you mean first.")
    return _("At most %(most)d contracts at once. Do it in parts.") % {"most": MOST}


def _ask(request: HttpRequest, step: Together, found: list[Contract], form: Any) -> HttpResponse:
    sums = worth_of([line for contract in found for line in contract.lines.all()])
    context = {
        "step": step, "wanted": request.POST["action"], "rows": contract_rows(found, timezone.now()), "sums": sums,
        "form": form if step.asks_name else None,
    }  # fmt: skip
    status = 422 if form.is_bound and step.asks_name else 200
    return render(request, "crm/contracts/many_together.html", context, status=status)
