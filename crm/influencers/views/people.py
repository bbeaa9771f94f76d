"""A person's page, and the forms for the person herself."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.places import panels_for
from crm.base.zones import local_date, zone_label
from crm.influencers.actions import bulk, people
from crm.influencers.forms.details import BarForm, LiftForm
from crm.influencers.forms.people import NewPersonForm, PersonForm, niches_of
from crm.influencers.models import Influencer
from crm.influencers.places import badges_of
from crm.influencers.queries.person import find_person, read_details, read_person
from crm.influencers.rows import STAGE_TONES
from crm.influencers.views.editing import FormPage, back, edit, person_of, saved
from crm.influencers.vocabulary import vocabulary
from crm.team.models import User
from crm.team.views.access import me, needs
from crm.timeline.queries import story
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("crm.view_influencer")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who she is, how to reach her, what she does with us, what happened."""
    user, now = me(request), timezone.now()
    page = read_person(pk, user, now)
    context = {
        "page": page,
        "person": page.person,
        "stage_tone": STAGE_TONES[Influencer.Stage(page.person.stage)],
        "now": now,
        "zone_label": zone_label(page.person.zone, now),
        "story": story(pk, user),
        "badges": badges_of(user, [page.person.pk], now).get(page.person.pk, []),
    }
    return render(request, "crm/influencers/person.html", context)


@require_safe
@needs("crm.view_influencer")
def person_panels(request: HttpRequest, pk: int) -> HttpResponse:
    """What other features know of her: the page's middle and its aside, or a page of its own. Each keeps its budget."""
    somebody = person_of(request, pk)
    context = {
        "person": somebody,
        "panels": panels_for("person", request, somebody),
        "aside": panels_for("person-aside", request, somebody),
    }
    part = "#panels" if request.headers.get("HX-Request") else ""
    return render(request, f"crm/influencers/person_panels.html{part}", context)


@require_safe
@needs("crm.view_influencer")
def person_details(request: HttpRequest, pk: int) -> HttpResponse:
    """Addresses, prices, days off, style: the page's second part, or a page of its own."""
    now = timezone.now()
    context = {"details": read_details(find_person(pk, me(request), now), now), "now": now}
    part = "#details" if request.headers.get("HX-Request") else ""
    return render(request, f"crm/influencers/person_details.html{part}", context)


@require_http_methods(FORM)
@needs("crm.add_influencer")
def person_new(request: HttpRequest) -> HttpResponse:
    """Add somebody: a name is enough."""
    user, now = me(request), timezone.now()
    form = NewPersonForm(
        request.POST or None, words=vocabulary(me(request)), initial={"owner": user.pk, "zone": user.zone}
    )
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _add(form, user, now)):
        messages.success(request, _("%(name)s is on file.") % {"name": form.instance.stage_name})
        return redirect("person", pk=form.instance.pk)
    form.lay_out()
    page = FormPage(
        title=_("Add somebody"),
        lead=_("A name is enough to begin with; everything else can follow."),
        verb=_("Add"),
    )
    context = {"form": form, "page": page}
    return render(request, "crm/influencers/form.html", context, status=422 if form.is_bound else 200)


def _add(form: NewPersonForm, user: User, now: dt.datetime) -> None:
    people.add_person(form.instance, account=form.account(), contact=form.contact(), at=now, actor=Actor.user(user))


@require_http_methods(FORM)
@needs("crm.change_influencer")
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the profile."""
    somebody = person_of(request, pk)
    form = PersonForm(request.POST or None, instance=somebody, words=vocabulary(me(request)))
    page = FormPage(title=_("Profile"), verb=_("Save"))
    now, actor = timezone.now(), Actor.user(me(request))
    return edit(
        request,
        somebody,
        form,
        lambda: people.change_person(form.instance, niches_of(form), seen=form.seen, at=now, actor=actor),
        page,
    )


@require_POST
@needs("crm.archive_influencer")
def person_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put her away; everything stays."""
    somebody = person_of(request, pk)
    bulk.archive(bulk.only([pk]), at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(
        request,
        _("%(name)s is in the archive. She left lists and searches; everything about her stays.")
        % {"name": somebody.stage_name},
    )
    return back(somebody)


@require_POST
@needs("crm.archive_influencer")
def person_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take her out of the archive."""
    somebody = person_of(request, pk)
    bulk.restore(bulk.only([pk]), at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("%(name)s is back from the archive.") % {"name": somebody.stage_name})
    return back(somebody)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def person_bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody writes to her any more."""
    somebody, now = person_of(request, pk), timezone.now()
    form = BarForm(request.POST or None, instance=somebody, today=local_date(now, somebody.zone))
    page = FormPage(
        title=_("Do not contact"),
        lead=_(
            "Mitra sends her and her agents nothing more, reminders included. What is planned already is held back."
        ),
        verb=_("Leave her alone"),
        done=_("Nobody writes to her any more."),
    )

    def save() -> None:
        people.bar_contact(
            form.instance,
            why=form.cleaned_data["why"],
            until=form.cleaned_data["until"],
            seen=form.seen,
            at=now,
            actor=Actor.user(me(request)),
        )

    return edit(request, somebody, form, save, page)


@require_http_methods(FORM)
@needs("crm.lift_do_not_contact")
def person_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """She may be written to again."""
    somebody, now = person_of(request, pk), timezone.now()
    form = LiftForm(request.POST or None, instance=somebody)
    page = FormPage(
        title=_("May be contacted again"),
        lead=somebody.do_not_contact_why,
        verb=_("Allow mail again"),
        done=_("She may be written to again."),
    )

    def save() -> None:
        why = form.cleaned_data["why"]
        people.lift_contact_bar(form.instance, why=why, seen=form.seen, at=now, actor=Actor.user(me(request)))

    return edit(request, somebody, form, save, page)
