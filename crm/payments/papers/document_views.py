"""Our own papers: the list, one as a PDF, making it void, and the duty stamp on it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import POLICY, serve_file
from crm.base.zones import local_date
from crm.payments.models import Document, DocumentSeries, StampMark
from crm.payments.papers.forms import StampMarkForm, VoidForm
from crm.payments.papers.numbering import void
from crm.payments.papers.stamping import duty_on, stamp_paper
from crm.payments.paying.doors import FORM, parts
from crm.team.models import User
from crm.team.views.access import me, needs
from crm.timeline.models import Entry
from crm.timeline.queries import lines_of
from crm.timeline.record import Actor, subject_of
from crm.timeline.taking import tell_taken

PAGE = 50
RECENT = 20


@require_safe
@needs("crm.view_payment")
def documents(request: HttpRequest) -> HttpResponse:
    """The papers of one kind, the newest first."""
    kind = request.GET.get("kind", "")
    found = Document.objects.visible_to(me(request)).select_related("series", "influencer", "brand", "stamp", "payment")
    rows = found.filter(series__kind=kind) if kind in DocumentSeries.Kind.values else found
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"label": label, "url": f"?{urlencode({'kind': key})}" if key else "?", "active": key == kind, "count": ""}
        for key, label in (("", _("All")), *DocumentSeries.Kind.choices)
    ]
    context = {"page_obj": page, "rows": page.object_list, "tabs": tabs, "parts": parts("papers"), "kind": kind}
    return render(request, "crm/payments/papers/documents.html", context)


@require_safe
@needs("crm.view_payment")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper, its stamp and its story."""
    found, user = document_of(request, pk), me(request)
    context = {"document": found, "mark": mark_of(found), "duty": duty_on(found), "story": _story(found, user),
               "parts": parts("papers")}  # fmt: skip
    return render(request, "crm/payments/papers/document.html", context)


@require_POST
@needs("crm.view_payment")
def document_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Pressed, not opened: it names her tax number, and the story tells who took it."""
    found = document_of(request, pk)
    answer = as_pdf(found)
    tell_taken("document.file_taken", found, f"{found.name}.pdf", by=me(request), at=timezone.now())
    return answer


@require_http_methods(FORM)
@needs("crm.issue_document")
def document_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Not valid any more; the number stays used."""
    found, user, now = document_of(request, pk), me(request), timezone.now()
    form = VoidForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            void(found, form.cleaned_data["why"], at=now, actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It is void."))
            return redirect("document", pk=pk)
    meaning = _("The paper says that it is void, and keeps its number. The payment stays as it is.")
    context = {"form": form, "title": _("Make it void"), "meaning": meaning, "danger": True, "back_url": "document",
               "thing": found}  # fmt: skip
    return render(request, "crm/payments/papers/verb.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@needs("crm.issue_document")
def stamp_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the e-Meterai on a paper."""
    found, user, now = document_of(request, pk), me(request), timezone.now()
    mark = mark_of(found)
    given: dict[str, Any] = {"serial": mark.serial, "on": mark.on} if mark else {}
    form = StampMarkForm(request.POST or None, request.FILES or None, today=local_date(now, user.zone), initial=given)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            stamp_paper(found, said["serial"], said["on"], said["file"] or None, at=now, actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The e-Meterai is noted."))
            return redirect("document", pk=pk)
    meaning = _("Mitra stamps nothing itself: put the stamp on the paper first, then note its number here.")
    context = {"form": form, "title": "e-Meterai", "meaning": meaning, "danger": False, "back_url": "document",
               "thing": found}  # fmt: skip
    return render(request, "crm/payments/papers/verb.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("crm.view_payment")
def stamp_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same paper with its stamp on it."""
    found = document_of(request, pk)
    mark = mark_of(found)
    if mark is None or mark.file is None:
        raise Http404
    answer = serve_file(request, mark.file)
    tell_taken("document.file_taken", found, mark.file.label, by=me(request), at=timezone.now())
    return answer


def document_of(request: HttpRequest, pk: int) -> Document:
    joined = ("series", "influencer", "brand", "payment")
    return get_object_or_404(Document.objects.visible_to(me(request)).select_related(*joined), pk=pk)


def mark_of(document: Document) -> StampMark | None:
    return StampMark.objects.select_related("file").filter(document=document).first()


def as_pdf(document: Document) -> HttpResponse:
    """Drawn for this answer: a paper says the same each time, and a void one that it is void."""
    from crm.payments.papers.sheet import file_name, paper_pdf  # brings the drawing library: most processes never draw

    answer = HttpResponse(paper_pdf(document), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(document)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    return answer


def _story(document: Document, user: User) -> Any:
    rows = Entry.objects.visible_to(user).filter(subject=subject_of(document)).newest_first()[:RECENT]
    return lines_of(list(rows), user.zone)
