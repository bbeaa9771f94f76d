"""A deal rests, and goes on: what may be said, what it moves, and everything that follows in one transaction."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod
from crm.ambassadors.quotas.granting import sync_entitlement
from crm.ambassadors.schedule.calendar import keep_in_order, mark_pauses
from crm.ambassadors.schedule.laying import lay_out, rest_of
from crm.ambassadors.schedule.rests import Rest
from crm.ambassadors.telling import tell
from crm.base.formats import day_in_words, day_words
from crm.contracts.actions.resting import go_on_after, rest
from crm.exclusivity.actions.pausing import forget_end
from crm.exclusivity.actions.pausing import pause as pause_promises
from crm.exclusivity.actions.pausing import resume as resume_promises
from crm.exclusivity.gate import Door, through_gate
from crm.timeline.record import Actor, subject_of

DAY = dt.timedelta(days=1)
Effect = DealPause.Effect
PAUSED = gettext_lazy("%(program)s is paused from %(first)s to %(last)s")
PAUSED_OPEN = gettext_lazy("%(program)s is paused from %(first)s on, nobody knows yet until when")
RESUMED = gettext_lazy("%(program)s goes on from %(day)s")
NEVER_RESTED = gettext_lazy("%(program)s is not paused after all")


@dataclass(frozen=True)
class Wish:
    """How somebody wants a deal to rest."""

    first_on: dt.date
    last_on: dt.date | None
    effect: str = Effect.SHIFT
    exclusivity_rests: bool = False
    why: str = ""

    @property
    def rest(self) -> Rest:
        return Rest(self.first_on, self.last_on, self.effect)

    @property
    def is_shift(self) -> bool:
        return self.effect == Effect.SHIFT


def pause(deal: AmbassadorDeal, wish: Wish, *, at: dt.datetime, actor: Actor) -> DealPause:
    """It rests. Raises ValidationError with what to do about it; nothing is written then."""

    def write(held: frozenset[int]) -> DealPause:
        stored = _up_to_date(deal, at)
        check_pause(stored, wish)
        made = DealPause.objects.create(
            deal=stored, first_on=wish.first_on, last_on=wish.last_on, effect=wish.effect,
            exclusivity_rests=wish.exclusivity_rests, why=wish.why,
        )  # fmt: skip
        if wish.effect == Effect.SHIFT:
            _move_contract(stored, wish, at, actor)
        if wish.exclusivity_rests:
            _rest_promises(stored, wish, Door(held, at), actor)
        _follow(stored, at, actor)
        _tell(stored, "deal.paused", PAUSED if wish.last_on else PAUSED_OPEN, wish, at, actor)
        return made

    return through_gate(deal.people, write)


def resume(pause: DealPause, on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    """It goes on from that day: the day after the last of the rest, which may be before or after what was known so far.

    From its first day on it never was. Raises ValidationError.
    """
    deal = pause.deal

    def write(held: frozenset[int]) -> None:
        stored = _up_to_date(deal, at)
        row = DealPause.objects.select_for_update(of=("self",)).filter(pk=pause.pk, deal=stored).first()
        if row is None:
            raise ValidationError(_("That pause is not there any more. Reload the page."), code="gone")
        check_resume(stored, row, on)
        was_open, was_days = row.last_on is None, rest_of(row).days
        _keep(row, on, at)
        days = (on - row.first_on).days - was_days
        if row.effect == Effect.SHIFT and (days or was_open):
            go_on_after(stored.contract, days, at=at, actor=actor)
        if row.exclusivity_rests:
            _wake_promises(stored, on, Door(held, at), actor, former=row)
        _follow(stored, at, actor)
        sentence = RESUMED if on > row.first_on else NEVER_RESTED
        params = {"program": stored.program, "day": day_in_words(on)}
        tell(stored, "deal.resumed", sentence, params=params, at=at, actor=actor)

    through_gate(deal.people, write)


def check_pause(deal: AmbassadorDeal, wish: Wish) -> None:
    """Whether it may rest like that. Raises ValidationError by field."""
    contract = deal.contract
    if not contract.is_in_force or contract.start_on is None:
        raise ValidationError(_("Only a deal that is signed and not over can be paused."), code="not_in_force")
    if wish.last_on is not None and wish.last_on < wish.first_on:
        raise ValidationError({"last_on": _("The last day is before the first.")})
    if wish.first_on < contract.start_on:
        first = day_words(contract.start_on)
        raise ValidationError({"first_on": _("It begins on %(day)s. Choose that day or a later one.") % {"day": first}})
    _check_end(wish, contract.end_on)
    _check_closed(deal, wish.first_on, wish.last_on, "first_on")
    _check_others(deal, wish.rest)


def check_resume(deal: AmbassadorDeal, row: DealPause, on: dt.date) -> None:
    """Whether it may go on from that day. Raises ValidationError by field."""
    if on < row.first_on:
        first = day_words(row.first_on)
        raise ValidationError(
            {"on": _("The pause begins on %(day)s. Choose that day or a later one.") % {"day": first}}
        )
    last_on = on - DAY
    if row.last_on is not None and last_on == row.last_on:
        raise ValidationError({"on": _("It goes on from that day anyway.")})
    if row.effect == Effect.FREEZE and deal.contract.end_on is not None and last_on > deal.contract.end_on:
        raise ValidationError({"on": _("It is over by then. Choose an earlier day.")})
    if last_on >= row.first_on:
        _check_others(deal, Rest(row.first_on, last_on), but=row.pk, name="on")
    known = row.last_on or dt.date.max
    _check_closed(deal, min(known, last_on) + DAY, max(known, last_on), "on")


def _check_end(wish: Wish, end_on: dt.date | None) -> None:
    if end_on is None:
        return
    if wish.first_on > end_on:
        raise ValidationError(
            {"first_on": _("It ends on %(day)s. Choose an earlier day.") % {"day": day_words(end_on)}}
        )
    if wish.effect == Effect.FREEZE and wish.last_on is not None and wish.last_on > end_on:
        raise ValidationError({"last_on": _("It ends on %(day)s. Choose an earlier day.") % {"day": day_words(end_on)}})


def _check_others(deal: AmbassadorDeal, rest: Rest, *, but: int = 0, name: str = "first_on") -> None:
    for other in deal.pauses.exclude(pk=but):
        if not rest.overlaps(rest_of(other)):
            continue
        if other.last_on is None:
            said = _("It is paused from %(first)s on already. End that pause first.") % {
                "first": day_words(other.first_on)
            }
        else:
            days = {"first": day_words(other.first_on), "last": day_words(other.last_on)}
            said = _("It is paused from %(first)s to %(last)s already. Choose days outside of that.") % days
        raise ValidationError({name: said}, code="overlaps")


def _check_closed(deal: AmbassadorDeal, first_on: dt.date, last_on: dt.date | None, name: str) -> None:
    """What is closed is never reckoned again, so no day in it may begin or stop to count."""
    closed = DealPeriod.objects.closed().filter(deal=deal, last_on__gte=first_on, first_on__lte=last_on or dt.date.max)
    row = closed.order_by("-number").first()
    if row is not None:
        said = _("That period is closed. Choose %(day)s or a later day.") % {"day": day_words(row.last_on + DAY)}
        raise ValidationError({name: said}, code="closed")


def _up_to_date(deal: AmbassadorDeal, at: dt.datetime) -> AmbassadorDeal:
    """The deal as it is now, held, after what its days have done by themselves."""
    if deal.contract.is_in_force:
        keep_in_order(deal.pk, at)
    return AmbassadorDeal.objects.select_for_update(of=("self",)).with_contract().get(pk=deal.pk)


def _move_contract(deal: AmbassadorDeal, wish: Wish, at: dt.datetime, actor: Actor) -> None:
    if wish.last_on is None:
        rest(deal.contract, wish.first_on, at=at, actor=actor)
    else:
        go_on_after(deal.contract, wish.rest.days, at=at, actor=actor)


def _rest_promises(deal: AmbassadorDeal, wish: Wish, door: Door, actor: Actor) -> None:
    """Promises that say so rest with it; of a rest whose last day is known they bar again from the day after."""
    for ref, person in _works(deal):
        pause_promises(ref, person, wish.first_on, door, actor=actor)
    if wish.last_on is not None:
        _wake_promises(deal, wish.last_on + DAY, door, actor)


def _wake_promises(
    deal: AmbassadorDeal, on: dt.date, door: Door, actor: Actor, former: DealPause | None = None
) -> None:
    """They bar again from that day; `former` is the pause as it was, where its last day was known."""
    for ref, person in _works(deal):
        if former is not None and former.last_on is not None:
            forget_end(ref, former.first_on, former.last_on)
        resume_promises(ref, person, on, door, actor=actor)


def _works(deal: AmbassadorDeal) -> list[tuple[str, int]]:
    family = (deal.contract, *deal.contract.amendments.in_force())
    return [(subject_of(party), party.influencer_id or 0) for one in family for party in one.talents]


def _keep(row: DealPause, on: dt.date, at: dt.datetime) -> None:
    """Its last day is the one before; a pause that goes on from its first day is none."""
    rows = DealPause.objects.filter(pk=row.pk)
    if on == row.first_on:
        rows.delete()
    else:
        rows.update(last_on=on - DAY, updated_at=at)


def _follow(deal: AmbassadorDeal, at: dt.datetime, actor: Actor) -> None:
    """Its periods, what they owe, and what is shown of them."""
    fresh = AmbassadorDeal.objects.with_contract().get(pk=deal.pk)
    lay_out(fresh, at=at, actor=actor)
    sync_entitlement(fresh, at=at, by=actor.label)
    mark_pauses(fresh, at)
    AmbassadorDeal.objects.filter(pk=deal.pk).update(checked_on=None)


def _tell(deal: AmbassadorDeal, verb: str, sentence: Any, wish: Wish, at: dt.datetime, actor: Actor) -> None:
    last = day_in_words(wish.last_on) if wish.last_on else ""
    params = {"program": deal.program, "first": day_in_words(wish.first_on), "last": last}
    tell(deal, verb, sentence, params=params, at=at, actor=actor, quote=wish.why)
