"""What the pages of vetting share: the way back, and one template for small forms."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.team.views.access import me
from crm.vetting.actions import VettingRefused

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Words:
    """The words around a form; `told` stands above it as a notice."""

    title: Any
    verb: Any
    done: Any
    lead: Any = ""
    told: Any = ""


def today_of(request: HttpRequest, now: dt.datetime) -> dt.date:
    """The calendar day where this colleague works."""
    return local_date(now, me(request).zone)


def back(person: Influencer, section: str = "") -> HttpResponseRedirect:
    """To the person's vetting page."""
    at = f"#{section}" if section else ""
    return HttpResponseRedirect(f"{reverse('person-vetting', args=[person.pk])}{at}")


def small_form(
    request: HttpRequest, person: Influencer, form: Any, save: Callable[[], object], words: Words
) -> HttpResponse:
    """Show the form; when it is sent and right, save it and go back. A refusal is told and nothing typed is lost."""
    if form.is_bound and form.is_valid():
        try:
            save()
        except VettingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words.done)
            return back(person)
    shown = {"person": person, "form": form, "words": words}
    return render(request, "crm/vetting/form.html", shown, status=422 if form.is_bound else 200)
