"""Sending a brief: a mail with a link in her language, or a task to pass it on by hand. What was sent is kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.briefs.acceptance import Standing, standing_of, standings_of
from campaigns.briefs.models import BriefSending, UseRecord
from campaigns.briefs.use import ask_use
from campaigns.planning.actions.work import each
from campaigns.planning.models import Campaign, Collaboration, Refused
from campaigns.planning.preview import Line, Preview, line
from campaigns.planning.verdicts import Verdict
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.compose import compose, enqueue
from crm.outbox.models import Contact, Email
from crm.outbox.tasks import ring_on_commit
from crm.outbox.topics import Topic
from crm.reminders.by_hand import CALL, WRITE, is_by_hand
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.reminders.wordings import LANGUAGES, greeting_for
from crm.timeline.record import Actor, in_language, record, subject_of

NO_BRIEF = _("No brief was released yet. Release it first.")
NOT_AGREED = _("Has not agreed yet. The brief goes out once the card is agreed.")
ACCEPTED = _("Has accepted it already.")
NOT_LIVE = _("The campaign is not live. Let it go live first.")
NOBODY = _("Nobody is on file who could be written to. Add an address first.")
BARRED = _("Does not want to be contacted. Nothing is sent.")


def send_brief(card: Collaboration, *, at: dt.datetime, actor: Actor) -> str:
    """Send her the newest version; who it goes to, in words. Raises Refused with what to do."""
    with transaction.atomic():
        list(Collaboration.objects.select_for_update().filter(pk=card.pk).values_list("pk"))
        standing = standing_of(card)
        route = mail_routes([card.influencer_id], at).of(card.influencer_id, Topic.WORK)
        if why := why_not(card, standing, route, at):
            raise Refused(card, why)
        contacts = Contact.objects.in_bulk(route.everybody)
        said = [_reach(card, standing, contacts[pk], copy_of(route, pk, contacts), at) for pk in route.everybody]
        _keep(card, standing, at, actor, by_hand=all(is_by_hand(contacts[pk]) for pk in route.to))
        ring_on_commit()
    return "; ".join(said)


def why_not(card: Collaboration, standing: Standing, route: Route, at: dt.datetime) -> Any:
    """Why nothing can be sent to her now; empty when it can."""
    if standing.version is None:
        return NO_BRIEF
    if not card.is_promised:
        return NOT_AGREED
    if not card.campaign.is_live:
        return NOT_LIVE
    if not standing.is_open:
        return ACCEPTED
    if not card.influencer.may_be_contacted(at.date()):
        return BARRED
    return "" if route.to else NOBODY


def copy_of(route: Route, pk: int, contacts: Mapping[int, Contact]) -> str:
    return ", ".join(contacts[one].name for one in route.to) if pk in route.copies else ""


def _reach(card: Collaboration, standing: Standing, contact: Contact, copy: str, at: dt.datetime) -> str:
    if is_by_hand(contact):
        _leave(card, contact, at)
        return _now("%(name)s by hand: a task is on Today") % {"name": contact.name}
    enqueue("brief_sent", **letter_of(card, standing, contact, copy, at))
    return _now("%(name)s by e-mail") % {"name": contact.name}


def _leave(card: Collaboration, contact: Contact, at: dt.datetime) -> None:
    owner = card.campaign.owner
    leave_todo(
        f"brief_hand:{card.pk}:{contact.pk}:{at.isoformat()}",
        CALL if contact.prefers == Contact.Prefers.CALL else WRITE,
        language=owner.language,
        params={"name": contact.name, "what": in_language(owner.language, BRIEF_OF, {"campaign": card.campaign})},
        owner=owner,
        due_at=at,
        influencer_ref=card.influencer_id,
        influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id,
        subject=subject_of(card),
        subject_label=card.campaign.name,
        kind=Todo.Kind.MESSAGE,
        url=reverse("brief-hand", args=[card.pk, contact.pk]),
    )


def letter_of(card: Collaboration, standing: Standing, contact: Contact, copy: str, at: dt.datetime) -> dict[str, Any]:
    """Everything the letter about her brief carries."""
    campaign = card.campaign
    owner = campaign.owner
    return {
        "to": contact,
        "key": f"brief_sent/{card.pk}/{contact.pk}/{at.isoformat()}",
        "at": at,
        "context": {
            "greeting": greeting_for(contact, {"form_of_address": campaign.brand.form_of_address}),
            "brand": campaign.brand.name,
            "campaign": campaign.name,
            **words_about(card.influencer.stage_name, standing, is_hers=contact.kind == Contact.Kind.PERSON),
        },
        "late_fields": {"page": {"influencer": card.influencer_id, "brand": campaign.brand_id}},
        "from_name": f"{owner.get_short_name()}, {campaign.brand.name}",
        "reply_to": owner.email,
        "sender_phone": str(owner.phone or ""),
        "copy_of": copy,
        "influencer_ref": card.influencer_id,
        "brand_ref": campaign.brand_id,
        "sender_ref": owner.pk,
        "subject_refs": [subject_of(card)],
        "thread": f"{subject_of(card)}/brief",
    }


def words_about(person: str, standing: Standing, *, is_hers: bool) -> dict[str, Any]:
    """Whose brief it is, and what is new in it, in both languages."""
    sentence = YOURS if is_hers else HERS
    note = standing.version.change_note if standing.version is not None and standing.ack is not None else ""
    return {
        "about": {language: in_language(language, sentence, {"person": person}) for language in LANGUAGES},
        "news": {language: in_language(language, NEW, {"note": note}) if note else "" for language in LANGUAGES},
    }


def composed(card: Collaboration, contact: Contact, at: dt.datetime) -> Email:
    """The letter as it would be written, to be passed on by hand; one for each time the brief was sent."""
    sent = BriefSending.objects.filter(collaboration=card).values_list("sent_at", flat=True).first()
    letter = letter_of(card, standing_of(card), contact, "", sent or at)
    return compose("brief_sent", **{**letter, "at": at})


def _keep(card: Collaboration, standing: Standing, at: dt.datetime, actor: Actor, *, by_hand: bool) -> None:
    version = standing.version
    assert version is not None
    BriefSending.objects.create(
        version=version, collaboration=card, revision=standing.revision, sent_at=at, by_hand=by_hand
    )
    record(
        "brief.sent", _("Sent version %(number)s of the brief for %(campaign)s"), at=at, actor=actor, subject=card,
        params={"number": version.number, "campaign": card.campaign}, influencer=card.influencer_id,
        brand=card.campaign.brand_id,
    )  # fmt: skip
    use_days = standing.overrides.get("use_days") or version.use_days
    if use_days and not UseRecord.objects.filter(collaboration=card).exists():
        ask_use(card, at=at, actor=actor)


def preview_sending(campaign: Campaign, cards: Sequence[Collaboration], data: Any, now: dt.datetime) -> Preview:
    """Who gets a mail, who is reached by hand, who nothing, and why."""
    about = Plans.of(cards, now)
    lines = [about.line(card, now) for card in cards]
    many = sum(shown.happens for shown in lines)
    summary = ngettext("Sends the brief to %(n)d person.", "Sends the brief to %(n)d people.", many) % {"n": many}
    return Preview(summary, lines, [_now("Each reads it on her own page, as she has it, and ticks it there.")])


@dataclass(frozen=True)
class Plans:
    """What is known of everybody before a sending, read at once."""

    standings: Mapping[int, Standing]
    routes: Any
    contacts: Mapping[int, Contact]

    @classmethod
    def of(cls, cards: Sequence[Collaboration], now: dt.datetime) -> "Plans":
        routes = mail_routes([card.influencer_id for card in cards], now)
        wanted = {pk for card in cards for pk in routes.of(card.influencer_id, Topic.WORK).everybody}
        return cls(standings_of(cards), routes, Contact.objects.in_bulk(wanted))

    def line(self, card: Collaboration, now: dt.datetime) -> Line:
        route = self.routes.of(card.influencer_id, Topic.WORK)
        why = why_not(card, self.standings[card.pk], route, now)
        if why:
            return line(card, str(why), happens=False)
        said = [_how(self.contacts[pk]) for pk in route.everybody]
        return line(card, "; ".join(said))


def _how(contact: Contact) -> str:
    words = _("%(name)s by hand: a task is on Today") if is_by_hand(contact) else _("%(name)s by e-mail")
    return str(words) % {"name": contact.name}


def send_briefs(cards: Sequence[Collaboration], data: Any, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """The brief to each; who cannot have it says why."""
    return each(cards, lambda card: send_brief(card, at=at, actor=actor))


BRIEF_OF = _("the brief for %(campaign)s")
YOURS, HERS = _("your brief"), _("the brief of %(person)s")
NEW = _("New: %(note)s")
