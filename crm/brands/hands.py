"""Whose a brand is, was and will be: a change of hands is looked at before it is kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date
from crm.brands.actions import house_called
from crm.brands.models import Brand, BrandOwner, BrandOwnership
from crm.brands.places import changed_hands
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Hand:
    """A house and its days with the brand; open ends are None."""

    owner: BrandOwner
    start_on: dt.date | None
    end_on: dt.date | None
    is_now: bool = False


@dataclass(frozen=True)
class Follows:
    """What a change of hands means for promises: what begins to meet, and what meets no longer."""

    new: Sequence[str]
    gone: Sequence[str]


def hands_of(brand: Brand, today: dt.date) -> list[Hand]:
    """Everybody the brand belongs to over time, the first first. One query."""
    dated = sorted(brand.ownerships.select_related("owner"), key=lambda one: (one.start_on or dt.date.min, one.pk))
    before = [one for one in dated if one.end_on is not None and one.end_on < today]
    later = [one for one in dated if one not in before]
    under = next((one for one in later if one.start_on is None or one.start_on <= today), None)
    hands = [Hand(one.owner, one.start_on, one.end_on) for one in before]
    if under is None:
        start_on = before[-1].end_on + A_DAY if before and before[-1].end_on else None
        end_on = later[0].start_on - A_DAY if later and later[0].start_on else None
        hands.append(Hand(brand.owner, start_on, end_on, is_now=True))
    return [*hands, *(Hand(one.owner, one.start_on, one.end_on, is_now=one is under) for one in later)]


def change_hands(
    brand: Brand, owner: BrandOwner | None, house: str, on: dt.date, *, by: "User", at: dt.datetime
) -> None:
    """From this day on the brand belongs to another house; what it was before stays known.

    `house` names a house that is not in the list. A day ahead is kept as coming; the house of today stays.
    """
    with transaction.atomic():
        held = Brand.objects.select_for_update(of=("self",)).select_related("owner").get(pk=brand.pk)
        to = house_called(house) if house else owner
        assert to is not None
        was = held.owner
        _write(held, to, on, local_date(at, held.zone))
        record(
            "brand.hands",
            _("%(name)s belongs to %(house)s from %(day)s on"),
            at=at,
            actor=Actor.user(by),
            subject=held,
            brand=held.pk,
            params={"name": held, "house": to, "day": on.isoformat()},
            changes={"owner": (was, to)},
        )
        for placed in changed_hands.all():
            placed.call().follow(held, at)


def _write(brand: Brand, to: BrandOwner, on: dt.date, today: dt.date) -> None:
    """Past and present: the former house gets a last day. Ahead: the next one gets a first day."""
    if on > today:
        BrandOwnership.objects.create(brand=brand, owner=to, start_on=on)
        return
    last = brand.ownerships.filter(end_on__lt=on).order_by("-end_on").values_list("end_on", flat=True).first()
    BrandOwnership.objects.create(
        brand=brand, owner=brand.owner, start_on=last + A_DAY if last else None, end_on=on - A_DAY
    )
    brand.owner = to
    brand.save(update_fields=["owner", "updated_at"])


def what_follows(
    brand: Brand, owner: BrandOwner | None, house: str, on: dt.date, *, by: "User", at: dt.datetime
) -> Follows:
    """What the change would mean, found by making it and taking it back before anybody sees it."""
    before = _standing(brand, by, at)
    with transaction.atomic():
        change_hands(brand, owner, house, on, by=by, at=at)
        after = _standing(Brand.objects.get(pk=brand.pk), by, at)
        transaction.set_rollback(True)
    new = [said for key, said in after.items() if key not in before]
    return Follows(new, [said for key, said in before.items() if key not in after])


def _standing(brand: Brand, by: "User", at: dt.datetime) -> dict[str, str]:
    return {key: said for placed in changed_hands.all() for key, said in placed.call().standing(brand, by, at).items()}


def is_free_from(brand: Brand, on: dt.date) -> bool:
    """Whether nobody else's days with the brand are on file from this day on."""
    ahead = Q(end_on__isnull=True) | Q(end_on__gte=on)
    return not brand.ownerships.filter(ahead).exists()
