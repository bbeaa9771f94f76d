"""What the clock does for people's requests: files that nobody fetched go, and so does what is not held any more."""

import datetime as dt
from collections.abc import Mapping

from crm.privacy.erasing import erase_what_ended, look_again_later
from crm.privacy.models import PrivacyRequest, RetentionRun
from crm.privacy.own.building import remove_expired, take_up
from crm.reminders.tick import upkeep

KEY = "what-was-held"


@upkeep("privacy", order=910)
def answer_people(now: dt.datetime) -> Mapping[str, int]:
    """Three short questions when nothing is to do; what is held is looked at once a day."""
    told = {"written": take_up(lambda: now), "expired": remove_expired(now), "released": _once_a_day(now)}
    told["looked again"] = look_again_later(now)
    return {key: number for key, number in told.items() if number}


def _once_a_day(now: dt.datetime) -> int:
    on = now.date()
    if not PrivacyRequest.objects.held().held_no_longer(on).exists():
        return 0
    run, made = RetentionRun.objects.get_or_create(key=KEY, on=on, defaults={"started_at": now})
    if not made:
        return 0
    gone = erase_what_ended(now)
    RetentionRun.objects.filter(pk=run.pk).update(gone=gone, finished_at=now)
    return gone
