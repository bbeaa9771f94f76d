"""The small signs on a card: everything that is no column but should be seen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.planning.models import Deliverable
from crm.base.zones import local_date, zone_label
from crm.reminders.models import Todo

if TYPE_CHECKING:
    from campaigns.planning.cards import Card


@dataclass(frozen=True)
class Mark:
    label: str
    tone: str = ""
    icon: str = ""
    waits_for: str = ""  # "us" or "her": whoever has to do something next


def marks_of(card: "Card") -> list[Mark]:
    """All signs of a card, the gravest first."""
    return [
        *about_offer(card), *about_person(card), *about_answers(card), *card.brought, *about_contract(card), *about_work(card),
        *about_message(card), *about_reminders(card),
    ]  # fmt: skip


def about_offer(card: "Card") -> list[Mark]:
    held = [Mark(_("Offer held"), "bad", "lock-fill")] if card.holds else []
    return [*held, *(Mark(badge.label, "warn", badge.icon) for badge in card.badges)]


def about_person(card: "Card") -> list[Mark]:
    person = card.collaboration.influencer
    if person.archived_at is not None:
        return [Mark(_("Archived"), "bad", "archive")]
    if not person.may_be_contacted(local_date(card.now, card.campaign_zone)):
        return [Mark(_("Do not contact"), "bad", "slash-circle")]
    return [] if card.has_address else [Mark(_("No e-mail address"), "warn", "envelope-slash")]


def about_answers(card: "Card") -> list[Mark]:
    words = {
        Todo.Kind.NOT_THIS_TIME: Mark(_("Not this time"), "warn", "x-circle"),
        Todo.Kind.MORE_TIME: Mark(_("Needs more time"), "warn", "hourglass-split"),
        Todo.Kind.QUESTION: Mark(_("Question"), "info", "chat-left-text"),
    }
    return [mark for kind, mark in words.items() if kind in card.asks]


def about_contract(card: "Card") -> list[Mark]:
    """How far the contract is, how long a yes without a signature is held, and what of it nobody planned."""
    paper = card.paper
    if paper is None or card.collaboration.is_off:
        return []
    marks = [Mark(_("Contract: %(state)s") % {"state": paper.label}, paper.mark_tone, "file-earmark-text")]
    if paper.hold:
        marks.append(Mark(paper.hold, "warn" if paper.hold_is_over else "", "hourglass-split"))
    if paper.free and not paper.is_over:
        marks.append(Mark(_("Still to plan: %(what)s") % {"what": paper.to_plan}, "warn", "calendar-plus"))
    return marks


def about_work(card: "Card") -> list[Mark]:
    marks = []
    for row in card.standing:
        if row.status == Deliverable.Status.SUBMITTED:
            marks.append(Mark(_("Draft %(round)d waiting") % {"round": row.drafts}, "info", "images"))
        elif row.status == Deliverable.Status.EXPECTED and row.changes_note:
            marks.append(Mark(_("Asked for changes"), "", "reply"))
        elif row.lacks_proof:
            marks.append(Mark(_("Screenshot missing"), "warn", "camera"))
        elif row.lacks_link:
            marks.append(Mark(_("Address missing"), "warn", "link-45deg"))
    if card.is_waiting and not card.collaboration.is_off:
        marks.append(Mark(_("Waits for parcel"), "", "box-seam"))
    if card.collaboration.is_promised and not card.standing and not (card.paper and card.paper.free):
        marks.append(Mark(_("Nothing planned"), "warn", "calendar-plus"))
    return list(dict.fromkeys(marks))


def about_message(card: "Card") -> list[Mark]:
    """The message she carries; asked for only where it is at hand, as on a board."""
    card_of = card.collaboration
    is_known = card_of.pillar_id is not None and "pillar" in card_of._state.fields_cache
    return [Mark(str(card_of.pillar), "", "chat-quote")] if is_known and not card_of.is_off else []


def about_reminders(card: "Card") -> list[Mark]:
    marks = []
    zones = {row.zone for row in card.standing if row.is_unposted} - {card.campaign_zone}
    if zones:
        marks.append(Mark(zone_label(min(zones), card.now), "", "clock"))
    if card.collaboration.paused_at is not None:
        marks.append(Mark(_("No reminders"), "", "bell-slash"))
    if card.collaboration.reminders_off_at is not None:
        marks.append(Mark(_("Reminders are off"), "warn", "bell-slash"))
    return marks
