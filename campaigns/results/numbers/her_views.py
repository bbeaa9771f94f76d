"""Her own page for the numbers of one post: several pictures, or the counts, or both."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from campaigns.results.numbers.boxes import order_for
from campaigns.results.numbers.her_forms import HerNumbersForm
from campaigns.results.numbers.hers import her_post, say_numbers
from campaigns.results.numbers.waiting import HEADS, due_at
from crm.base.files import keep
from crm.portal.views import acting_label
from crm.portal.visits import Visit, visiting
from crm.timeline.record import Actor


@csrf_protect
@visiting
@require_http_methods(["GET", "HEAD", "POST"])
def her_numbers(request: HttpRequest, visit: Visit, post: int) -> HttpResponse:
    """Only for what is hers and still asked for; anything else looks as if it were not there."""
    found = her_post(visit.asking, post)
    if found is None:
        return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
    row, mark = found
    order = order_for(row.platform.code)
    form = HerNumbersForm(order=order)
    if request.method == "POST":
        form = HerNumbersForm(request.POST, request.FILES, order=order)
        if form.is_valid() and _is_kept(visit, row, form):
            return redirect(f"{reverse('portal-page', args=[visit.session.pk])}?thanks=numbers.numbers")
    context = {
        "visit": visit, "frame": visit.frame, "post": row, "form": form, "mark": HEADS[mark], "due_at": due_at(row, mark),
    }  # fmt: skip
    return render(request, "campaigns/results/numbers/her.html", context, status=422 if form.is_bound else 200)


def _is_kept(visit: Visit, post: Any, form: HerNumbersForm) -> bool:
    actor = Actor.contact(visit.link.contact, label=acting_label(visit))
    try:
        with transaction.atomic():
            files = [keep(one, by=actor.label) for one in form.cleaned_data["pictures"]]
            say_numbers(post, form.counted(), files, at=visit.asking.now, actor=actor)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
