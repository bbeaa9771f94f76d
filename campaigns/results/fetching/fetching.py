"""Asking for what is due: claimed before it is asked, kept once, with a pause after each failure that grows."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

import structlog
from django.core.exceptions import ValidationError
from django.db.models import F

from campaigns.results.fetching.due import Question, questions
from campaigns.results.fetching.health import tell_round
from campaigns.results.fetching.providers import Busy, Failed, Figures, GaveUp, Provider, switched_on
from campaigns.results.models import FetchTry, PostSnapshot
from campaigns.results.numbers.taking import take
from crm.base.inserts import insert_missing
from crm.timeline.record import SYSTEM

log = structlog.get_logger(__name__)
AT_ONCE = 20
LEASE = dt.timedelta(minutes=15)
PATIENCE = dt.timedelta(seconds=45)
"""A round ends after so long, whatever is left: the next one goes on."""
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=10), dt.timedelta(hours=12)
MOST_TRIES = 6
Clock = Callable[[], dt.datetime]
ONCE = "(live_post_id, provider, mark)"


def fetch_due(clock: Clock, *, most: int = AT_ONCE) -> Mapping[str, int]:
    """Ask for what is due, a few at a time. A platform that wants to be left alone is asked no more in this round."""
    on = switched_on()
    report: Counter[str] = Counter()
    resting: set[str] = set()
    begun_at = clock()
    for question in questions(on, begun_at) if on else ():
        if clock() - begun_at > PATIENCE:
            break
        provider = on[question.post.platform.code]
        if report["asked"] >= most or provider.name in resting:
            continue
        if not claim(question, provider, clock()):
            continue
        report["asked"] += 1
        outcome = _ask(question, provider, clock)
        report[outcome] += 1
        if outcome == "busy":
            resting.add(provider.name)
    tell_round(report, clock())
    return +report


def claim(question: Question, provider: Provider, now: dt.datetime) -> bool:
    """Compare and set: of two rounds at once one asks. A claim that is never answered is free again after its lease."""
    post, mark = question.post, question.mark
    until = now + LEASE
    if question.tried is None:
        row = FetchTry(live_post=post, provider=provider.name, mark=mark, tries=1, asked_at=now, next_at=until)
        return bool(insert_missing([row], ONCE))
    mine = FetchTry.objects.filter(pk=question.tried.pk, done_at__isnull=True, next_at=question.tried.next_at)
    return bool(mine.update(tries=F("tries") + 1, asked_at=now, next_at=until, updated_at=now))


def _ask(question: Question, provider: Provider, clock: Clock) -> str:
    tried = FetchTry.objects.get(live_post=question.post, provider=provider.name, mark=question.mark)
    try:
        figures = provider.figures(question.post)
        _keep(question, provider, figures, clock())
    except GaveUp as failed:
        return _settle(tried, clock(), failed.why, "gave_up")
    except Busy as failed:
        return _pause(tried, clock(), failed, "busy")
    except Failed as failed:
        return _pause(tried, clock(), failed, "failed")
    except ValidationError as refused:
        return _settle(tried, clock(), " ".join(refused.messages), "gave_up")
    return _settle(tried, clock(), "", "taken")


def _keep(question: Question, provider: Provider, figures: Figures, now: dt.datetime) -> None:
    take(
        question.post, figures.counts, taken_at=now, source=PostSnapshot.Source.API, by=provider.name, at=now,
        actor=SYSTEM, followers=figures.followers,
    )  # fmt: skip


def _settle(tried: FetchTry, now: dt.datetime, error: str, outcome: str) -> str:
    FetchTry.objects.filter(pk=tried.pk).update(done_at=now, next_at=None, error=error[:300], updated_at=now)
    return outcome


def _pause(tried: FetchTry, now: dt.datetime, failed: Failed, outcome: str) -> str:
    """Again after what the platform asks for, else ten minutes, twenty, forty; after six tries no more."""
    if tried.tries >= MOST_TRIES:
        return _settle(tried, now, failed.why, "gave_up")
    pause = failed.again_after or min(FIRST_PAUSE * 2 ** (tried.tries - 1), LONGEST_PAUSE)
    again_at = now + max(pause, dt.timedelta(minutes=1))
    FetchTry.objects.filter(pk=tried.pk).update(next_at=again_at, error=failed.why[:300], updated_at=now)
    log.warning("platform_did_not_say", provider=tried.provider, why=failed.why, again_at=again_at.isoformat())
    return outcome
