"""The letter after a review: to whoever reads her work mail, with copies, or as a task where somebody passes it on by hand."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from campaigns.approvals.guests.emails import OF_STATUS
from campaigns.approvals.guests.words import by_level, short
from campaigns.approvals.models import ContentVersion, Note, Review, ReviewDecision
from campaigns.approvals.places import she_is_told
from campaigns.briefs.acceptance import standing_of
from campaigns.briefs.reminders import embargo_of
from campaigns.planning.models import Deliverable
from crm.base.formats import day_words, when_zone
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import mail_routes
from crm.outbox.compose import compose, enqueue
from crm.outbox.models import Contact, Email
from crm.outbox.tasks import ring_on_commit
from crm.outbox.topics import Topic
from crm.reminders.by_hand import CALL, WRITE, is_by_hand
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.reminders.wordings import LANGUAGES, greeting_for, which_format, whose_thing
from crm.timeline.record import Actor, in_language, subject_of

SUBJECT_MOST = 45
ABOUT_NOTES, ABOUT_YES = gettext_lazy("%(brand)s: notes on %(thing)s"), gettext_lazy("%(brand)s: %(thing)s can go up")
ABOUT_IDEA, ABOUT_GOOD_IDEA = (
    gettext_lazy("%(brand)s: notes on your idea"),
    gettext_lazy("%(brand)s: we like your idea"),
)
ABOUT_NO = gettext_lazy("%(brand)s: about %(thing)s")
HEADINGS: Mapping[str, Any] = {
    "draft_notes": ABOUT_NOTES,
    "draft_approved": ABOUT_YES,
    "idea_notes": ABOUT_IDEA,
    "idea_approved": ABOUT_GOOD_IDEA,
    "draft_not_this_one": ABOUT_NO,
}


@she_is_told("letters")
def tell_her(review: Review, decision: ReviewDecision, at: dt.datetime, actor: Actor) -> None:
    """One letter for each contact who reads mail, one task for each who does not; nothing of what she did herself."""
    if (review.version.stage, review.status) not in OF_STATUS:
        return
    for contact, copy_of in readers(review, at):
        if is_by_hand(contact):
            _leave_to_hand(review, contact, at)
        else:
            letter = letter_of(review, decision, contact, copy_of, at)
            enqueue(letter.pop("name"), **letter)
    ring_on_commit()


def readers(review: Review, at: dt.datetime) -> list[tuple[Contact, str]]:
    """Who hears of it, each with the names of those whose message it is a copy of."""
    person = review.version.deliverable.collaboration.influencer_id
    route = mail_routes([person], at).of(person, Topic.WORK)
    contacts = Contact.objects.in_bulk(route.everybody)
    asked = ", ".join(contacts[pk].name for pk in route.to)
    return [(contacts[pk], asked if pk in route.copies else "") for pk in route.everybody]


def composed(review: Review, contact: Contact, at: dt.datetime) -> Email:
    """The letter as it would be written, to be passed on by hand."""
    decision = review.version.decisions.filter(settles=True).order_by("-at", "-pk").first()
    letter = letter_of(review, decision, contact, "", at)
    return compose(letter.pop("name"), **letter)


def letter_of(
    review: Review, decision: ReviewDecision | None, contact: Contact, copy_of: str, at: dt.datetime
) -> dict[str, Any]:
    """Everything the letter about this decision carries."""
    deliverable = review.version.deliverable
    card = deliverable.collaboration
    campaign, owner = card.campaign, card.campaign.owner
    kind = OF_STATUS[review.version.stage, review.status]
    return {
        "name": kind.name,
        "to": contact,
        "key": f"{kind.name}/{review.pk}/{contact.pk}",
        "at": at,
        "context": {
            **said_of(review, decision),
            **called(deliverable, contact, kind.name),
            "greeting": greeting_for(contact, {"form_of_address": campaign.brand.form_of_address}),
            "brand": campaign.brand.name,
            "campaign": campaign.name,
        },
        "late_fields": {"page": {"influencer": card.influencer_id, "brand": campaign.brand_id}},
        "from_name": f"{owner.get_short_name()}, {campaign.brand.name}",
        "reply_to": owner.email,
        "sender_phone": str(owner.phone or ""),
        "copy_of": copy_of,
        "influencer_ref": card.influencer_id,
        "brand_ref": campaign.brand_id,
        "sender_ref": owner.pk,
        "subject_refs": [subject_of(deliverable), subject_of(review)],
        "thread": f"{subject_of(deliverable)}/deliverable.draft",
    }


def called(deliverable: Deliverable, contact: Contact, name: str) -> dict[str, Any]:
    """How the thing is called to this reader, and the subject, within what a phone shows."""
    card = deliverable.collaboration
    what, person = in_both(lambda: str(deliverable)), card.influencer.stage_name
    facts = {"what": what, "format": what}
    thing = whose_thing(contact, facts, person)
    brief = which_format(contact, facts, person) if contact.kind != Contact.Kind.PERSON else thing
    return {
        "thing": thing,
        "heading": {one: _heading(name, card.campaign.brand.name, brief[one], one) for one in LANGUAGES},
    }


def _heading(name: str, brand: str, thing: str, language: str) -> str:
    bare = in_language(language, HEADINGS[name], {"brand": "", "thing": ""})
    room = SUBJECT_MOST - len(bare)
    needs = len(thing) if "%(thing)s" in str(HEADINGS[name]) else 0
    named = short(brand, max(room // 2, room - needs))
    return in_language(language, HEADINGS[name], {"brand": named, "thing": short(thing, max(1, room - len(named)))})


def said_of(review: Review, decision: ReviewDecision | None) -> dict[str, Any]:
    """What was said, and what follows from it, in both languages."""
    deliverable = review.version.deliverable
    deliverable.refresh_from_db(fields=["draft_due_on", "post_due_on", "status"])
    notes = list(
        Note.objects.filter(version=review.version, is_for_us=False)
        .sent()
        .in_order()
        .select_related("brief_item", "asset")
    )
    lines = {one: _spoken(one, lambda: by_level(notes)) for one in LANGUAGES}
    levels = {"good": Note.Level.GOOD, "musts": Note.Level.MUST, "shoulds": Note.Level.SHOULD, "nices": Note.Level.NICE}
    is_draft = review.version.stage == ContentVersion.Stage.DRAFT
    follows = in_both(lambda: follows_from(review, deliverable)) if is_draft else dict.fromkeys(LANGUAGES, "")
    label = in_both(lambda: str(LABEL)) if is_draft else follows
    return {
        "words": decision.comment if decision is not None and not review.by_itself else "",
        **{name: {one: lines[one][level] for one in LANGUAGES} for name, level in levels.items()},
        **dict.fromkeys(("new_day", "when", "next"), follows),
        "label": label,
    }


LABEL = gettext_lazy("Please switch on the platform's own label for paid partnerships.")


def follows_from(review: Review, deliverable: Deliverable) -> str:
    """The day that counts now, in a sentence of the active language."""
    if review.status == Review.Status.APPROVED:
        return window_of(review.version, deliverable)
    if deliverable.status == Deliverable.Status.DROPPED:
        return _("You do not have to make another one. Tell us if you see it differently.")
    if deliverable.draft_due_on is None:
        return ""
    day = {"day": day_words(deliverable.draft_due_on, "long")}
    if review.status == Review.Status.REJECTED:
        return _("We would love to see another one by %(day)s.") % day
    return _("We look forward to the next one by %(day)s.") % day


def window_of(version: ContentVersion, deliverable: Deliverable) -> str:
    """From when to when she posts, as the brief she has and her own plan say."""
    embargo = embargo_of(standing_of(deliverable.collaboration))
    planned = version.planned_at
    day = when_zone(planned, deliverable.zone) if planned else day_words(deliverable.post_due_on, "long")
    if embargo is not None and embargo > version.submitted_at:
        return _("You can post it on %(day)s, not before %(hour)s.") % {
            "day": day, "hour": when_zone(embargo, deliverable.zone),
        }  # fmt: skip
    return _("You can post it on %(day)s.") % {"day": day}


def in_both(say: Callable[[], Any]) -> dict[str, Any]:
    """The same said in both languages."""
    return {language: _spoken(language, say) for language in LANGUAGES}


def _spoken(language: str, say: Callable[[], Any]) -> Any:
    with override(language):
        return say()


def _leave_to_hand(review: Review, contact: Contact, at: dt.datetime) -> None:
    card = review.version.deliverable.collaboration
    owner = card.campaign.owner
    leave_todo(
        f"review_hand:{review.pk}:{review.status}:{contact.pk}",
        CALL if contact.prefers == Contact.Prefers.CALL else WRITE,
        language=owner.language,
        params={
            "name": contact.name,
            "what": in_language(
                owner.language, gettext_lazy("our answer to %(what)s"), {"what": review.version.deliverable}
            ),
        },
        kind=Todo.Kind.MESSAGE,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone),
        owner=owner,
        influencer_ref=card.influencer_id,
        influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id,
        subject=subject_of(card),
        subject_label=str(card)[:200],
        url=reverse("review-hand", args=[review.pk, contact.pk]),
    )
