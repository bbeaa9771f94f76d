"""Leaving a person in peace for a while, from her page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.zones import local_date
from crm.influencers.actions.pauses import pause_reminders, resume_reminders, running_of
from crm.influencers.forms.pauses import PauseForm
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.team.views.access import me, needs

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_influencer")
def person_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody reminds her through a day; mail that is not a reminder still goes."""
    person, now = person_of(request, pk), timezone.now()
    running = next(iter(running_of(person, now)), None)
    form = PauseForm(request.POST or None, today=local_date(now, person.zone), running=running)
    page = FormPage(
        title=_("Pause reminders"),
        lead=_(
            "Nobody reminds her of anything through that day, and colleagues hear of nothing late. What would have been "
            "said meanwhile is not said afterwards. Her dates stay as they are."
        ),
        verb=_("Pause reminders"),
        done=_("Her reminders are paused."),
    )

    def save() -> None:
        words = form.cleaned_data
        pause_reminders(person, until=words["until"], why=words["why"], by=me(request), at=now)

    return edit(request, person, form, save, page)


@require_POST
@needs("crm.change_influencer")
def person_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """She is reminded again, from now on."""
    person = person_of(request, pk)
    if resume_reminders(person, by=me(request), at=timezone.now()):
        messages.success(request, _("Her reminders go on from now on. What passed meanwhile is not said any more."))
    else:
        messages.info(request, _("Her reminders are not paused."))
    return back(person)
