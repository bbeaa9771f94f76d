"""How the bytes of a version's file leave: shown in the page, in parts when a player asks for parts, running nothing."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from campaigns.approvals.models import ContentAsset
from crm.base.files import Disposition, serve_file
from crm.base.files.serving import KEPT_SECONDS, POLICY
from crm.base.files.stretch import open_stretch
from crm.base.models import StoredFile
from crm.team.models import User

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


def asset_for(user: User, pk: int) -> ContentAsset:
    """A file this colleague may see, or 404."""
    found: ContentAsset = get_object_or_404(ContentAsset.objects.visible_to(user).select_related("file"), pk=pk)
    return found


def is_held(asset: ContentAsset) -> bool:
    """Whether we still have the file itself."""
    return bool(asset.file.file)


def serve_asset(request: HttpRequest, asset: ContentAsset) -> HttpResponseBase:
    """The file. The caller has checked that this person may see it. Raises Http404 when it is no longer kept."""
    if not is_held(asset):
        raise Http404(f"The file is no longer kept. Its checksum is {asset.sha256}.")
    if asset.family != "video":
        return serve_file(request, asset.file, disposition=Disposition.INLINE)
    return _in_parts(request, asset.file)


def _in_parts(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """A video as players ask for it: the stretch they want, or all of it."""
    wanted = _stretch(request.headers.get("Range", ""), stored.size)
    if wanted == (0, 0):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    start, end = wanted or (0, stored.size)
    try:
        content = open_stretch(stored, start, end)
    except FileNotFoundError as gone:
        raise Http404(f"The file {stored.pk} is gone from the store.") from gone
    answer = FileResponse(content, content_type=stored.mime, status=206 if wanted else 200)
    answer["Content-Length"] = str(end - start)
    if wanted:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{stored.size}"
    return _guarded(answer, stored)


def _guarded(answer: HttpResponseBase, stored: StoredFile) -> HttpResponseBase:
    for name, value in {
        "Accept-Ranges": "bytes",
        "ETag": f'"{stored.sha256}"',
        "Cache-Control": f"private, max-age={KEPT_SECONDS}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Disposition": "inline",
    }.items():
        answer[name] = value
    return answer


def _stretch(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for all of it, (0, 0) for what lies outside."""
    found = RANGE.match(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    return (start, end) if start < end else (0, 0)
