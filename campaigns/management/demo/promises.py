"""Promises of exclusivity: one person barred, one whose days still move, one exception that was allowed."""

import datetime as dt
from typing import Any

from campaigns.management.demo.people import marked
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.models.promises import PromiseHeld
from crm.base.zones import local_date
from crm.brands.models import Category
from crm.exclusivity.actions.cases import open_case, step, tell
from crm.exclusivity.actions.clauses import save_clause
from crm.exclusivity.actions.suspecting import keep_seen_post
from crm.exclusivity.actions.waivers import allow
from crm.exclusivity.models import BreachCase, Clause, OutsideDeal
from crm.exclusivity.notices import notice
from crm.exclusivity.terms import ACT_NUMBERS, Act, Kind
from crm.exclusivity.upkeep import let_days_run
from crm.influencers.models import Format
from crm.team.models import User
from crm.timeline.models import Channel
from crm.timeline.record import Actor, subject_of

PAID = frozenset({ACT_NUMBERS[Act.PAID_POST]})


def promise_exclusivity(team: dict[str, User], now: dt.datetime) -> None:
    """Three people of the live skincare campaign; the first works for another house beside it, with a reason."""
    cards = list(
        Collaboration.objects.filter(campaign__name="Kulit Tropis", status="posting")
        .select_related("campaign__brand", "influencer")
        .order_by("pk")[:2]
    )
    actor = Actor.user(team["coordinator"])
    for place, card in enumerate(cards):
        kind = Kind.CATEGORY_PRODUCT if place else Kind.FULL
        promised_at = now - dt.timedelta(days=20 * place)
        promise(card, promised_at, actor, kind=kind, start_offset=-14, end_offset=30)
    planned = Collaboration.objects.filter(campaign__name="Kulit Tropis", status="making").order_by("pk").first()
    if planned is not None:
        promise(planned, now, actor, anchor=Clause.Anchor.LAST_POST, start_offset=0, end_offset=60)
    if cards:
        allow_beside(cards[0], team, now)
    if len(cards) > 1:
        break_a_promise(cards[1], team, now)


def promise(card: Collaboration, now: dt.datetime, actor: Actor, **days: Any) -> None:
    """Agreed with her afterwards, so it goes in force at once."""
    clause = Clause(
        influencer=card.influencer,
        brand=card.campaign.brand,
        work_ref=subject_of(card),
        work_label=str(card.campaign),
        act_numbers=PAID,
        zone=card.influencer.zone,
        **days,
    )
    spoken = [] if clause.kind == Kind.FULL else [Category.objects.get(slug="skincare").pk]
    save_clause(clause, {"categories": spoken}, at=now, actor=actor)
    marked(clause)
    with card.held():
        card.keep_promises(at=now, actor=actor)


def break_a_promise(card: Collaboration, team: dict[str, User], now: dt.datetime) -> None:
    """Somebody saw her with another serum four days ago; she was told yesterday and has time to put it right."""
    seen_at, told_at, by = now - dt.timedelta(days=4), now - dt.timedelta(days=1), team["coordinator"]
    seen_on = local_date(seen_at, card.influencer.zone)
    deal = OutsideDeal(
        influencer=card.influencer,
        brand_name="Senja Glow",
        category=Category.objects.get(slug="serum"),
        start_on=seen_on,
        end_on=seen_on,
        zone=card.influencer.zone,
        source=OutsideDeal.Source.OBSERVED,
        url="https://www.instagram.com/p/serum-senja/",
        note="A reel with a discount code",
        author=by,
    )
    for finding in keep_seen_post(deal, file=None, by=by, at=seen_at):
        case = open_case(finding, by=by, at=seen_at)
        for to in (BreachCase.Status.UNDER_REVIEW, BreachCase.Status.CONFIRMED):
            step(case, to, by=team["manager"], at=told_at)
        words = notice(case, by.get_short_name(), told_at)[f"text_{card.influencer.language}"]
        tell(case, words, Channel.WHATSAPP, told_at, by=by, at=told_at)
        marked(case)
    let_days_run(now)


def allow_beside(card: Collaboration, team: dict[str, User], now: dt.datetime) -> None:
    """Another house wants her in the same weeks; the manager lets it stand, because the first brand agreed in writing."""
    campaign = Campaign.objects.get(name="Senyum Setiap Hari")
    today = local_date(now, card.influencer.zone)
    actor = Actor.user(team["manager"])
    beside = Collaboration.objects.create(campaign=campaign, influencer=card.influencer, fee=2_000_000)
    piece = Deliverable.objects.create(
        collaboration=beside,
        format=Format.objects.get(code="reel", platform__code="instagram"),
        zone=card.influencer.zone,
        draft_due_on=today + dt.timedelta(days=8),
        post_due_on=today + dt.timedelta(days=12),
        dates_set_at=now,
    )
    marked(beside, piece)
    try:
        beside.put("agreed", at=now, actor=actor)
    except PromiseHeld as held:
        for conflict in held.conflicts:
            allow(
                conflict,
                "The brand agreed in writing: teeth are no skin.",
                owner=team["coordinator"],
                by=team["manager"],
                at=now,
            )
        beside.put("agreed", at=now, actor=actor)
