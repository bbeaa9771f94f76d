"""The periods of a deal, and its pauses."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models.deals import AmbassadorDeal
from crm.base.models import Stamped
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, move

if TYPE_CHECKING:
    from crm.team.models import User


A_DAY = dt.timedelta(days=1)


class DealPeriodQuerySet(models.QuerySet["DealPeriod"]):
    def visible_to(self, user: "User") -> "DealPeriodQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)

    def open(self) -> "DealPeriodQuerySet":
        """Under way, or over and waiting for somebody to close it."""
        return self.filter(state__in=[DealPeriod.State.OPEN, DealPeriod.State.IN_REVIEW, DealPeriod.State.PAUSED])

    def closed(self) -> "DealPeriodQuerySet":
        return self.filter(state=DealPeriod.State.CLOSED)

    def standing(self) -> "DealPeriodQuerySet":
        return self.exclude(state=DealPeriod.State.VOID)

    def dropped(self) -> "DealPeriodQuerySet":
        """The deal was over before their first day."""
        return self.filter(state=DealPeriod.State.VOID)

    def charged_for_nothing(self, on: dt.date) -> "DealPeriodQuerySet":
        """They were charged ahead, and begin behind the day on which the deal ends."""
        return self.exclude(state=DealPeriod.State.CLOSED).filter(first_on__gt=on, charges__isnull=False).distinct()

    def covering(self, on: dt.date) -> "DealPeriodQuerySet":
        return self.standing().filter(first_on__lte=on, last_on__gte=on)

    def unclosed(self) -> "DealPeriodQuerySet":
        """Everything that may still change."""
        return self.exclude(state__in=[DealPeriod.State.CLOSED, DealPeriod.State.VOID])

    def under_way(self) -> "DealPeriodQuerySet":
        """Something may be posted for them now."""
        return self.filter(state=DealPeriod.State.OPEN)

    def owing(self) -> "DealPeriodQuerySet":
        """Some of what they owe is not posted yet."""
        return self.filter(balances__left__gt=0).distinct()

    def booked(self) -> "DealPeriodQuerySet":
        """Something is written down about them that must not go with them."""
        hanging = Q(entries__isnull=False) | Q(charges__isnull=False) | Q(perks__isnull=False)
        return self.filter(hanging | Q(make_goods__isnull=False)).distinct()


class DealPeriod(Stamped):
    """One stretch of a deal with its own quota and retainer. Both days included, in the contract's zone.

    `active_days` of its `nominal_days` count: the rest lies outside the term or in a pause. Closed is never recomputed.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Ahead")
        OPEN = "open", _("Under way")
        IN_REVIEW = "in_review", _("To be closed")
        CLOSED = "closed", _("Closed")
        PAUSED = "paused", _("Paused")
        VOID = "void", _("Dropped")

    MOVES: ClassVar[Moves] = {
        State.OPEN: (State.PLANNED, State.PAUSED, State.IN_REVIEW),
        State.PAUSED: (State.OPEN,),
        State.PLANNED: (State.VOID,),
        State.IN_REVIEW: (State.OPEN, State.PAUSED),
        State.CLOSED: (State.OPEN, State.IN_REVIEW, State.PAUSED),
        State.VOID: (State.PLANNED, State.OPEN, State.PAUSED, State.IN_REVIEW),
    }
    TONES: ClassVar[dict[str, str]] = {
        State.OPEN: "info", State.IN_REVIEW: "warn", State.CLOSED: "ok", State.PAUSED: "warn",
    }  # fmt: skip

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="periods", verbose_name=_("deal"))
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("The first period is 1."))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    is_stub = models.BooleanField(_("part of a period"), default=False)
    active_days = models.PositiveSmallIntegerField(_("days that count"))
    nominal_days = models.PositiveSmallIntegerField(_("days of a whole one"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED, editable=False)
    opened_at = models.DateTimeField(_("began"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.CharField(_("closed by"), max_length=160, blank=True, editable=False)

    objects = DealPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period of a deal")
        verbose_name_plural = _("periods of deals")
        ordering = ["deal_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "number"], name="deal_period_number_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="deal_period_forward"),
            models.CheckConstraint(
                condition=Q(active_days__lte=F("nominal_days")), name="deal_period_counts_its_own_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="deal_period_closed_at_some_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "last_on"], name="deal_period_state")]

    def __str__(self) -> str:
        return f"{self.deal} {self.number}"

    @property
    def tone(self) -> Any:
        return self.TONES.get(self.state, "mute")

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_void(self) -> bool:
        return self.state == self.State.VOID

    @property
    def may_be_asked_for(self) -> bool:
        """It is under way, or would be were it not paused."""
        return self.state in (self.State.OPEN, self.State.PAUSED)

    @property
    def is_over(self) -> bool:
        """Its last day has passed, and somebody closes it."""
        return self.state == self.State.IN_REVIEW

    def put(
        self, to: str, sentence: Any, *, at: dt.datetime, actor: Actor, also: dict[str, Any] | None = None, **told: Any
    ) -> None:
        """Move it, and tell it in the story of the ambassador. Raises TransitionRefused."""
        params = {"number": self.number, "program": self.deal.program, **told.pop("params", {})}
        move(
            self, to, moves=self.MOVES, field="state", at=at, actor=actor, verb=f"deal.period_{to}", sentence=sentence,
            also=also, params=params, influencer=self.deal.influencer_id, brand=self.deal.contract.brand_id, **told,
        )  # fmt: skip


class DealPauseQuerySet(models.QuerySet["DealPause"]):
    def visible_to(self, user: "User") -> "DealPauseQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)

    def open(self) -> "DealPauseQuerySet":
        """Nobody knows yet until when."""
        return self.filter(last_on__isnull=True)

    def shifting(self) -> "DealPauseQuerySet":
        return self.filter(effect=DealPause.Effect.SHIFT)

    def covering(self, on: dt.date) -> "DealPauseQuerySet":
        return self.touching(on, on)

    def touching(self, first_on: dt.date, last_on: dt.date) -> "DealPauseQuerySet":
        """Some day of theirs lies between these two, both included."""
        return self.ending_from(first_on).filter(first_on__lte=last_on)

    def around(self, now: dt.datetime) -> "DealPauseQuerySet":
        """Those of today, wherever the deal is: a day to either side, because days begin at different hours."""
        return self.touching(now.date() - A_DAY, now.date() + A_DAY)

    def ending_from(self, on: dt.date) -> "DealPauseQuerySet":
        """Under way on that day, or still to come."""
        return self.filter(Q(last_on__isnull=True) | Q(last_on__gte=on))


class DealPause(Stamped):
    """Days on which nothing is owed. `shift` moves everything behind it, `freeze` makes the periods it lies in smaller."""

    class Effect(models.TextChoices):
        SHIFT = "shift", _("everything behind it moves")
        FREEZE = "freeze", _("the days stay, less is owed")

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="pauses", verbose_name=_("deal"))
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"), null=True, blank=True, help_text=_("Empty: nobody knows yet."))
    effect = models.CharField(_("what it does"), max_length=6, choices=Effect, default=Effect.SHIFT)
    exclusivity_rests = models.BooleanField(
        _("exclusivity rests as well"), default=False, help_text=_("Promises that say so rest; all others go on.")
    )
    why = models.CharField(_("because"), max_length=300, blank=True)

    objects = DealPauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of a deal")
        verbose_name_plural = _("pauses of deals")
        ordering = ["deal_id", "first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")), name="deal_pause_forward",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["deal"], condition=Q(last_on__isnull=True), name="deal_pause_one_open",
                violation_error_message=_("It is paused already. End that pause first."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.deal}: {self.first_on}"

    def covers(self, on: dt.date) -> bool:
        """Whether the deal rests on that day."""
        return self.first_on <= on and (self.last_on is None or on <= self.last_on)

    @property
    def is_shift(self) -> bool:
        return self.effect == self.Effect.SHIFT
