"""What all forms about a person have in common: one template, one way to save, one way to be refused."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.influencers.models import Influencer
from crm.influencers.queries.person import MergedAway
from crm.team.views.access import View, me
from crm.timeline.edits import ChangedMeanwhile


@dataclass(frozen=True)
class FormPage:
    """The words around a form."""

    title: Any
    lead: Any = ""
    verb: Any = ""
    done: Any = ""
    section: str = ""


def person_of(request: HttpRequest, pk: int) -> Influencer:
    """The person in the address, or 404. Raises `MergedAway` for somebody who goes on as somebody else."""
    person = get_object_or_404(Influencer.objects.visible_to(me(request)), pk=pk)
    if person.merged_into is not None:
        raise MergedAway(person, person.merged_into)
    return person


def follow_merges(view: View) -> View:
    """The address of somebody who was merged leads to the one who stays, and says so."""

    @wraps(view)
    def followed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except MergedAway as away:
            names = {"name": away.person.stage_name, "into": away.into.stage_name}
            if request.method == "POST":
                said = _("%(name)s was merged into %(into)s meanwhile. Nothing was changed; go on here.")
            else:
                said = _("%(name)s was merged into %(into)s.")
            messages.info(request, said % names)
            return back(away.into)

    return followed


def saved(form: Any, save: Callable[[], object]) -> bool:
    """Save, or put the reason why not into the form."""
    try:
        save()
    except ChangedMeanwhile as changed:
        form.show_change(changed)
        return False
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    except IntegrityError:
        form.add_error(None, _("Somebody saved the same thing at this moment. Look at the page, then try again."))
        return False
    return True


def edit(
    request: HttpRequest,
    person: Influencer,
    form: Any,
    save: Callable[[], object],
    page: FormPage,
    *,
    remove: tuple[str, *tuple[Any, ...]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent and right, save it and go back to the person.

    `remove` is the address name that takes the thing away, with what it needs after the person's id.
    """
    if form.is_bound and form.is_valid() and saved(form, save):
        messages.success(request, page.done or _("Saved."))
        return back(person, page.section)
    gone = reverse(remove[0], args=[person.pk, *remove[1:]]) if remove else ""
    shown = {"person": person, "form": form, "page": page, "remove": gone, **context}
    return render(request, "crm/influencers/form.html", shown, status=422 if form.is_bound else 200)


def back(person: Influencer, section: str = "") -> HttpResponseRedirect:
    """To the person's page, where what was changed stands."""
    at = f"#{section}" if section else ""
    return HttpResponseRedirect(f"{reverse('person', args=[person.pk])}{at}")
