"""Addresses, prices, notes and days off of a person: added, changed, removed, each with its line in the story."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.base.formats import money_full
from crm.base.models import Stamped
from crm.influencers.models import Address, DayOff, Note, RateCard
from crm.timeline.edits import save_edit, shown, veiled
from crm.timeline.record import Actor, record

told_price = lazy(money_full, str)
"""A price that is written in the language of whoever reads the story."""

Detail = Address | DayOff | Note | RateCard


@dataclass(frozen=True)
class Words:
    """How the story tells it: the verbs for added, changed, removed, their sentences, and the fields that count."""

    verbs: tuple[str, str, str]
    added: Any
    changed: Any
    removed: Any
    fields: tuple[str, ...]
    private: tuple[str, ...] = ()


WORDS: dict[type, Words] = {
    Address: Words(
        ("address.added", "address.changed", "address.removed"),
        _("Added an address in %(city)s"),
        _("Changed the address in %(city)s"),
        _("Removed the address in %(city)s"),
        (
            "recipient", "phone", "country", "street", "rt_rw", "kelurahan", "kecamatan", "city", "province",
            "postcode", "landmark", "is_current",
        ),
        ("recipient", "phone", "street", "rt_rw", "postcode", "landmark"),
    ),
    RateCard: Words(
        ("rate.added", "rate.changed", "rate.removed"),
        _("Added a price: %(price)s"),
        _("Changed a price: %(price)s"),
        _("Removed a price: %(price)s"),
        ("account", "format", "package", "price", "price_to", "tax", "as_said", "valid_from", "valid_to"),
    ),
    Note: Words(
        ("note.added", "note.changed", "note.removed"),
        _("Wrote a note"),
        _("Changed a note"),
        _("Removed a note"),
        ("kind", "text"),
    ),
    DayOff: Words(
        ("influencer.days_off", "influencer.days_off_changed", "influencer.days_off_removed"),
        _("Is away from %(start)s to %(end)s"),
        _("Changed days off: %(start)s to %(end)s"),
        _("Is not away from %(start)s to %(end)s after all"),
        ("start_on", "end_on", "note"),
    ),
}  # fmt: skip


def _params(detail: Detail) -> dict[str, Any]:
    match detail:
        case Address():
            return {"city": detail.city}
        case RateCard():
            return {"price": told_price(detail.price)}
        case DayOff():
            return {"start": detail.start_on.isoformat(), "end": detail.end_on.isoformat()}
        case Note():
            return {}


def add_detail(detail: Detail, *, at: dt.datetime, actor: Actor) -> None:
    """Keep something new about a person."""
    words = WORDS[type(detail)]
    with transaction.atomic():
        detail.save(force_insert=True)
        if isinstance(detail, Address) and detail.is_current:
            _retire_others(detail)
        _tell(detail, words.verbs[0], words.added, at, actor)


def change_detail(detail: Address | Note | RateCard, *, seen: dt.datetime, at: dt.datetime, actor: Actor) -> bool:
    """Save what changed. Raises `ChangedMeanwhile`."""
    words = WORDS[type(detail)]
    with transaction.atomic():
        changed = save_edit(
            detail,
            seen=seen,
            fields=words.fields,
            private=words.private,
            verb=words.verbs[1],
            sentence=words.changed,
            params=_params(detail),
            at=at,
            actor=actor,
            influencer=detail.influencer_id,
        )
        if isinstance(detail, Address) and detail.is_current:
            _retire_others(detail)
    return changed


def remove_detail(detail: Detail, *, at: dt.datetime, actor: Actor) -> None:
    """Take it away. The story keeps what it said."""
    words = WORDS[type(detail)]
    filled = [name for name in words.fields if getattr(detail, name) not in ("", None)]
    said = {name: ((veiled if name in words.private else str)(shown(detail, name)), "") for name in filled}
    with transaction.atomic():
        _tell(detail, words.verbs[2], words.removed, at, actor, said)
        detail.delete()


def _retire_others(address: Address) -> None:
    """One address is in use."""
    others = Address.objects.filter(influencer=address.influencer_id, is_current=True).exclude(pk=address.pk)
    others.update(is_current=False)


def _tell(
    detail: Detail, verb: str, sentence: Any, at: dt.datetime, actor: Actor, changes: dict[str, Any] | None = None
) -> None:
    subject: Any = detail if isinstance(detail, Stamped) else detail.influencer
    record(
        verb,
        sentence,
        params=_params(detail),
        at=at,
        actor=actor,
        subject=subject,
        influencer=detail.influencer_id,
        changes=changes,
    )
