"""A cell of the list: opened, saved or refused where it stands, or on a small page of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.way_back import way_back
from crm.influencers.actions.cells import CellChanged, cell_value, change_cell
from crm.influencers.forms.cells import LABELS, CellForm
from crm.influencers.models import Influencer
from crm.influencers.rows import cell_html
from crm.influencers.views.editing import person_of
from crm.influencers.vocabulary import Vocabulary, vocabulary
from crm.team.views.access import me, needs
from crm.timeline.record import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.change_influencer")
def person_cell(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """One field of one person."""
    somebody, words = person_of(request, pk), vocabulary(me(request))
    back = way_back(request, request.headers.get("Referer", ""), reverse("people"))
    value = cell_value(somebody, cell)
    initial = {"value": value, "was": value, "back": back}
    form = CellForm(request.POST or None, cell=cell, words=words, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, form, pk):
        return _saved_answer(request, form, pk, words)
    in_place = bool(request.headers.get("HX-Request"))
    context = {"person": somebody, "form": form, "cell": cell, "label": LABELS[cell]}
    template = "crm/influencers/_cell.html" if in_place else "crm/influencers/cell.html"
    # htmx puts only good answers into the page: a refusal in place is one, too.
    return render(request, template, context, status=422 if form.is_bound and not in_place else 200)


def _saved(request: HttpRequest, form: CellForm, pk: int) -> bool:
    try:
        was, actor = form.cleaned_data["was"], Actor.user(me(request))
        change_cell(pk, form.cell, form.chosen(), was=was, at=timezone.now(), actor=actor)
    except CellChanged as changed:
        form.show_changed(changed)
        return False
    return True


def _saved_answer(request: HttpRequest, form: CellForm, pk: int, words: Vocabulary) -> HttpResponse:
    person = Influencer.objects.get(pk=pk)
    if request.headers.get("HX-Request"):
        return HttpResponse(cell_html(person, form.cell, words))
    messages.success(request, _("Saved: %(name)s.") % {"name": person.stage_name})
    return redirect(way_back(request, form.cleaned_data["back"], reverse("people")))
