"""Forms for whom a person reaches and how she answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.zones import local_date
from crm.influencers.actions import audience as actions
from crm.influencers.forms.audience import AudienceForm, ReplyCountForm
from crm.influencers.models import Audience, ReplyCount
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
SECTION = "audience"


@require_http_methods(FORM)
@needs("crm.change_influencer")
def audience_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Who follows, as somebody counted it."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = AudienceForm(
        request.POST or None, instance=Audience(influencer=person), today=local_date(now, me(request).zone)
    )
    page = FormPage(
        title=_("Count the audience"),
        lead=_("Earlier counts stay, so that the development shows."),
        verb=_("Keep it"),
        done=_("The audience is on file."),
        section=SECTION,
    )
    return edit(
        request,
        person,
        form,
        lambda: actions.add_audience(form.instance, form.shares, form.cleaned_data["personas"], at=now, actor=actor),
        page,
    )


@require_http_methods(FORM)
@needs("crm.change_influencer")
def audience_edit(request: HttpRequest, pk: int, audience: int) -> HttpResponse:
    """It was typed wrongly."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known = get_object_or_404(Audience.objects.select_related("influencer"), influencer=person, pk=audience)
    form = AudienceForm(request.POST or None, instance=known, today=local_date(now, me(request).zone))
    page = FormPage(title=_("Audience"), verb=_("Save"), section=SECTION)

    def save() -> None:
        personas = form.cleaned_data["personas"]
        actions.change_audience(form.instance, form.shares, personas, seen=form.seen, at=now, actor=actor)

    return edit(request, person, form, save, page, remove=("audience-remove", known.pk))


@require_POST
@needs("crm.change_influencer")
def audience_remove(request: HttpRequest, pk: int, audience: int) -> HttpResponse:
    """It belongs to somebody else."""
    person = person_of(request, pk)
    known = get_object_or_404(Audience.objects.select_related("influencer"), influencer=person, pk=audience)
    actions.remove_audience(known, at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("Removed. The story keeps what it said."))
    return back(person, SECTION)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def reply_count_new(request: HttpRequest, pk: int) -> HttpResponse:
    """How many comments she answers."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = ReplyCountForm(
        request.POST or None, instance=ReplyCount(influencer=person), today=local_date(now, me(request).zone)
    )
    page = FormPage(
        title=_("Count answered comments"),
        lead=_("Open her last posts and see how many of the questions and comments she answered."),
        verb=_("Keep it"),
        done=_("The count is on file."),
        section="replies",
    )
    return edit(request, person, form, lambda: actions.add_reply_count(form.instance, at=now, actor=actor), page)


@require_POST
@needs("crm.change_influencer")
def reply_count_remove(request: HttpRequest, pk: int, count: int) -> HttpResponse:
    """It was counted wrongly."""
    person = person_of(request, pk)
    known = get_object_or_404(ReplyCount.objects.select_related("influencer"), influencer=person, pk=count)
    actions.remove_reply_count(known, at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("Removed. The story keeps what it said."))
    return back(person, "replies")
