"""Putting people onto a campaign: found here by name, or chosen in the list of people."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from campaigns.planning.actions.people import add_people
from campaigns.planning.door import DoorClosed, check_start
from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Campaign, Refused
from campaigns.planning.verdicts import Verdict, done_count
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, refuse, works
from crm.base.paging import Count
from crm.base.text import one_line
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.queries.search import named_like
from crm.influencers.views.bulk import MOST_TICKED, Chosen, set_going, why_not
from crm.influencers.vocabulary import vocabulary
from crm.team.models import User

FOUND_SHOWN = 50
NAMED = 12


@works
@require_safe
def campaign_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Find people by name or handle and pick them."""
    campaign, now = find_campaign(request, pk), timezone.now()
    words = one_line(request.GET.get("q", ""))
    people = Influencer.objects.visible_to(colleague(request)).present().select_related("main_platform")
    found = people.filter(pk__in=named_like(words)) if words else people
    shown = list(found.newest_first()[: FOUND_SHOWN + 1])
    there = set(campaign.collaborations.filter(influencer__in=shown).values_list("influencer_id", flat=True))
    today = local_date(now, campaign.zone)
    rows = [
        {"person": person, "is_there": person.pk in there, "is_barred": not person.may_be_contacted(today)}
        for person in shown[:FOUND_SHOWN]
    ]
    context = {"campaign": campaign, "rows": rows, "words": words, "more": len(shown) > FOUND_SHOWN}
    return render(request, "campaigns/planning/people.html", context)


@works
@require_POST
def campaign_people_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the picked people and say what became of each."""
    campaign = find_campaign(request, pk)
    people = picked_people(request)
    if not people:
        return refuse(request, _("Nobody is chosen. Tick at least one person."), reverse("campaign-people", args=[pk]))
    try:
        verdicts = add_people(
            campaign,
            people,
            at=timezone.now(),
            actor=actor_of(request),
            knowing=numbers(request.POST.getlist("knowing")),
        )
    except Refused as refused:
        return refuse(request, refused, reverse("campaign", args=[pk]))
    return result_page(request, campaign, verdicts)


def result_page(request: HttpRequest, campaign: Campaign, verdicts: list[Verdict]) -> HttpResponse:
    done = done_count(verdicts)
    context = {
        "campaign": campaign,
        "verdicts": verdicts,
        "title": ngettext("%(n)d person added", "%(n)d people added", done) % {"n": done},
        "undone": len(verdicts) - done,
        "again_url": reverse("campaign-people-add", args=[campaign.pk]),
        "barred": [verdict for verdict in verdicts if verdict.needs_tick],
    }
    return render(request, "campaigns/planning/verdicts.html", context)


class ChooseCampaignForm(forms.Form):
    """Which campaign the chosen people go to."""

    campaign = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"), queryset=Campaign.objects.none(), empty_label=gettext_lazy("Choose one")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["campaign"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Campaign.objects.visible_to(user).in_motion().with_an_end().select_related("brand")
        choice.label_from_instance = lambda row: f"{row.name} · {row.brand}"  # type: ignore[assignment]
        self.helper = helper("campaign")


@works
@require_POST
def campaign_from_list(request: HttpRequest) -> HttpResponse:
    """People chosen in the list of people, by ticks or by its whole filter; asks for the campaign, then adds them."""
    user = colleague(request)
    chosen = Chosen.read(request.POST, vocabulary(user), user=user, now=timezone.now())
    count = chosen.count()
    if not count.number or count.is_capped:
        return refuse(request, why_not(count), reverse("people"))
    form = ChooseCampaignForm(request.POST if request.POST.get("campaign") is not None else None, user=user)
    if not (form.is_bound and form.is_valid()):
        return _ask(request, chosen, form, count)
    campaign = form.cleaned_data["campaign"]
    try:
        check_start(campaign)
    except DoorClosed as refused:
        return refuse(request, refused, reverse("campaign", args=[campaign.pk]))
    if chosen.is_whole_filter:
        return set_going(request, chosen, "campaign", {"campaign": campaign.pk})
    try:
        verdicts = add_people(campaign, _by_name(chosen.rows), at=timezone.now(), actor=actor_of(request))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("campaigns")
    return result_page(request, campaign, verdicts)


def _ask(request: HttpRequest, chosen: Chosen, form: ChooseCampaignForm, count: Count) -> HttpResponse:
    named = _by_name(chosen.rows)[:NAMED]
    context = {
        "form": form,
        "people": named,
        "count": count,
        "more": count.number - len(named),
        "kept": [(name, value) for name in ("ids", "all_matching", "query") for value in request.POST.getlist(name)],
    }
    return render(request, "campaigns/planning/choose_campaign.html", context, status=422 if form.is_bound else 200)


def _by_name(people: InfluencerQuerySet) -> InfluencerQuerySet:
    return people.order_by("name_key", "pk")


def picked_people(request: HttpRequest) -> list[Influencer]:
    """The people ticked on this page."""
    people = Influencer.objects.visible_to(colleague(request))
    return list(_by_name(people.filter(pk__in=numbers(request.POST.getlist("pick")[:MOST_TICKED]))))


def numbers(texts: list[str]) -> list[int]:
    """Ids as a form sends them; what is no id is nobody's id."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]
