"""Posts somebody notes by hand: posted, and told in the chat, or by a deal that has no campaign."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import MakeGood, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.counting import BACK, credit, uncredit
from crm.ambassadors.telling import tell
from crm.exclusivity.gate import gate
from crm.timeline.record import Actor

HAND = "hand:"


def note_post(
    line: QuotaLine,
    *,
    on: dt.date,
    told: str,
    once: str,
    at: dt.datetime,
    actor: Actor,
    make_good: MakeGood | None = None,
) -> QuotaEntry | None:
    """Count one post that was seen or told. `told` is its address or what was said; `once` what makes it the same post.

    The row it counts in; None when that post counts already. Raises `NothingOwed`.
    """
    key = f"{HAND}{line.deal_id}:{hashlib.sha256(once.encode()).hexdigest()[:40]}"
    with gate([line.deal.influencer_id]):
        is_new = credit(line, 1, key=key, on=on, at=at, by=actor.label, label=told, make_good=make_good)
        if is_new:
            _tell("quota.posted", _("Posted: %(what)s. %(told)s"), line, told, at, actor)
    return QuotaEntry.objects.filter(key__startswith=key).select_related("period").latest("pk") if is_new else None


def take_back(entry: QuotaEntry, why: str, *, at: dt.datetime, actor: Actor) -> bool:
    """Take back what was noted by hand. False when it does not count any more."""
    key = entry.key if entry.key.count(":") == HAND_PARTS else entry.key.rsplit(":", 1)[0]
    with gate([entry.line.deal.influencer_id]):
        is_back = uncredit(key, on=entry.on, at=at, by=actor.label, why=why)
        if is_back:
            _tell("quota.taken_back", _("Does not count after all: %(what)s. %(told)s"), entry.line, why, at, actor)
    return is_back


HAND_PARTS = 2
"""How many colons a key has the first time: hand, deal, post. Counted again, it ends with its turn."""


def may_be_taken_back(rows: Iterable[QuotaEntry]) -> set[int]:
    """Which of some rows were noted by hand and still count."""
    mine = {row.key: row.pk for row in rows if row.key.startswith(HAND) and not row.key.endswith(f":{BACK}")}
    backs = QuotaEntry.objects.filter(key__in=[f"{key}:{BACK}" for key in mine]).values_list("key", flat=True)
    gone = {key.removesuffix(f":{BACK}") for key in (backs if mine else ())}
    return {pk for key, pk in mine.items() if key not in gone}


def _tell(verb: str, sentence: object, line: QuotaLine, told: str, at: dt.datetime, actor: Actor) -> None:
    tell(line.deal, verb, sentence, params={"what": line, "told": told}, at=at, actor=actor)
