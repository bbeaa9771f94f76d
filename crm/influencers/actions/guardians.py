"""A minor without a guardian: offers wait, unless somebody who may decide says why not. Of age: the guardian may go."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.majority import ages_on
from crm.influencers.models import GuardianWaiver, Influencer, Representation
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

OF_AGE = _("%(name)s is of age since %(day)s. Has %(guardian)s stopped acting as guardian? Then enter the last day.")


class AlreadyWaived(Exception):
    """Somebody has logged a reason already; nothing was changed."""


def waive_guardian(person: Influencer, why: str, *, user: "User", at: dt.datetime) -> GuardianWaiver:
    """Let offers to a minor go ahead without a guardian; who said so and why is kept. Raises AlreadyWaived."""
    try:
        with transaction.atomic():
            waiver = GuardianWaiver.objects.create(influencer=person, why=why, decided_by=user)
            _tell(person, "guardian.waived", _("Offers may go ahead without a guardian: %(why)s"), why, at, user)
    except IntegrityError as there:
        raise AlreadyWaived from there
    return waiver


def withdraw_waiver(person: Influencer, *, user: "User", at: dt.datetime) -> bool:
    """Offers wait for a guardian again; False when nothing was waived."""
    with transaction.atomic():
        standing = GuardianWaiver.objects.filter(influencer=person, withdrawn_at__isnull=True)
        if not standing.update(withdrawn_at=at, updated_at=at):
            return False
        _tell(person, "guardian.needed", _("Offers wait for a guardian again"), "", at, user)
    return True


def _tell(person: Influencer, verb: str, sentence: object, why: str, at: dt.datetime, user: "User") -> None:
    record(verb, sentence, params={"why": why}, at=at, actor=Actor.user(user), subject=person, influencer=person)


def ask_about_guardians(now: dt.datetime) -> Mapping[str, int]:
    """On the birthday from which she signs for herself: a task that suggests to let her guardian go. Once for each."""
    guards = Representation.objects.guarding().filter(influencer__birth_on__isnull=False, until_on__isnull=True)
    present = guards.filter(influencer__archived_at__isnull=True, influencer__merged_into__isnull=True)
    rows = list(present.select_related("influencer__owner", "contact").order_by("pk"))
    if not rows:
        return {}
    ages = ages_on(now.date())
    grown = {_key(row): row for row in rows if not ages.is_minor(row.influencer, local_date(now, row.influencer.zone))}
    asked = set(Todo.objects.filter(key__in=grown).values_list("key", flat=True))
    language = Organisation.load().language
    left = 0
    for key, row in grown.items():
        grown_on = ages.grows_up_on(row.influencer)
        if key not in asked and grown_on is not None:
            left += _ask(key, row, grown_on, language, now)
    return Counter(asked=left) if left else {}


def _key(row: Representation) -> str:
    return f"of_age:{row.pk}"


def _ask(key: str, row: Representation, grown_on: dt.date, language: str, now: dt.datetime) -> bool:
    person = row.influencer
    todo = leave_todo(
        key,
        OF_AGE,
        language=person.owner.language if person.owner else language,
        params={"name": person.stage_name, "day": day_in_words(grown_on), "guardian": row.contact.name},
        kind=Todo.Kind.CHECK,
        due_at=now,
        owner=person.owner,
        influencer_ref=person.pk,
        influencer_label=person.stage_name,
        url=reverse("contact-edit", args=[person.pk, row.pk]),
    )
    return todo is not None
