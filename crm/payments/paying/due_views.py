"""What is due, and letting it go: shown with its tax first, released only as it was shown."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from djmoney.money import Money

from crm.base.zones import local_date
from crm.payments.models import LedgerLine, Payment
from crm.payments.paying.actions import release
from crm.payments.paying.doors import FORM, chosen_ids, parts
from crm.payments.paying.forms import ReleaseForm
from crm.payments.paying.gate import Gate, gate_of
from crm.payments.paying.listing import DueFilter, due_groups
from crm.payments.paying.plan import Plan, Wanted, plan_of
from crm.payments.queries import still_free
from crm.payments.tax.steps import read_steps
from crm.team.models import User
from crm.team.views.access import me, needs

PAGE = 60


@require_safe
@needs("crm.view_payment")
def payments(request: HttpRequest) -> HttpResponse:
    """Everything that is due and not on the way yet, by payee."""
    user = me(request)
    today = local_date(timezone.now(), user.zone)
    asked = DueFilter.read(request.GET.dict(), user, today)
    found = asked.found(LedgerLine.objects.visible_to(user))
    page = Paginator(asked.of_tab(found), PAGE).get_page(request.GET.get("page"))
    actions = [{"value": "release", "label": _("Release the chosen ones"), "icon": "send"}]
    context = {
        "asked": asked, "page_obj": page, "groups": due_groups(list(page.object_list), today), "tabs": asked.tabs(found),
        "chips": asked.chips(), "parts": parts("due"), "shown": len(page.object_list),
        "actions": actions if user.has_perm("crm.release_payment") else [],
    }  # fmt: skip
    return render(request, "crm/payments/paying/due.html", context)


@dataclass(frozen=True)
class Shown:
    """One transfer as it would leave, or why it cannot."""

    lines: Sequence[LedgerLine]
    boxes: Sequence[Any]
    gate: Gate
    plan: Plan | None = None
    refused: Sequence[str] = ()

    @property
    def first(self) -> LedgerLine:
        return self.lines[0]

    @property
    def steps(self) -> Sequence[Any]:
        return read_steps(self.plan.reckoned.steps) if self.plan else []

    @property
    def taken_off(self) -> Sequence[Any]:
        return [share for share in self.plan.shares if share.amount < 0] if self.plan else []


@require_http_methods(FORM)
@needs("crm.release_payment")
def payment_release(request: HttpRequest) -> HttpResponse:
    """What will be sent to whom, with the tax of each; then, once more pressed, it is released."""
    user, now = me(request), timezone.now()
    today = local_date(now, user.zone)
    asked = chosen_ids((request.POST if request.method == "POST" else request.GET).getlist("ids"))
    lines = list(_chosen(user, asked))
    if not lines:
        messages.info(request, _("Nothing of what you chose is open any more."))
        return redirect("payments")
    form = ReleaseForm(request.POST or None, lines=lines, free={one.pk: one.free for one in lines}, today=today)
    shown, status = [], 200
    if form.is_bound and not form.is_valid():
        status = 422
    wanted = form.wanted if form.is_bound and form.is_valid() else dict.fromkeys(lines)
    pay_on = form.cleaned_data["pay_on"] if form.is_bound and form.is_valid() else today
    shown = _shown(form, wanted, pay_on)
    seen = _fingerprint(shown, pay_on)
    if "sure" in request.POST and status == 200:
        if request.POST.get("seen") == seen and not any(one.refused for one in shown):
            made = _released(request, form, shown, wanted, pay_on, now)
            if made is not None:
                return _done(request, made)
        else:
            form.add_error(None, _("Something has changed since you looked. Look at it once more."))
        status = 422
    context = {
        "form": form,
        "shown": shown,
        "seen": seen,
        "parts": parts("due"),
        "total": _totals(shown),
        "pay_on": pay_on,
    }
    return render(request, "crm/payments/paying/release.html", context, status=status)


def _chosen(user: User, asked: Sequence[int]) -> Any:
    """The lines that were ticked, as far as she may see them, are owed to somebody and still open."""
    rows = still_free(LedgerLine.objects.visible_to(user).owed_to_her().filter(pk__in=asked))
    return rows.select_related("influencer", "brand", "contract").order_by(
        "influencer__stage_name", "brand__name", "pk"
    )


def _shown(form: ReleaseForm, wanted: Wanted, pay_on: dt.date) -> list[Shown]:
    """One transfer for each payee, person, brand and currency, in the order of the lines."""
    gates, groups = gate_of(list(wanted), pay_on), dict[tuple[Any, ...], list[LedgerLine]]()
    for line in wanted:
        payee = gates[line.pk].payee
        key = (payee.pk if payee else None, line.influencer_id, line.brand_id, str(line.amount.currency))
        groups.setdefault(key, []).append(line)
    shown: list[Shown] = []
    for lines in groups.values():
        earlier = [one.plan for one in shown if one.plan]
        shown.append(_one(form, lines, wanted, pay_on, gates[lines[0].pk], earlier))
    return shown


def _one(
    form: ReleaseForm,
    lines: Sequence[LedgerLine],
    wanted: Wanted,
    pay_on: dt.date,
    gate: Gate,
    earlier: Sequence[Plan],
) -> Shown:
    boxes = [(line, form[f"part_{line.pk}"]) for line in lines]
    try:
        plan = plan_of({line: wanted[line] for line in lines}, pay_on=pay_on, earlier=earlier)
    except ValidationError as refused:
        return Shown(lines, boxes, gate, refused=refused.messages)
    return Shown(lines, boxes, gate, plan)


def _fingerprint(shown: Sequence[Shown], pay_on: dt.date) -> str:
    """What was looked at: whoever releases sends it along, and what has changed meanwhile is shown again."""
    said = [
        (one.plan.payee.pk, one.plan.account.pk, [(share.line.pk, str(share.amount)) for share in one.plan.shares],
         str(one.plan.reckoned.net), str(one.plan.reckoned.tax))
        for one in shown if one.plan
    ]  # fmt: skip
    return hashlib.sha256(repr((said, pay_on)).encode()).hexdigest()[:32]


def _released(
    request: HttpRequest, form: ReleaseForm, shown: Sequence[Shown], wanted: Wanted, pay_on: dt.date, now: dt.datetime
) -> list[Payment] | None:
    """All of them or none."""
    try:
        with transaction.atomic():
            return [
                release({line: wanted[line] for line in one.lines}, pay_on=pay_on, at=now, user=me(request))
                for one in shown
            ]
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _done(request: HttpRequest, made: Sequence[Payment]) -> HttpResponse:
    said = ngettext("%(count)s payment is released.", "%(count)s payments are released.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect("payment", pk=made[0].pk) if len(made) == 1 else redirect("payments-made")


def _totals(shown: Sequence[Shown]) -> list[Money]:
    found: dict[str, Any] = {}
    for one in shown:
        if one.plan:
            found[one.plan.currency] = found.get(one.plan.currency, 0) + one.plan.reckoned.net
    return [Money(amount, currency) for currency, amount in found.items()]
