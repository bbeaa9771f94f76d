"""How kept files leave: as downloads, or inside the page for pictures; never as something that runs here."""

from enum import StrEnum

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from crm.base.files.kinds import IMAGES
from crm.base.models import StoredFile

SHOWN_INLINE = {kind.content_type for kind in IMAGES}
POLICY = "sandbox; default-src 'none'"
KEPT_SECONDS = 300


class Disposition(StrEnum):
    """Whether the browser saves the file or shows it in the page; only pictures are ever shown."""

    ATTACHMENT = "attachment"
    INLINE = "inline"


def serve_file(
    request: HttpRequest, stored: StoredFile, *, disposition: Disposition = Disposition.ATTACHMENT
) -> HttpResponseBase:
    """The file as an answer that runs no script and is kept by this browser alone.

    The caller has checked that this person may see it. Raises Http404 when the file is gone.
    """
    etag = f'"{stored.sha256}"'
    answer = get_conditional_response(request, etag=etag) or _whole(stored, disposition)
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return answer


def _whole(stored: StoredFile, disposition: Disposition) -> FileResponse:
    if not stored.file:
        raise Http404(f"The file {stored.pk} is no longer kept. Its checksum is {stored.sha256}.")
    inline = disposition is Disposition.INLINE and stored.mime in SHOWN_INLINE
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404(f"The file {stored.pk} is gone from the store.") from gone
    answer = FileResponse(content, as_attachment=not inline, filename=stored.label, content_type=stored.mime)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
