"""Whether she really uses the product (domain rule R1-25): asked, answered, and what follows for the days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.briefs.acceptance import Standing, standing_of
from campaigns.briefs.models import UseRecord
from campaigns.planning.models import Collaboration, Deliverable, DeliverableHold, Refused
from campaigns.planning.places import use_days
from crm.base.models import StoredFile
from crm.base.zones import local_date
from crm.timeline.record import Actor, record

ASKED_ALREADY = _("She was asked already.")
NOT_AGREED = _("Nobody has agreed yet. Ask once the card is agreed.")


@dataclass(frozen=True)
class Early:
    """Something planned before she has used the product long enough."""

    row: Deliverable
    days: int
    use_days: int

    @property
    def words(self) -> str:
        """Planned 3 days before she has used it 14 days."""
        said = ngettext(
            "Planned %(n)d day before she has used it", "Planned %(n)d days before she has used it", self.days
        )
        for_days = ngettext("%(n)d day.", "%(n)d days.", self.use_days) % {"n": self.use_days}
        return f"{said % {'n': self.days}} {for_days}"


def ask_use(card: Collaboration, *, at: dt.datetime, actor: Actor) -> UseRecord:
    """Ask her on her page. Raises Refused when she was asked, or nothing is agreed."""
    if not card.is_promised:
        raise Refused(card, NOT_AGREED)
    with transaction.atomic():
        row, made = UseRecord.objects.get_or_create(collaboration=card, defaults={"asked_at": at})
        if not made:
            raise Refused(card, ASKED_ALREADY)
        _tell("brief.use_asked", _("Asked whether she uses the product of %(campaign)s"), card, at, actor)
    return row


def open_uses(cards: Sequence[Collaboration]) -> list[UseRecord]:
    """Who was asked and has not answered, or not yet with a yes; their cards are at hand."""
    by_pk = {card.pk: card for card in cards}
    rows = list(UseRecord.objects.filter(collaboration__in=by_pk).exclude(uses_it=True).order_by("pk"))
    for row in rows:
        row.collaboration = by_pk[row.collaboration_id]
    return rows


def answer_use(
    card: Collaboration, said: Mapping[str, Any], *, at: dt.datetime, actor: Actor, channel: str = "", quote: str = "",
    file: StoredFile | None = None,
) -> UseRecord:  # fmt: skip
    """What she says of it, on her page or told to a colleague. A later answer takes the place of an earlier one."""
    uses_it = bool(said.get("uses_it"))
    since = said.get("since_on") or (local_date(at, card.campaign.zone) if uses_it else None)
    words = str(said.get("note") or quote)[:300]
    with transaction.atomic():
        made = UseRecord.objects.select_for_update().get_or_create(collaboration=card, defaults={"asked_at": at})
        row: UseRecord = made[0]
        row.uses_it, row.since_on, row.words, row.answered_at = uses_it, since, words, at
        row.evidence = file or row.evidence
        row.save()
        sentence = USES if uses_it else NOT_YET
        _tell("brief.use_answered", sentence, card, at, actor, channel=channel, quote=words, file=file)
    return row


def early_ones(card: Collaboration, rows: Sequence[Deliverable], standing: Standing | None = None) -> list[Early]:
    """What is due before she has used it for as many days as the brief asks. It warns and blocks nothing."""
    wanted = _use_days(standing or standing_of(card))
    since_on = _used_since(card) if wanted else None
    if not wanted or since_on is None:
        return []
    first = since_on + dt.timedelta(days=wanted)
    late = [(row, (first - row.post_due_on).days) for row in rows if row.is_unposted]
    return [Early(row, days, wanted) for row, days in late if days > 0]


@use_days("brief")
def days_to_use_it(card: Collaboration) -> int | None:
    """What the brief she got, or is to get, asks for."""
    return _use_days(standing_of(card))


def _use_days(standing: Standing) -> int | None:
    days = standing.overrides.get("use_days") or (standing.version.use_days if standing.version else None)
    return int(days) if days else None


def _used_since(card: Collaboration) -> dt.date | None:
    """Since when she says; where she has said nothing, the day the parcel came."""
    said = UseRecord.objects.filter(collaboration=card).values_list("since_on", flat=True).first()
    came: dt.date | None = DeliverableHold.objects.of_card(card).aggregate(on=Max("arrived_on"))["on"]
    return said or came


USES = _("Uses the product of %(campaign)s")
NOT_YET = _("Does not use the product of %(campaign)s yet")


def state_in_words(row: UseRecord | None) -> str:
    if row is None:
        return _now("Not asked")
    if row.uses_it is None:
        return _now("Asked, no answer yet")
    return _now("Yes") if row.uses_it else _now("Not yet")


def _tell(verb: str, sentence: Any, card: Collaboration, at: dt.datetime, actor: Actor, **told: Any) -> None:
    record(
        verb, sentence, at=at, actor=actor, subject=card, params={"campaign": card.campaign},
        influencer=card.influencer_id, brand=card.campaign.brand_id, **told,
    )  # fmt: skip
