"""One action for many cards: choose, say what, see what will happen, do it, read what became of each."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from campaigns.planning.actions.contracts import Wish, write_many
from campaigns.planning.actions.work import Days, Plan, drop_open, move_days, plan_work, put_many, switch_on
from campaigns.planning.audience import AUDIENCE
from campaigns.planning.client_prices import Fill, fill_prices
from campaigns.planning.door import DoorClosed, require_door
from campaigns.planning.forms.bulk import DaysForm, DropManyForm, MoveForm, PricesForm, RemindForm
from campaigns.planning.forms.contracts import ContractManyForm
from campaigns.planning.forms.deliverables import PlanForm
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import card_work
from campaigns.planning.preview import (
    Preview,
    preview_contracts,
    preview_days,
    preview_drop,
    preview_move,
    preview_plan,
    preview_prices,
    preview_remind,
)
from campaigns.planning.verdicts import Verdict, done_count
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, refuse, works
from campaigns.planning.views.people import numbers
from crm.base.zones import local_date
from crm.messages.views import compose_page
from crm.timeline.record import Actor

Cards = Sequence[Collaboration]
WRITE = "write"


@dataclass(frozen=True)
class Bulk:
    """One action: its words, its form, what it will do, and how it is done."""

    code: str
    title: Any
    do_it: Any
    form: Callable[..., forms.Form]
    preview: Callable[[Campaign, Cards, dict[str, Any], dt.datetime], Preview]
    act: Callable[[Cards, dict[str, Any], dt.datetime, Actor], list[Verdict]]
    danger: bool = False
    page: Callable[[HttpRequest, Campaign, Cards], HttpResponseBase] | None = None
    """What asks on a page of its own instead."""


BULK = {
    bulk.code: bulk
    for bulk in (
        Bulk(
            "plan",
            gettext_lazy("Plan work"),
            gettext_lazy("Plan it"),
            PlanForm,
            lambda campaign, cards, data, now: preview_plan(campaign, cards, Plan(**data), now),
            lambda cards, data, at, actor: plan_work(cards, Plan(**data), at=at, actor=actor),
        ),
        Bulk(
            "days",
            gettext_lazy("Move days"),
            gettext_lazy("Move them"),
            DaysForm,
            lambda campaign, cards, data, now: preview_days(campaign, cards, Days(**data), now),
            lambda cards, data, at, actor: move_days(cards, Days(**data), at=at, actor=actor),
        ),
        Bulk(
            "move",
            gettext_lazy("Put into a column"),
            gettext_lazy("Put them there"),
            MoveForm,
            lambda campaign, cards, data, now: preview_move(campaign, cards, data["to"], now),
            lambda cards, data, at, actor: put_many(cards, data["to"], at=at, actor=actor, why=data["why"]),
        ),
        Bulk(
            "contract",
            gettext_lazy("Write contracts"),
            gettext_lazy("Write them"),
            ContractManyForm,
            lambda campaign, cards, data, now: preview_contracts(cards, Wish(**data)),
            lambda cards, data, at, actor: write_many(cards, Wish(**data), at=at, actor=actor),
        ),
        Bulk(
            "price",
            gettext_lazy("Fill in client prices"),
            gettext_lazy("Fill them in"),
            PricesForm,
            lambda campaign, cards, data, now: preview_prices(cards, Fill(**data)),
            lambda cards, data, at, actor: fill_prices(cards, Fill(**data), at=at, actor=actor),
        ),
        Bulk(
            "remind",
            gettext_lazy("Switch reminders on"),
            gettext_lazy("Switch them on"),
            RemindForm,
            lambda campaign, cards, data, now: preview_remind(cards),
            lambda cards, data, at, actor: switch_on(cards, at=at, actor=actor),
        ),
        Bulk(
            "drop",
            gettext_lazy("Drop open work"),
            gettext_lazy("Drop it"),
            DropManyForm,
            lambda campaign, cards, data, now: preview_drop(campaign, cards, now),
            lambda cards, data, at, actor: drop_open(cards, at=at, actor=actor, why=data["why"]),
            danger=True,
        ),
    )
}


def bulk_called(code: str) -> Bulk | None:
    """An action of this room, or of one above it."""
    if code in BULK:
        return BULK[code]
    return card_work[code].call() if code in card_work else None


@works
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_bulk(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Nothing is written before its preview has been seen: the second press carries the preview's fingerprint."""
    campaign, now = find_campaign(request, pk), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and asked.get("action") == WRITE and colleague(request).has_perm("crm.write_message"):
        return compose_page(request, AUDIENCE, asked_of(campaign, request.POST))
    bulk = bulk_called(asked.get("action", ""))
    if bulk is None:
        raise Http404
    cards = chosen_cards(
        campaign, asked.get("column", ""), asked.getlist("pick"), everybody=asked.get("all_matching") == "1"
    )
    if not cards:
        return refuse(request, _("Nobody is chosen. Tick at least one person."), f"{board_url(campaign)}?view=table")
    if bulk.page is not None:
        return bulk.page(request, campaign, cards)
    today = local_date(now, campaign.zone)
    form = bulk.form(request.POST if "seen" in request.POST else None, campaign=campaign, today=today)
    if not (form.is_bound and form.is_valid()):
        return bulk_page(request, campaign, bulk, cards, form, None)
    try:
        ask_first(bulk, campaign, cards, form.cleaned_data)
    except DoorClosed as refused:
        return refuse(request, refused, board_url(campaign))
    preview = bulk.preview(campaign, cards, form.cleaned_data, now)
    if request.POST.get("seen") != fingerprint(bulk, cards, preview):
        return bulk_page(request, campaign, bulk, cards, form, preview)
    verdicts = bulk.act(cards, form.cleaned_data, now, actor_of(request))
    return done_page(request, campaign, bulk, verdicts)


def ask_first(bulk: Bulk, campaign: Campaign, cards: Cards, data: dict[str, Any]) -> None:
    """Before the first offers: raises DoorClosed when somebody would be asked and something is missing."""
    into_talks = data.get("to") in (Collaboration.Status.IN_TALKS, *Collaboration.PROMISED)
    asks = bulk.code == "offer" or (bulk.code == "move" and into_talks)
    if asks and any(card.status in ("shortlist", "off") for card in cards):
        require_door(campaign)


def asked_of(campaign: Campaign, data: QueryDict) -> QueryDict:
    """Which cards are meant, as words of an address."""
    asked = QueryDict(mutable=True)
    asked["campaign"] = str(campaign.pk)
    for name in ("pick", "column", "all_matching"):
        asked.setlist(name, [value for value in data.getlist(name) if value])
    return asked


def chosen_cards(campaign: Campaign, column: str, picked: list[str], *, everybody: bool) -> list[Collaboration]:
    """The ticked cards, or those of a column, or all of them."""
    rows = campaign.collaborations.select_related("influencer").order_by("influencer__name_key", "pk")
    if column in Collaboration.Status.values:
        rows = rows.filter(status=column)
    elif not everybody:
        rows = rows.filter(pk__in=numbers(picked))
    cards = list(rows)
    for card in cards:
        card.campaign = campaign
    return cards


def fingerprint(bulk: Bulk, cards: Cards, preview: Preview) -> str:
    """Equal only while the same action would do the same to the same cards."""
    told = repr((bulk.code, [card.pk for card in cards], preview.lines, preview.summary))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def bulk_page(
    request: HttpRequest, campaign: Campaign, bulk: Bulk, cards: Cards, form: forms.Form, preview: Preview | None
) -> HttpResponse:
    context = {
        "campaign": campaign,
        "bulk": bulk,
        "form": form,
        "cards": cards,
        "count": ngettext("%(n)d person", "%(n)d people", len(cards)) % {"n": len(cards)},
        "preview": preview,
        "seen": fingerprint(bulk, cards, preview) if preview else "",
        "back": f"{board_url(campaign)}?view=table",
    }
    status = 422 if form.is_bound and preview is None else 200
    return render(request, "campaigns/planning/bulk.html", context, status=status)


def done_page(request: HttpRequest, campaign: Campaign, bulk: Bulk, verdicts: list[Verdict]) -> HttpResponse:
    done = done_count(verdicts)
    context = {
        "campaign": campaign,
        "verdicts": verdicts,
        "title": ngettext("Done for %(n)d person", "Done for %(n)d people", done) % {"n": done},
        "undone": len(verdicts) - done,
        "bulk": bulk,
    }
    return render(request, "campaigns/planning/verdicts.html", context)


def board_url(campaign: Campaign) -> str:
    return reverse("campaign", args=[campaign.pk])
