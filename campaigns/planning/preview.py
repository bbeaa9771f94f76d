"""What a bulk action will do, said before it is done."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.actions.contracts import Wish
from campaigns.planning.actions.work import Days, Plan, unposted
from campaigns.planning.cards import with_address
from campaigns.planning.client_prices import Fill
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from crm.base.formats import day_words, money_full, money_short
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.influencers.places import Offer, OfferHold, holds_of
from crm.influencers.queries.mail import mail_routes
from crm.outbox.topics import Topic
from crm.reminders.models import Recipient, RuleStep


@dataclass(frozen=True)
class Line:
    """What will happen to one card."""

    who: str
    text: str
    happens: bool
    card_id: int


@dataclass(frozen=True)
class Letter:
    """One of the messages as it reads on her phone."""

    who: str
    sender: str
    subject: str
    text: str


@dataclass(frozen=True)
class Preview:
    summary: str
    lines: list[Line]
    notes: list[str]
    letter: Letter | None = None


def line(card: Collaboration, text: str, *, happens: bool = True) -> Line:
    return Line(card.influencer.stage_name, text, happens, card.pk)


def preview_plan(campaign: Campaign, cards: Sequence[Collaboration], plan: Plan, now: dt.datetime) -> Preview:
    """Adds 2 deliverables to 9 people; 14 reminders will be planned."""
    lines = []
    for card in cards:
        if card.is_off:
            lines.append(line(card, _("Is not going ahead: nothing is added."), happens=False))
        else:
            days = day_words(plan.post_due_on, "brief")
            text = f"{plan.count} × {plan.title or plan.format}, {days}"
            lines.append(line(card, text))
    taking = [card for card in cards if not card.is_off]
    summary = ngettext("Adds %(things)s to %(n)d person.", "Adds %(things)s to %(n)d people.", len(taking)) % {
        "n": len(taking),
        "things": f"{plan.count} × {plan.title or plan.format}",
    }
    notes = [*about_reminders(campaign, taking, plan, now), *about_people(campaign, taking, plan, now)]
    return Preview(summary, lines, notes)


def about_reminders(campaign: Campaign, cards: Sequence[Collaboration], plan: Plan, now: dt.datetime) -> list[str]:
    promised = [card for card in cards if card.is_promised and card.may_be_reminded]
    count = reminders_for(promised, plan, now) if campaign.is_live else 0
    notes = [ngettext("%(n)d reminder will be planned.", "%(n)d reminders will be planned.", count) % {"n": count}]
    if not campaign.is_live:
        notes.append(_("They begin when the campaign is live."))
    elif len(promised) < len(cards):
        waiting = len(cards) - len(promised)
        notes.append(
            ngettext(
                "%(n)d person has not agreed yet or is paused; reminders begin after that.",
                "%(n)d people have not agreed yet or are paused; reminders begin after that.",
                waiting,
            )
            % {"n": waiting}
        )
    return notes


def reminders_for(cards: Sequence[Collaboration], plan: Plan, now: dt.datetime) -> int:
    """How many messages to influencers the rules will plan for this work, while nothing is late."""
    today = local_date(now, plan.zone)
    steps = RuleStep.objects.filter(rule__is_active=True, recipient=Recipient.INFLUENCER, unit=RuleStep.Unit.DAYS)
    days = {"deliverable.draft": plan.draft_due_on, "deliverable.post": plan.post_due_on}
    wanted = 0
    for kind, offset in steps.filter(rule__kind__in=days).values_list("rule__kind", "offset"):
        due_on = days[kind]
        wanted += due_on is not None and offset <= 0 and due_on + dt.timedelta(days=offset) >= today
    routes = mail_routes([card.influencer_id for card in cards], now)
    return wanted * plan.count * sum(len(routes.of(card.influencer_id, Topic.WORK).everybody) for card in cards)


def about_people(campaign: Campaign, cards: Sequence[Collaboration], plan: Plan, now: dt.datetime) -> list[str]:
    notes = []
    silent = [card for card in cards if card.influencer_id not in with_address([c.influencer_id for c in cards])]
    if silent:
        notes.append(_("Without an e-mail address: %(names)s. Their dates appear on Today instead.") % names_of(silent))
    today = local_date(now, plan.zone)
    barred = [card for card in cards if not card.influencer.may_be_contacted(today)]
    if barred:
        notes.append(_("Do not want to be contacted: %(names)s. Nothing is sent to them.") % names_of(barred))
    if plan.post_due_on < today:
        notes.append(_("The posting day is over already."))
    elif not campaign.start_on <= plan.post_due_on <= campaign.end_on:
        notes.append(_("The posting day lies outside the campaign."))
    return notes


def names_of(cards: Collection[Collaboration]) -> dict[str, str]:
    names = [card.influencer.stage_name for card in cards]
    rest = f" +{len(names) - 5}" if len(names) > 5 else ""
    return {"names": ", ".join(names[:5]) + rest}


def preview_days(campaign: Campaign, cards: Sequence[Collaboration], days: Days, now: dt.datetime) -> Preview:
    open_rows = unposted(cards)
    lines, moved = [], 0
    for card in cards:
        told = [(row, *days.new_days(row)) for row in open_rows[card.pk]]
        wrong = any(draft is not None and draft > post for _row, draft, post in told)
        if not told:
            lines.append(line(card, _("Nothing is open here."), happens=False))
        elif wrong:
            lines.append(line(card, _("The draft would be due after the posting day."), happens=False))
        else:
            moved += len(told)
            lines.append(line(card, "; ".join(f"{row}: {day_words(post, 'brief')}" for row, _draft, post in told)))
    summary = ngettext("Moves %(n)d thing.", "Moves %(n)d things.", moved) % {"n": moved}
    return Preview(summary, lines, [_("Reminders follow the new days; what has been sent stays sent.")])


def preview_move(campaign: Campaign, cards: Sequence[Collaboration], to: str, now: dt.datetime) -> Preview:
    lines = []
    label = Collaboration.Status(to).label
    held = held_cards(cards, now) if to in Collaboration.PROMISED else {}
    for card in cards:
        happens = card.status in Collaboration.DECIDED.get(to, ()) and card.influencer_id not in held
        if card.status == to:
            text = _("Is there already.")
        elif card.influencer_id in held:
            text = " ".join([_("The offer is held."), *(hold.why for hold in held[card.influencer_id])])
        elif happens:
            text = _("From %(column)s") % {"column": card.get_status_display()}
        else:
            text = _("Cannot go there from %(column)s.") % {"column": card.get_status_display()}
        lines.append(line(card, text, happens=happens))
    count = sum(shown.happens for shown in lines)
    summary = ngettext("Puts %(n)d person into %(column)s.", "Puts %(n)d people into %(column)s.", count)
    notes: list[Any] = [_("Their reminders stop.")] if to == Collaboration.Status.OFF and count else []
    return Preview(summary % {"n": count, "column": label}, lines, notes)


def held_cards(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[OfferHold]]:
    """By person, what keeps an offer from being agreed; only for those who have not said yes."""
    return holds_of([Offer(card.influencer_id, card.fee) for card in cards if not card.is_promised], now)


def preview_drop(campaign: Campaign, cards: Sequence[Collaboration], now: dt.datetime) -> Preview:
    open_rows = unposted(cards)
    lines = [
        line(
            card,
            ", ".join(map(str, open_rows[card.pk])) or _("Nothing is open here."),
            happens=bool(open_rows[card.pk]),
        )
        for card in cards
    ]
    count = sum(len(rows) for rows in open_rows.values())
    summary = ngettext("Drops %(n)d thing.", "Drops %(n)d things.", count) % {"n": count}
    return Preview(summary, lines, [_("Reminders about it stop. Each can be brought back on its own page.")])


def preview_remind(cards: Sequence[Collaboration]) -> Preview:
    lines = [
        line(card, _("Reminders go out from today."))
        if card.reminders_off_at
        else line(card, _("They are on already."), happens=False)
        for card in cards
    ]
    count = sum(shown.happens for shown in lines)
    summary = ngettext("Switches reminders on for %(n)d person.", "Switches reminders on for %(n)d people.", count)
    note = _(
        "Nothing is sent late: moments that have passed, and days that were over when they were imported, stay silent."
    )
    return Preview(summary % {"n": count}, lines, [note])


def preview_prices(cards: Sequence[Collaboration], fill: Fill) -> Preview:
    """Writes a client price for 9 people, each beside what stood there."""
    lines = []
    for card in cards:
        try:
            price = money_full(fill.price(card))
        except Refused as kept:
            lines.append(line(card, str(kept), happens=False))
        else:
            before = f"{money_full(card.client_price)} → " if card.client_price is not None else ""
            lines.append(line(card, f"{before}{price}"))
    count = sum(shown.happens for shown in lines)
    summary = ngettext("Writes a client price for %(n)d person.", "Writes a client price for %(n)d people.", count) % {
        "n": count
    }
    return Preview(summary, lines, [_("The client sees this price alone, never the fee.")])


def preview_contracts(cards: Sequence[Collaboration], wish: Wish) -> Preview:
    """Writes 9 contracts, each with the days, posts and fee of its card."""
    prefetch_related_objects([card for card in cards if card.party_id], "party__contract")
    lines, posts = [], _planned(cards)
    for card in cards:
        if card.is_off:
            lines.append(line(card, _("Is not going ahead: nothing is added."), happens=False))
        elif card.party is not None and card.party.contract.status in Contract.OPEN:
            lines.append(line(card, _("Has one: %(contract)s") % {"contract": card.party.contract}, happens=False))
        else:
            fee = money_short(card.fee) if card.fee is not None else _("no fee yet")
            count = ngettext("%(n)d post", "%(n)d posts", posts[card.pk]) % {"n": posts[card.pk]}
            lines.append(line(card, f"{count}, {fee}"))
    many = sum(shown.happens for shown in lines)
    said = [ngettext("Writes %(n)d contract.", "Writes %(n)d contracts.", many) % {"n": many}]
    if wish.template is not None:
        said.append(_("Words: %(template)s.") % {"template": wish.template})
    if wish.offer_until_on is not None:
        said.append(_("The offers stand until %(day)s.") % {"day": day_words(wish.offer_until_on)})
    return Preview(" ".join(said), lines, [_("They are drafts: look through each one, then let it be signed.")])


def _planned(cards: Sequence[Collaboration]) -> Counter[int]:
    rows = Deliverable.objects.standing().filter(collaboration__in=[card.pk for card in cards])
    return Counter(rows.values_list("collaboration_id", flat=True))
