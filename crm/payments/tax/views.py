"""The calculator: what would be withheld of an amount, and how that comes about."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.base.zones import local_date
from crm.payments.tax.forms import CalculatorForm
from crm.payments.tax.of_payee import reckon
from crm.payments.tax.page import Answer, answer_of, rules_shown
from crm.team.views.access import me, needs


@require_safe
@needs("crm.view_taxrule")
def tax_calculator(request: HttpRequest) -> HttpResponse:
    """Nothing is kept: the address says what was asked."""
    today = local_date(timezone.now(), me(request).zone)
    form = CalculatorForm(request.GET if "amount" in request.GET else None, today=today)
    answer, on = None, today
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        answer = _answer(form)
    context = {"form": form, "answer": answer, "rules": rules_shown(on), "on": on}
    return render(request, "crm/payments/tax/calculator.html", context, status=422 if form.errors else 200)


def _answer(form: CalculatorForm) -> Answer | None:
    try:
        return answer_of(reckon(form.payee(), **form.sums()))
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
        return None
