"""A person's vetting page, working through the checklist, overriding a hold, and the files that prove something."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.files import Disposition, serve_file
from crm.influencers.models import Influencer
from crm.influencers.views.editing import person_of
from crm.team.views.access import me, needs
from crm.vetting.actions import CheckedMeanwhile, VettingRefused, override_hold, record_checks
from crm.vetting.forms.checks import ChecklistForm, OverrideForm
from crm.vetting.models import Check, CheckQuerySet
from crm.vetting.queries.checklist import read_checklist
from crm.vetting.queries.ratings import read_ratings
from crm.vetting.queries.screening import screen_person
from crm.vetting.views.doors import FORM, Words, back, small_form, today_of


@require_safe
@needs("crm.view_vetting")
def person_vetting(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found out, what the numbers show, what colleagues think."""
    person = person_of(request, pk)
    today = today_of(request, timezone.now())
    context = {
        "person": person,
        "today": today,
        "checklist": read_checklist(person, today),
        "screens": screen_person(person, today),
        "ratings": read_ratings(person),
    }
    return render(request, "crm/vetting/person.html", context)


@require_http_methods(FORM)
@needs("crm.check_influencer")
def vetting_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Work through the list: one line an item, one press for all."""
    person, now = person_of(request, pk), timezone.now()
    today = today_of(request, now)
    checklist = read_checklist(person, today)
    sent = request.method == "POST"
    form = ChecklistForm(
        checklist, today=today, data=request.POST if sent else None, files=request.FILES if sent else None
    )
    if sent and form.is_valid():
        try:
            made = record_checks(person, form.findings(), on=form.checked_on, user=me(request), at=now)
        except CheckedMeanwhile as meanwhile:
            form.show_newer(meanwhile)
        except VettingRefused as refused:
            form.trouble.append(str(refused))
        else:
            messages.success(
                request, ngettext("%(n)d item checked.", "%(n)d items checked.", len(made)) % {"n": len(made)}
            )
            return back(person)
    context = {"person": person, "form": form, "checklist": checklist}
    return render(request, "crm/vetting/check.html", context, status=422 if sent else 200)


@require_http_methods(FORM)
@needs("crm.override_hold")
def vetting_override(request: HttpRequest, pk: int, check: int) -> HttpResponse:
    """A reason why offers may go ahead."""
    person, now = person_of(request, pk), timezone.now()
    failed = get_object_or_404(failed_of(person), pk=check)
    form = OverrideForm(request.POST or None)
    words = Words(
        title=_("Let offers go ahead"),
        lead=_("The fail stays where it is. Offers to %(name)s are no longer held because of it, for every campaign.")
        % {"name": person.stage_name},
        told=f"{failed.item}: {failed.evidence or failed.link}",
        verb=_("Log this reason"),
        done=_("Offers may go ahead. Your reason stands in the story."),
    )
    return small_form(
        request,
        person,
        form,
        lambda: override_hold(failed, form.cleaned_data["why"], user=me(request), at=now),
        words,
    )


def failed_of(person: Influencer) -> CheckQuerySet:
    return Check.objects.filter(influencer=person, verdict=Check.Verdict.FAIL).select_related("item", "influencer")


@require_safe
@needs("crm.view_vetting")
def check_file(request: HttpRequest, pk: int, check: int) -> HttpResponseBase:
    """The file that came with a check."""
    person = person_of(request, pk)
    found = get_object_or_404(Check.objects.filter(influencer=person).select_related("file"), pk=check)
    if found.file is None:
        raise Http404
    return serve_file(request, found.file, disposition=Disposition.INLINE)
