"""The audit, its download, and the files that came with what people told us."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from crm.base.csv_out import Row, csv_response
from crm.base.files import Disposition, serve_file
from crm.timeline.forms import AuditForm
from crm.timeline.models import Channel, Entry, EntryQuerySet
from crm.timeline.queries import audit, audit_page, changes_of, story

if TYPE_CHECKING:
    from crm.team.models import User


def me(request: HttpRequest) -> "User":
    return cast("User", request.user)


@login_required
@permission_required("crm.view_audit", raise_exception=True)
@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    """Everything that happened, newest first, with filters."""
    form = AuditForm(request.GET, user=me(request))
    page = audit_page(me(request), form.asked(), before=request.GET.get("before", ""))
    context = {"form": form, "page": page, "chips": _chips(request, form), "query": _query(request)}
    template = "crm/timeline/_audit_rows.html" if request.headers.get("HX-Request") else "crm/timeline/audit.html"
    return render(request, template, context)


@login_required
@permission_required("crm.view_audit", raise_exception=True)
@require_safe
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a table for spreadsheets, without pages."""
    form = AuditForm(request.GET, user=me(request))
    entries = audit(me(request), form.asked()).select_related("brand").newest_first()
    name = f"mitra-audit-{timezone.localdate():%Y-%m-%d}.csv"
    return csv_response(name, _header(), _rows(entries, me(request).language), zone=me(request).zone)


@login_required
@require_safe
def person_story(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's story, page by page: the lines alone for the person's page, with a frame for whoever has no script."""
    people: Any = Entry._meta.get_field("influencer").related_model
    person = get_object_or_404(people._default_manager.visible_to(me(request)), pk=pk)
    context = {"story": story(pk, me(request), before=request.GET.get("before", "")), "person": person}
    template = "crm/timeline/_story.html" if request.headers.get("HX-Request") else "crm/timeline/story.html"
    return render(request, template, context)


@login_required
@require_safe
def entry_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The screenshot or document that came with an entry, for whoever may see the entry."""
    entry = Entry.objects.visible_to(me(request)).filter(pk=pk, file__isnull=False).select_related("file").first()
    if entry is None or entry.file is None:
        raise Http404
    return serve_file(request, entry.file, disposition=Disposition.INLINE)


def _header() -> Row:
    return [
        _("When"),
        _("Who"),
        _("Verb"),
        _("What"),
        _("About"),
        _("Brand"),
        _("Told by"),
        _("Their words"),
        _("Changes"),
    ]


def _rows(entries: EntryQuerySet, language: str) -> Iterator[Row]:
    """One row for each entry. They are written after the page's language has ended, so each is told in hers."""
    for entry in entries.iterator(chunk_size=1000):
        with override(language):
            row = _row(entry)
        yield row


def _row(entry: Entry) -> Row:
    changes = "; ".join(f"{change.label}: {change.old} > {change.new}" for change in changes_of(entry))
    channel = str(Channel(entry.channel).label) if entry.channel else ""
    what, about, brand = entry.sentence, entry.subject_label, str(entry.brand or "")
    return [entry.at, entry.actor_label, entry.verb, what, about, brand, channel, entry.quote, changes]


def _query(request: HttpRequest, without: str = "") -> str:
    """The present question as an address, without the page and perhaps without one part."""
    asked = request.GET.copy()
    for name in ("before", without):
        asked.pop(name, None)
    return asked.urlencode()


def _chips(request: HttpRequest, form: AuditForm) -> list[dict[str, str]]:
    return [
        {"label": f"{label}: {value}", "remove_url": f"?{_query(request, without=name)}"}
        for name, label, value in form.chips()
    ]
