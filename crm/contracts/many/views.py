"""Contracts for many: what they share, everybody with her fee and findings, then a result for each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.contracts.many import pages, work
from crm.contracts.many.forms import ManyForm
from crm.contracts.many.terms import ACTION, Terms
from crm.contracts.many.together import MOST as MOST_TOGETHER
from crm.exclusivity.forms import ClauseForm
from crm.exclusivity.models import Clause
from crm.influencers.bulk_runs import actions
from crm.influencers.bulk_runs.views import go
from crm.influencers.models import BulkRun
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.run_pages import bar, in_time, take_step

FORM = ["GET", "HEAD", "POST"]
VERB = "crm.add_contract"
UNTYPED = ("csrfmiddlewaretoken",)


@require_http_methods(FORM)
@needs(VERB)
def many_new(request: HttpRequest) -> HttpResponse:
    """What is the same for all of them; nothing is written yet."""
    form = _form(request, request.POST or None, initial=_before(request))
    if not (form.is_bound and form.is_valid()):
        return _ask(request, form)
    typed = {name: value for name, value in request.POST.items() if name not in UNTYPED}
    run = work.begin(form.terms(), form.sentences(), form.people, typed, user=me(request), now=timezone.now())
    return redirect("contract-many-run", run.pk)


def many_for_chosen(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponse:
    """The first page, with the people ticked in the list of people."""
    ids = list(chosen.present().order_by("pk").values_list("pk", flat=True)[:1_001])
    return _ask(request, _form(request, None, initial={"chosen": ",".join(map(str, ids))}))


def _form(request: HttpRequest, data: Any, initial: dict[str, Any]) -> ManyForm:
    user, house = me(request), Organisation.load()
    today = local_date(timezone.now(), user.zone)
    return ManyForm(data, initial=initial, user=user, today=today, zone=house.zone, currency=house.currency)


def _before(request: HttpRequest) -> dict[str, Any]:
    """What was typed for a run that is to be changed."""
    number = request.GET.get("run", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return {}
    typed = _run(request, int(number)).data["form"]
    return {**typed, "amount": [typed.get("amount_0", ""), typed.get("amount_1", "")]}


def _ask(request: HttpRequest, form: ManyForm) -> HttpResponse:
    context = {"form": form, "chosen": form.chosen_people}
    return render(request, "crm/contracts/many_new.html", context, status=422 if form.is_bound else 200)


def _run(request: HttpRequest, pk: int) -> BulkRun:
    """A run of contracts, as far as this colleague works for its brand."""
    user = me(request)
    runs = BulkRun.objects.visible_to(user).filter(action=ACTION).select_related("started_by")
    found = get_object_or_404(runs, pk=pk)
    if not Brand.objects.visible_to(user).filter(pk=Terms.of(found).brand).exists():
        raise Http404
    return found


@require_http_methods(FORM)
@needs(VERB)
def many_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with her fee and what stands against it; then how far it is; then what came of each."""
    found = _run(request, pk)
    if found.is_shown:
        return _shown(request, found)
    if request.method == "POST":
        messages.info(request, _("This was begun already. Here is what came of it."))
        return redirect("contract-many-run", pk)
    if found.is_under_way:
        context = {"run": found, **pages.progress(found, timezone.now())}
        return render(request, "crm/contracts/many_progress.html", context)
    rows = pages.results(found, me(request), work.REASONS)
    to_send = [row.contract for row in rows if row.contract and row.contract.is_editable][:MOST_TOGETHER]
    context = {"run": found, "rows": rows, "terms": Terms.of(found), "to_send": to_send}
    return render(request, "crm/contracts/many_done.html", context)


def _shown(request: HttpRequest, found: BulkRun) -> HttpResponse:
    user, now = me(request), timezone.now()
    read, typed, errors = pages.read_rows(found, request.POST) if request.method == "POST" else ({}, {}, {})
    if request.method == "POST" and not errors:
        return _kept(request, found, read)
    shown = pages.preview(found, user, now, typed, errors)
    return render(request, "crm/contracts/many_plan.html", {"run": found, "plan": shown}, status=422 if errors else 200)


def _kept(request: HttpRequest, found: BulkRun, read: Any) -> HttpResponse:
    """Fees and ticks are kept; with `write` the work begins, for those who are ticked knowing what was said."""
    knowing = {int(place): True for place in request.POST.getlist("on") if place.isascii() and place.isdigit()}
    seen = set(request.POST.getlist("barred"))
    if not work.keep_rows(found, read, {place: str(place) in seen for place in knowing}):
        messages.info(request, _("This was begun already. Here is what came of it."))
        return redirect("contract-many-run", found.pk)
    if "write" not in request.POST:
        return redirect("contract-many-run", found.pk)
    if not any(on for _fee, on in read.values()):
        messages.error(request, _("Nobody is ticked. Tick those who get a contract."))
        return redirect("contract-many-run", found.pk)
    _set_going(request, found)
    return redirect("contract-many-run", found.pk)


def _set_going(request: HttpRequest, found: BulkRun) -> None:
    now, actor = timezone.now(), Actor.user(me(request))
    take_step(request, found, lambda: actions.go_on(found, now=now, actor=actor), go)


@require_POST
@needs(VERB)
def many_continue(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what stands still."""
    found = _run(request, pk)
    if found.is_shown:
        messages.info(request, _("Look at everybody first, then write the contracts."))
    else:
        _set_going(request, found)
    return redirect("contract-many-run", pk)


@require_safe
@needs(VERB)
def many_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; once the work is over the page shows what came of it."""
    found = _run(request, pk)
    return bar(request, found, "contract-many-run", lambda: pages.progress(found, timezone.now()))


@require_POST
@needs(VERB)
def many_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what was only shown."""
    found = _run(request, pk)
    if not in_time(request, lambda: found.discard(at=timezone.now(), actor=Actor.user(me(request)))):
        return redirect("contract-many-run", pk)
    messages.success(request, _("Discarded; nothing was written."))
    return redirect("contracts")


@require_http_methods(FORM)
@needs(VERB)
def many_sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """One more promise about other brands, the same for all of them."""
    found = _run(request, pk)
    terms = Terms.of(found)
    brand = Brand.objects.select_related("owner", "category").get(pk=terms.brand)
    form = ClauseForm(request.POST or None, instance=Clause(brand=brand, zone=terms.zone), user=me(request))
    if form.is_bound and form.is_valid():
        typed = {name: values for name, values in request.POST.lists() if name not in UNTYPED}
        return _sentences_kept(request, found, [*found.data["sentences"], typed])
    context = {"form": form, "run": found}
    return render(request, "crm/contracts/many_sentence.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(VERB)
def many_sentence_drop(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Take a promise out for all of them."""
    found = _run(request, pk)
    left = [one for number, one in enumerate(found.data["sentences"]) if number != place]
    return _sentences_kept(request, found, left)


def _sentences_kept(request: HttpRequest, found: BulkRun, sentences: Any) -> HttpResponse:
    if not work.keep_sentences(found, sentences):
        messages.info(request, _("This was begun already. Here is what came of it."))
    return redirect("contract-many-run", found.pk)
