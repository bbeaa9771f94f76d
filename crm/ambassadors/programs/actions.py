"""Programmes: opened, changed, closed to newcomers, and the tiers they have."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, Program, ProgramTier, TierMove, TierPerk
from crm.base.zones import local_date
from crm.timeline.edits import shown
from crm.timeline.record import Actor, record

FIELDS = ("name", "category", "about", "owner", "has_tiers")
OPENED = _("Programme %(program)s opened")
CHANGED = _("Programme %(program)s changed")
CLOSED = _("Programme %(program)s closed to newcomers")
REOPENED = _("Programme %(program)s takes people again")
TIERS = _("Tiers of %(program)s changed: %(tiers)s")
PERKS = _("What tier %(tier)s of %(program)s brings was changed")
NAME_TAKEN = _("This brand has a programme of that name. Give this one another name.")
STOOD_ON = _("Somebody stands or stood on tier “%(tier)s”. Keep it, and give it another name if need be.")
ASIDE = 1_000
"""Ranks are moved out of each other's way by this much before they are given anew."""


@dataclass(frozen=True)
class TierTyped:
    """One tier as it was typed, not saved, and the share of sales it earns."""

    tier: ProgramTier
    rate_bp: int | None


def open_program(program: Program, *, at: dt.datetime, actor: Actor) -> Program:
    """A new circle of ambassadors. Raises ValidationError where somebody took the name a moment ago."""
    try:
        with transaction.atomic():
            program.save(force_insert=True)
            tell(program, "program.opened", OPENED, at=at, actor=actor)
    except IntegrityError as error:
        raise ValidationError({"name": NAME_TAKEN}, code="taken") from error
    return program


def change_program(program: Program, *, at: dt.datetime, actor: Actor) -> None:
    """Keep what was changed of it; the brand stays. Raises ValidationError where somebody took the name a moment ago."""
    try:
        with transaction.atomic():
            stored = hold(program.pk)
            changes = {name: (shown(stored, name), shown(program, name)) for name in FIELDS}
            changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
            if not changes:
                return
            program.save(update_fields=[*changes, "updated_at"])
            tell(program, "program.changed", CHANGED, at=at, actor=actor, changes=changes)
    except IntegrityError as error:
        raise ValidationError({"name": NAME_TAKEN}, code="taken") from error


def close_program(program: Program, *, at: dt.datetime, actor: Actor) -> None:
    """Nobody new comes in; deals that run go on to their end."""
    with transaction.atomic():
        if Program.objects.running().filter(pk=program.pk).update(archived_at=at, updated_at=at):
            tell(program, "program.closed", CLOSED, at=at, actor=actor)


def reopen_program(program: Program, *, at: dt.datetime, actor: Actor) -> None:
    """People come in again."""
    with transaction.atomic():
        closed = Program.objects.filter(pk=program.pk, archived_at__isnull=False)
        if closed.update(archived_at=None, updated_at=at):
            tell(program, "program.reopened", REOPENED, at=at, actor=actor)


def save_tiers(
    program: Program, kept: Sequence[TierTyped], gone: Sequence[ProgramTier], *, at: dt.datetime, actor: Actor
) -> None:
    """The whole ladder as it was typed. What a tier earns changes for orders from today on.

    Raises ValidationError for a tier somebody stands or stood on, and then nothing is written.
    """
    with transaction.atomic():
        hold(program.pk)
        _drop(gone)
        program.tiers.update(rank=F("rank") + ASIDE)
        today = local_date(at, program.owner.zone)
        for one in kept:
            one.tier.program = program
            one.tier.save()
            _earns(one, today)
        names = ", ".join(str(one) for one in program.tiers.all())
        tell(program, "program.tiers", TIERS, at=at, actor=actor, params={"tiers": names or "–"})


def save_perks(
    tier: ProgramTier, kept: Sequence[TierPerk], gone: Sequence[TierPerk], *, at: dt.datetime, actor: Actor
) -> None:
    """What a tier brings, as it was typed; what was given before stays given."""
    with transaction.atomic():
        program = hold(tier.program_id)
        for perk in gone:
            perk.delete()
        for perk in kept:
            perk.tier = tier
            perk.save()
        tell(program, "program.perks", PERKS, at=at, actor=actor, params={"tier": tier.name})


def hold(pk: int) -> Program:
    """Within a transaction: the programme, locked."""
    return Program.objects.select_for_update(of=("self",), no_key=True).select_related("brand", "owner").get(pk=pk)


def tell(program: Program, verb: str, sentence: Any, *, at: dt.datetime, actor: Actor, **told: Any) -> None:
    """One line in the story of its brand."""
    params = {"program": program.name, **told.pop("params", {})}
    record(verb, sentence, at=at, actor=actor, subject=program, params=params, brand=program.brand_id, **told)


def _drop(gone: Sequence[ProgramTier]) -> None:
    for tier in gone:
        stood_on = TierMove.objects.filter(tier=tier) | TierMove.objects.filter(former=tier)
        if AmbassadorDeal.objects.filter(tier=tier).exists() or stood_on.exists():
            raise ValidationError(STOOD_ON % {"tier": tier.name}, code="stood_on")
        tier.delete()


def _earns(one: TierTyped, today: dt.date) -> None:
    """Its commission from today on; rules of before stay for the orders of before."""
    newest = one.tier.commissions.order_by("from_on", "pk").last()
    if one.rate_bp is None or (newest and newest.rate_bp == one.rate_bp):
        return
    if newest is None:
        CommissionRule.objects.create(tier=one.tier, rate_bp=one.rate_bp, from_on=today)
    elif newest.from_on >= today:
        newest.rate_bp = one.rate_bp
        newest.save(update_fields=["rate_bp", "updated_at"])
    else:
        newest.pk, newest._state.adding = None, True
        newest.rate_bp, newest.from_on = one.rate_bp, today
        newest.save(force_insert=True)
