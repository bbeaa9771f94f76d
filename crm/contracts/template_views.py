"""Pages of the words contracts are made of: templates with every version, and the clauses they share."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.contracts import template_pages as pages
from crm.contracts.actions.wordings import NewerVersion, keep_clause, keep_template, seen_of
from crm.contracts.actions.words import BLANKS, blanks_offered
from crm.contracts.forms.templates import LONGEST, TEXTS, LibraryForm, SampleForm, TemplateForm
from crm.contracts.models import Contract, ContractTemplate, LibraryClause
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
VERB = "crm.change_contracttemplate"


@require_safe
@needs("crm.view_contract")
def templates(request: HttpRequest) -> HttpResponse:
    """Every template with its version and use, and the library of clauses."""
    clauses = LibraryClause.objects.order_by("-is_active", "title_en")
    return render(
        request, "crm/contracts/template_list.html", {"rows": pages.template_rows(me(request)), "clauses": clauses}
    )


@require_http_methods(FORM)
@needs(VERB)
def template_new(request: HttpRequest) -> HttpResponse:
    """Words for a new kind of contract."""
    return _edit(request, ContractTemplate())


@require_http_methods(FORM)
@needs(VERB)
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words are a new version; contracts keep the one they used."""
    return _edit(request, get_object_or_404(ContractTemplate, pk=pk))


def _edit(request: HttpRequest, template: ContractTemplate) -> HttpResponse:
    newest = template.newest if template.pk else None
    form = TemplateForm(request.POST or None, instance=template, newest=newest)
    if "look" in request.POST or "save" not in request.POST:
        return _page(request, template, form)
    if form.is_valid():
        try:
            written = keep_template(
                form.save(commit=False), form.texts, seen=form.cleaned_data["seen"], user=me(request), at=timezone.now()
            )
        except NewerVersion as newer:
            form.add_error(None, newer)
            form.show_newer(newer.version)
        else:
            messages.success(request, _("Saved as version %(version)s.") % {"version": written.version})
            return redirect("contract-template", written.template_id)
    return _page(request, template, form, status=422)


def _page(request: HttpRequest, template: ContractTemplate, form: TemplateForm, status: int = 200) -> HttpResponse:
    samples = SampleForm(request.POST or None, offered=pages.offered_samples(me(request)))
    texts = {name: str(form[name].value() or "")[:LONGEST] for name in TEXTS}
    context: dict[str, Any] = {
        "form": form,
        "template": template,
        "title": pages.title_of(template),
        "samples": samples,
        "preview": pages.preview(texts, _sample(samples)),
        "blanks": list(blanks_offered().items()),
    }
    return render(request, "crm/contracts/template_edit.html", context, status=status)


def _sample(samples: SampleForm) -> Contract | None:
    """The chosen contract with everything it says; none when an invented one is meant."""
    chosen = samples.cleaned_data.get("sample") if samples.is_valid() else None
    return Contract.objects.with_terms().get(pk=chosen.pk) if chosen else None


@require_safe
@needs("crm.view_contract")
def template_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with what it changed, and which contracts use the template."""
    template, user = get_object_or_404(ContractTemplate, pk=pk), me(request)
    context = {
        "template": template,
        "versions": pages.versions_of(template, user),
        "contracts": pages.users_of(template, user),
    }
    return render(request, "crm/contracts/template_versions.html", context)


@require_http_methods(FORM)
@needs(VERB)
def clause_new(request: HttpRequest) -> HttpResponse:
    """A clause several templates will share."""
    return _edit_clause(request, LibraryClause())


@require_http_methods(FORM)
@needs(VERB)
def clause_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for a clause: contracts nobody outside has seen say the new ones."""
    return _edit_clause(request, get_object_or_404(LibraryClause, pk=pk))


def _edit_clause(request: HttpRequest, clause: LibraryClause) -> HttpResponse:
    stands = seen_of(clause)
    form = LibraryForm(request.POST or None, instance=clause, seen=stands)
    if form.is_bound and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            keep_clause(form.save(commit=False), seen=seen, at=timezone.now(), actor=Actor.user(me(request)))
        except ValidationError as newer:
            form.add_error(None, newer)
            form.show_newer(stands)
        else:
            messages.success(request, _("Saved. Contracts that were sent keep their words."))
            return redirect("contract-templates")
    context = {"form": form, "clause": clause, "blanks": list(BLANKS.items())}
    return render(request, "crm/contracts/template_clause.html", context, status=422 if form.is_bound else 200)
