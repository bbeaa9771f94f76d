"""Files of a message: add one, take one away, look at one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import UploadRefused, serve_file
from crm.messages.files import SentMeanwhile, attach, detach
from crm.messages.forms import FileForm
from crm.messages.views import FORM, found_message
from crm.team.views.access import me, needs


@require_http_methods(FORM)
@needs("crm.write_message")
def message_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a message that was not sent yet."""
    found = found_message(request, pk)
    if not found.may_be_changed:
        return _too_late(request, pk)
    form = FileForm(request.POST or None, request.FILES or None, message=found)
    if request.method == "POST" and form.is_valid():
        try:
            attach(found, form.cleaned_data["upload"], by=me(request), at=timezone.now())
        except SentMeanwhile:
            return _too_late(request, pk)
        except UploadRefused as refused:
            form.add_error("upload", refused)
        else:
            return redirect("message", pk)
    context = {"form": form, "message": found}
    return render(request, "crm/messages/files.html", context, status=422 if form.errors else 200)


@require_POST
@needs("crm.write_message")
def message_file_remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file out of a message that was not sent yet."""
    found = found_message(request, pk)
    kept = get_object_or_404(found.files.select_related("file"), pk=file)
    try:
        detach(found, kept, by=me(request), at=timezone.now())
    except SentMeanwhile:
        return _too_late(request, pk)
    return redirect("message", pk)


@require_safe
@needs("crm.view_message")
def message_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file that goes with a message."""
    kept = get_object_or_404(found_message(request, pk).files.select_related("file"), pk=file)
    return serve_file(request, kept.file)


def _too_late(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, _("It was sent; its files stay as they left."))
    return redirect("message", pk)
