"""The page a version is put together on, and the small answers its script asks for. Who may is checked before."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from campaigns.approvals.handing import uploads
from campaigns.approvals.handing.desk import Desk, before
from campaigns.approvals.handing.forms import ToldVersionForm, VersionForm
from campaigns.approvals.handing.shown import findings_for, row_of, rows_of
from campaigns.approvals.handing.unsent import held_before, look_up, save, send, unsent_of, uploads_of
from campaigns.approvals.models import ContentVersion, UnsentDraft, Upload
from crm.base.files import Disposition, UploadRefused, serve_file
from crm.timeline.transitions import TransitionRefused

PIECE_AT_MOST = 4 * 1024 * 1024
SEND, DROP = "send", "drop-"
DIGITS = 19


def form_for(desk: Desk, unsent: UnsentDraft, data: Any = None) -> VersionForm:
    kind = VersionForm if desk.visit is not None else ToldVersionForm
    held = held_before(desk.deliverable, desk.stage)
    return kind(data, unsent=unsent, uploads=uploads_of(unsent), platforms=desk.platforms(), held=held)


def take(request: HttpRequest, desk: Desk) -> tuple[VersionForm, ContentVersion | None]:
    """Keep what was posted: text, files that came at once, a file to remove; and send it when that was pressed."""
    unsent = unsent_of(desk.deliverable, desk.stage)
    pressed = request.POST.get("do", SEND)
    if pressed.startswith(DROP):
        for upload in unsent.uploads.select_related("file"):
            if upload.key == pressed.removeprefix(DROP):
                uploads.drop(upload)
    for file in request.FILES.getlist("files"):
        uploads.take_whole(unsent, file, desk.actor.label)
    form = form_for(desk, unsent, request.POST)
    is_whole = form.is_valid()
    save(unsent, form.said(), form.alts(), desk.actor.label)
    if pressed != SEND or not is_whole:
        return form, None
    return form, _sent(request, desk, unsent, form)


def _sent(request: HttpRequest, desk: Desk, unsent: UnsentDraft, form: VersionForm) -> ContentVersion | None:
    """The version; or the reason there is none, in the form."""
    told = {name: form.cleaned_data.get(name, "") for name in ("channel", "quote")}
    seen = request.POST.get("seen", "")
    try:
        return send(
            unsent, form.said(), seen=number_in(seen) or 0, at=desk.now, actor=desk.actor,
            contact=desk.contact, again=form.files_again(), **told,
        )  # fmt: skip
    except TransitionRefused as refused:
        form.add_error(None, str(refused))
    return None


def show(request: HttpRequest, desk: Desk, template: str, form: VersionForm | None, **more: Any) -> HttpResponse:
    """The page: what was said of the last version, what is kept, and what would be sent."""
    unsent = look_up(desk.deliverable, desk.stage)
    asked = form or form_for(desk, unsent)
    context = {
        "desk": desk, "row": desk.deliverable, "form": asked, "before": before(desk.deliverable, desk.stage),
        "files": rows_of(uploads_of(unsent), desk), "unsent": unsent, "most": uploads.FILES_AT_MOST,
        "findings": findings_for(desk, asked), **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def answer(request: HttpRequest, desk: Desk, template: str, sent_to: Any, **more: Any) -> HttpResponse:
    """Show the page, or take what was posted; `sent_to` says where a sent version leads."""
    if request.method != "POST":
        return show(request, desk, template, None, **more)
    form, version = take(request, desk)
    if version is not None:
        return redirect(sent_to(version))
    if form.errors:
        return show(request, desk, template, form, **more)
    return redirect(f"{desk.page}#files")


def keep_typed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what is typed so far, and what would be said of the caption."""
    unsent = unsent_of(desk.deliverable, desk.stage)
    form = form_for(desk, unsent, request.POST)
    form.is_valid()
    save(unsent, form.said(), form.alts(), desk.actor.label)
    return render(
        request, "campaigns/approvals/handing/_state.html", {"saved_at": desk.now, "findings": findings_for(desk, form)}
    )


def begin_file(request: HttpRequest, desk: Desk) -> JsonResponse:
    """A file is on its way: where its pieces go, and from which byte on."""
    size = number_in(request.POST.get("size", "")) or 0
    try:
        upload = uploads.begin(unsent_of(desk.deliverable, desk.stage), request.POST.get("name", ""), size)
    except UploadRefused as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    return JsonResponse(
        {"url": desk.address("-file", upload.key), "offset": upload.received, "row": _drawn(upload, desk)}, status=201
    )


def one_file(request: HttpRequest, desk: Desk, key: str) -> HttpResponseBase:
    """Show it, add a piece to it (PUT), or check and keep it (POST)."""
    upload = get_object_or_404(Upload.objects.select_related("file"), unsent__deliverable=desk.deliverable, key=key)
    if request.method in ("GET", "HEAD"):
        return _shown(request, upload)
    try:
        if request.method == "PUT":
            return _piece(request, upload)
        finished = uploads.finish(upload, desk.actor.label)
    except uploads.WrongPlace as wrong:
        return JsonResponse({"offset": wrong.offset}, status=409)
    except Upload.DoesNotExist as gone:
        raise Http404("It was sent or removed while it came.") from gone
    return JsonResponse({"row": _drawn(finished, desk), "error": finished.refused})


def _shown(request: HttpRequest, upload: Upload) -> HttpResponseBase:
    if upload.file is None:
        return HttpResponse(status=404)
    return serve_file(request, upload.file, disposition=Disposition.INLINE)


def _piece(request: HttpRequest, upload: Upload) -> JsonResponse:
    offset, size = number_in(request.GET.get("offset", "")), number_in(request.headers.get("Content-Length") or "0")
    if offset is None or size is None or size > PIECE_AT_MOST:
        return JsonResponse({"offset": upload.received}, status=413)
    return JsonResponse({"offset": uploads.add_piece(upload.key, offset, request.body)})


def number_in(said: str) -> int | None:
    """A whole number a database can hold; None for anything else."""
    return int(said) if said.isdecimal() and len(said) < DIGITS else None


def _drawn(upload: Upload, desk: Desk) -> str:
    return render_to_string("campaigns/approvals/handing/_file.html", {"file": row_of(upload, desk)})
