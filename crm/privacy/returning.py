"""After everything came back from a backup: who was forgotten since then is forgotten again, before any mail leaves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words
from crm.base.models import Organisation
from crm.influencers.actions.people import bar_contact
from crm.influencers.models import Influencer
from crm.privacy.asking import Said, ask
from crm.privacy.beside import Line
from crm.privacy.erasing import NotYet, forget
from crm.privacy.marks import marks_of
from crm.privacy.models import PrivacyRequest
from crm.privacy.whose import her_of
from crm.timeline.record import SYSTEM, in_language

WAS_FORGOTTEN = _("She was forgotten on %(day)s; the house came back from a backup of before.")


@dataclass
class ForgottenAgain:
    """How many went again, and who could not: those are left alone and stand on Today."""

    done: int = 0
    waiting: int = 0


def forget_again(lines: Iterable[Line], now: dt.datetime) -> ForgottenAgain:
    """Forget everybody of these lines who is there again. Her number alone is not enough: a mark must be hers, too."""
    told = ForgottenAgain()
    for line in lines:
        for person in Influencer.objects.unmerged().not_forgotten().filter(pk__in=line.people).order_by("pk"):
            if line.marks & marks_of(her_of(person.pk)):
                done = _again(person, line.at, now)
                told.done, told.waiting = told.done + done, told.waiting + (not done)
    return told


def _again(person: Influencer, asked_at: dt.datetime, now: dt.datetime) -> bool:
    """False when what ran in those days blocks it: then nobody writes to her until somebody has decided."""
    house = Organisation.load()
    words = in_language(house.language, WAS_FORGOTTEN, {"day": day_words(asked_at.date())})
    try:
        asked = ask(person, Said(PrivacyRequest.Kind.ERASURE, asked_at, words=words), at=now, actor=SYSTEM)
    except ValidationError:
        asked = PrivacyRequest.objects.open().of_person(person.pk).erasures().earliest("pk")
    try:
        forget(asked, at=now, actor=SYSTEM)
    except NotYet:
        bar_contact(person, why=words, until=None, seen=person.updated_at, at=now, actor=SYSTEM)
        return False
    return True
