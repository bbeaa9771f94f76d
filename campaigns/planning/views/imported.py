"""What is done to all work of one import."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaigns.planning.actions.work import switch_on
from campaigns.planning.imports.kind import RunningWork, cards_made_by
from campaigns.planning.verdicts import done_count
from campaigns.planning.views.doors import actor_of, colleague, works
from crm.intake.models import Intake


@works
@require_POST
def imported_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminders of everything one import brought are on from now on."""
    runs = Intake.objects.visible_to(colleague(request)).of_kind(RunningWork.code)
    run = get_object_or_404(runs, pk=pk)
    silent = cards_made_by(run).visible_to(colleague(request)).with_reminders_off().going_ahead()
    cards = silent.select_related("campaign", "influencer").order_by("pk")
    done = done_count(switch_on(cards, at=timezone.now(), actor=actor_of(request)))
    said = ngettext("Reminders are on for %(n)d collaboration.", "Reminders are on for %(n)d collaborations.", done)
    messages.success(request, said % {"n": done})
    return redirect("intake", pk)
