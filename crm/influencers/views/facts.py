"""Tags on a person, files kept with her, notes pinned above the others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import Disposition, serve_file
from crm.influencers.actions import attachments
from crm.influencers.actions.tags import put_tag, take_tag
from crm.influencers.forms.facts import SUGGESTED, AttachmentForm, TagForm
from crm.influencers.models import Attachment, Note, Tag
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_influencer")
def person_tags(request: HttpRequest, pk: int) -> HttpResponse:
    """Put tags on somebody, one after the other, and take them off."""
    person = person_of(request, pk)
    form = TagForm(request.POST or None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        if not put_tag(person, name, at=timezone.now(), actor=Actor.user(me(request))):
            messages.info(request, _("She has the tag “%(tag)s” already.") % {"tag": name})
        return redirect("person-tags", pk=pk)
    context = {"person": person, "form": form, "tags": person.tags.all(), "suggested": SUGGESTED}
    return render(request, "crm/influencers/tags.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("crm.change_influencer")
def tag_take(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """She is not that any more."""
    person = person_of(request, pk)
    take_tag(person, get_object_or_404(Tag, pk=tag), at=timezone.now(), actor=Actor.user(me(request)))
    return redirect("person-tags", pk=pk)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def attachment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file with somebody."""
    person, user, now = person_of(request, pk), me(request), timezone.now()
    blank = Attachment(influencer=person, added_by=user)
    form = AttachmentForm(request.POST or None, request.FILES or None, instance=blank)
    page = FormPage(
        title=_("Add a file"),
        lead=_("For those who work with her: viewers do not see it."),
        verb=_("Keep it"),
        done=_("The file is on file."),
        section="files",
    )
    return edit(
        request,
        person,
        form,
        lambda: attachments.add_attachment(form.instance, form.cleaned_data["upload"], at=now, actor=Actor.user(user)),
        page,
    )


@require_safe
@needs("crm.view_attachment")
def attachment(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """The file itself: pictures in the page, everything else as a download."""
    kept = get_object_or_404(
        Attachment.objects.select_related("file"), influencer=person_of(request, pk), pk=attachment
    )
    return serve_file(request, kept.file, disposition=Disposition.INLINE)


@require_POST
@needs("crm.change_influencer")
def attachment_remove(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """It does not belong here."""
    person = person_of(request, pk)
    kept = get_object_or_404(Attachment.objects.select_related("file", "influencer"), influencer=person, pk=attachment)
    attachments.remove_attachment(kept, at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("The file is gone."))
    return back(person, "files")


@require_POST
@needs("crm.change_influencer")
def note_pin(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Above the others, or back among them."""
    person = person_of(request, pk)
    known = get_object_or_404(Note.objects.select_related("influencer"), influencer=person, pk=note)
    attachments.pin_note(
        known, pinned=bool(request.POST.get("pinned")), at=timezone.now(), actor=Actor.user(me(request))
    )
    return back(person, "notes")
