"""A person's own record: added, changed, put away, left alone."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.influencers.actions.accounts import add_account
from crm.influencers.actions.contacts import Standing, add_contact, write_to_guardians
from crm.influencers.models import Influencer, Niche, Representation, SocialAccount
from crm.outbox.models import Contact
from crm.timeline.edits import lock_unchanged, save_edit
from crm.timeline.record import Actor, record

PERSON_FIELDS = (
    "stage_name", "legal_name", "language", "zone", "stage", "owner", "birth_on", "is_public_figure", "city",
    "territory", "country", "main_niche", "aesthetic", "palette", "link_habit", "engagement_style",
)  # fmt: skip


def add_person(
    person: Influencer,
    *,
    niches: Collection[Niche] = (),
    account: SocialAccount | None = None,
    contact: Contact | None = None,
    at: dt.datetime,
    actor: Actor,
) -> Influencer:
    """Add somebody with her first account and how to reach her. Raises IntegrityError when the handle is taken."""
    with transaction.atomic():
        person.save(force_insert=True)
        person.niches.set({*niches, *([person.main_niche] if person.main_niche else [])})
        record("influencer.added", _("Added by hand"), at=at, actor=actor, subject=person, influencer=person)
        if account is not None:
            add_account(person, account, at=at, actor=actor)
        if contact is not None:
            add_contact(person, contact, Standing(Representation.Capacity.SELF), at=at, actor=actor)
    return person


def change_person(
    person: Influencer, niches: Collection[Niche], *, seen: dt.datetime, at: dt.datetime, actor: Actor
) -> bool:
    """Save what changed; the main niche is always among the niches, and a birth date may show that guardians get mail.

    Raises `ChangedMeanwhile`.
    """
    with transaction.atomic():
        changed = save_edit(
            person,
            seen=seen,
            fields=PERSON_FIELDS,
            sets={"niches": {*niches, *([person.main_niche] if person.main_niche else [])}},
            verb="influencer.changed",
            sentence=_("Changed the profile"),
            at=at,
            actor=actor,
            influencer=person,
        )
        if changed:
            write_to_guardians(person, at=at, actor=actor)
    return changed


def bar_contact(
    person: Influencer, *, why: str, until: dt.date | None, seen: dt.datetime, at: dt.datetime, actor: Actor
) -> None:
    """Nobody writes to her any more: for good, or to the end of a day. Raises `ChangedMeanwhile`."""
    with transaction.atomic():
        lock_unchanged(person, seen)
        record(
            "influencer.do_not_contact",
            _("Do not contact until %(until)s: %(why)s") if until else _("Do not contact: %(why)s"),
            params={"until": day_in_words(until), "why": why} if until else {"why": why},
            at=at,
            actor=actor,
            subject=person,
            influencer=person,
            changes={
                "do_not_contact_why": (person.do_not_contact_why, why),
                "do_not_contact_until": (person.do_not_contact_until or "", until or ""),
            },
        )
        person.do_not_contact_at = person.do_not_contact_at or at
        person.do_not_contact_until, person.do_not_contact_why = until, why
        person.save(
            update_fields=["do_not_contact_at", "do_not_contact_until", "do_not_contact_why", "updated_at"],
        )


def lift_contact_bar(person: Influencer, *, why: str, seen: dt.datetime, at: dt.datetime, actor: Actor) -> None:
    """She may be written to again; why is kept. Raises `ChangedMeanwhile`."""
    with transaction.atomic():
        lock_unchanged(person, seen)
        record(
            "influencer.may_contact",
            _("May be contacted again: %(why)s"),
            params={"why": why},
            at=at,
            actor=actor,
            subject=person,
            influencer=person,
            changes={"do_not_contact_why": (person.do_not_contact_why, "")},
        )
        person.do_not_contact_at = person.do_not_contact_until = None
        person.do_not_contact_why = ""
        person.save(
            update_fields=["do_not_contact_at", "do_not_contact_until", "do_not_contact_why", "updated_at"],
        )
