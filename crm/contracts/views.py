"""The list of contracts, one contract, its form, and its terms."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.models import Organisation
from crm.base.places import panels_for
from crm.base.text import one_line
from crm.base.zones import local_date
from crm.contracts.actions import drafting, steps, terms
from crm.contracts.doors import back, contract_of, edited_on, form_page, say_refused
from crm.contracts.forms.contracts import ContractForm
from crm.contracts.forms.signing import PaperForm
from crm.contracts.forms.terms import BidForm, LineForm, PostForm, RightForm
from crm.contracts.listing import contract_rows, narrowed, tab_counts
from crm.contracts.many.together import actions_for
from crm.contracts.models import Bid, Contract, PayLine, PromisedPost, UsageRight
from crm.contracts.page import page_of
from crm.influencers.models import Influencer
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

PAGE = 40
FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("crm.view_contract")
def contracts(request: HttpRequest) -> HttpResponse:
    """All contracts of one standing, searchable."""
    user, now = me(request), timezone.now()
    tab, words = request.GET.get("tab", ""), one_line(request.GET.get("q", ""))
    found = Contract.objects.visible_to(user)
    found = found.called(words) if words else found
    page = Paginator(narrowed(found, tab), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": contract_rows(page.object_list, now),
        "tabs": tab_counts(found, tab, words),
        "tab": tab,
        "words": words,
        "narrowed": bool(words or tab),
        "actions": actions_for(user, tab),
    }
    return render(request, "crm/contracts/contracts.html", context)


@require_safe
@needs("crm.view_contract")
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: what it says, who has signed, and what can be done now."""
    found, user = contract_of(request, pk), me(request)
    context = {"page": page_of(found, user, timezone.now()), "contract": found}
    return render(request, "crm/contracts/contract.html", {**context, "panels": panels_for("contract", request, found)})


@require_http_methods(FORM)
@needs("crm.add_contract")
def contract_new(request: HttpRequest) -> HttpResponse:
    """Write one down: the words of the chat are enough to begin with."""
    user, now, house = me(request), timezone.now(), Organisation.load()
    blank = Contract(owner=user, zone=house.zone, language=house.language)
    form = ContractForm(
        request.POST or None, instance=blank, user=user, today=local_date(now, user.zone), initial=_asked(request)
    )
    if form.is_bound and form.is_valid():
        try:
            made = drafting.draft(form.contract(), form.people, at=now, actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The contract is a draft. Look through its terms, then let it be signed."))
            return back(made)
    return form_page(request, form, title=_("New contract"), verb=_("Write it down"))


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Whom the page before was about."""
    asked = request.GET.get("person", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return {}
    person = Influencer.objects.visible_to(me(request)).filter(pk=int(asked)).first()
    return {"who": person.stage_name, "language": person.language, "zone": person.zone} if person else {}


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change it while nobody outside has seen it."""
    found, user, now = contract_of(request, pk), me(request), timezone.now()
    if found.amends_id:
        return redirect("contract-change", found.pk, "words")
    if not found.is_editable:
        say_refused(request, drafting.NotEditable())
        return back(found)
    if page := next((page for placed in edited_on.all() if (page := placed.call(found))), ""):
        return redirect(page)
    form = ContractForm(request.POST or None, instance=found, user=user, today=local_date(now, user.zone))
    if form.is_bound and form.is_valid():
        try:
            drafting.save_contract(form.contract(), at=now, actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Saved."))
            return back(found)
    return form_page(request, form, contract_of(request, pk), title=_("Change"), verb=_("Save"))


TERMS: dict[str, tuple[type[Any], type[Any], Any, str]] = {
    "line": (PayLine, LineForm, gettext_lazy("What is given"), "pay"),
    "post": (PromisedPost, PostForm, gettext_lazy("What is posted"), "posts"),
    "right": (UsageRight, RightForm, gettext_lazy("How the content may be used"), "rights"),
    "price": (Bid, BidForm, gettext_lazy("A price somebody named"), "prices"),
}


@require_http_methods(FORM)
@needs("crm.change_contract")
def term_new(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Put a line, posts, a right or a price that was said into a contract."""
    if what not in TERMS:
        raise Http404
    model, form_class, title, section = TERMS[what]
    found, now, actor = contract_of(request, pk), timezone.now(), Actor.user(me(request))
    if what != "price" and not found.is_editable:
        say_refused(request, drafting.NotEditable())
        return back(found)
    form = form_class(request.POST or None, instance=model(contract=found))
    if form.is_bound and form.is_valid() and _kept(form, found, at=now, actor=actor):
        messages.success(request, _("Saved."))
        return back(found, section)
    return form_page(request, form, found, title=str(title), verb=_("Save"))


def _kept(form: Any, found: Contract, **told: Any) -> bool:
    """Save what was typed, or put the reason why not into the form."""
    try:
        if isinstance(form, BidForm):
            drafting.note_bid(found, form.save(commit=False), **told)
        else:
            terms.add_term(form.save(commit=False), count=form.cleaned_data.get("count", 1), **told)
            form.save_m2m()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


@require_POST
@needs("crm.change_contract")
def term_remove(request: HttpRequest, pk: int, what: str, term: int) -> HttpResponse:
    """Take a line, a post or a right out again."""
    if what not in TERMS or what == "price":
        raise Http404
    model, _form_class, _title, section = TERMS[what]
    found = contract_of(request, pk)
    row = get_object_or_404(model, pk=term, contract=found)
    try:
        terms.take_out(row, at=timezone.now(), actor=Actor.user(me(request)))
    except ValidationError as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Taken out."))
    return back(found, section)


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Their paper instead of ours: uploaded while nobody has signed."""
    found, now = contract_of(request, pk), timezone.now()
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            steps.keep_paper(found, form.cleaned_data["file"], at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, _("Their paper is on file. Enter its terms below, so that nobody has to remember them.")
            )
            return back(found)
    return form_page(request, form, found, title=_("Their paper"), verb=_("Upload"))
