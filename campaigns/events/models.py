"""Evenings, trips and shoots: when, where, how many seats, who is invited, who came and what it was worth."""

import datetime as dt
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models import Campaign, Collaboration
from crm.base.fields import ZoneField
from crm.base.models import Stamped
from crm.brands.models import Brand
from crm.contracts.models import PayLine
from crm.influencers.models import Influencer
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: "User") -> "EventQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def standing(self) -> "EventQuerySet":
        return self.exclude(status=Event.Status.CANCELLED)

    def planned(self) -> "EventQuerySet":
        return self.filter(status=Event.Status.PLANNED)

    def called(self, words: str) -> "EventQuerySet":
        """Events whose name, place, brand or campaign has these words in it."""
        places = ("name", "place", "brand__name", "campaign__name")
        return self.filter(reduce(or_, (Q(**{f"{place}__icontains": words}) for place in places)))

    def counted(self) -> "EventQuerySet":
        """With how many were asked, how many seats are taken, who waits, who came: one query."""
        guests = Guest.objects.filter(event=OuterRef("pk")).order_by().values("event")

        def number(rows: models.QuerySet[Any, Any], what: Any) -> Coalesce:
            return Coalesce(Subquery(rows.annotate(n=what).values("n")), 0)

        return self.annotate(
            asked=number(guests.exclude(status=Guest.Status.LISTED), Count("pk")),
            taken=number(guests.filter(status=Guest.Status.COMING), Sum("seats")),
            waiting=number(guests.filter(status=Guest.Status.WAITING), Count("pk")),
            came=number(guests.filter(status=Guest.Status.CAME), Count("pk")),
        )


class Event(Stamped):
    """An evening as part of the pay (domain rule R1-66), a trip, or a shoot. It happens in its own zone."""

    class Kind(models.TextChoices):
        PRIVATE = "private", _("Private event")
        TRIP = "trip", _("Trip")
        SHOOT = "shoot", _("Shoot")
        MEETING = "meeting", _("Meeting")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Has been")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES: ClassVar[Moves] = {"held": ("planned",), "cancelled": ("planned",), "planned": ("cancelled",)}
    TONES: ClassVar[dict[str, str]] = {Status.PLANNED: "info", Status.HELD: "ok", Status.CANCELLED: "mute"}

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.PRIVATE)
    name = models.CharField(_("name"), max_length=120)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    zone = ZoneField(_("time zone"))
    place = models.CharField(_("where"), max_length=160, blank=True)
    address = models.TextField(_("address"), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: as many as come."))
    seats_each = models.PositiveSmallIntegerField(
        _("seats for each guest"), default=1, help_text=_("2 when everybody may bring somebody.")
    )
    value = MoneyField(
        _("worth, a seat"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    answer_by_on = models.DateField(_("answer by"), null=True, blank=True)
    about = models.TextField(_("what to know"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PLANNED, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="event_forward",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(condition=Q(seats__isnull=True) | Q(seats__gte=1), name="event_has_a_seat"),
            models.CheckConstraint(condition=Q(seats_each__gte=1), name="event_seat_for_each"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["starts_at"], condition=Q(status="planned"), name="event_coming")]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def url(self) -> str:
        """Where a colleague looks at it."""
        return reverse("event", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    def may_be(self, status: str) -> bool:
        return may_move(self, status, self.MOVES)

    def hold(self, *, at: dt.datetime, actor: Actor) -> None:
        """It has been: from now on people were there, or did not appear."""
        self._move(self.Status.HELD, "event.held", _("%(event)s has been"), at, actor)

    def cancel(self, *, at: dt.datetime, actor: Actor) -> None:
        self._move(self.Status.CANCELLED, "event.cancelled", _("%(event)s was cancelled"), at, actor)

    def plan_again(self, *, at: dt.datetime, actor: Actor) -> None:
        self._move(self.Status.PLANNED, "event.planned", _("%(event)s takes place after all"), at, actor)

    def note_seats(self, seats: int | None, *, at: dt.datetime, actor: Actor) -> None:
        """Another number of seats, while it is held by `seats.held`."""
        before, self.seats = self.seats, seats
        type(self)._base_manager.filter(pk=self.pk).update(seats=seats, updated_at=at)
        self._tell("event.seats", _("Seats of %(event)s changed"), at, actor, {"seats": (before, seats)})

    def _move(self, to: str, verb: str, sentence: Any, at: dt.datetime, actor: Actor) -> None:
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, params={"event": self},
            brand=self.brand_id,
        )  # fmt: skip

    def _tell(
        self, verb: str, sentence: Any, at: dt.datetime, actor: Actor, changes: Mapping[str, tuple[Any, Any]]
    ) -> None:
        record(
            verb, sentence, at=at, actor=actor, subject=self, params={"event": self}, brand=self.brand_id,
            changes=changes,
        )  # fmt: skip


class GuestQuerySet(models.QuerySet["Guest"]):
    def visible_to(self, user: "User") -> "GuestQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(event__brand_id__in=brands)

    def coming(self) -> "GuestQuerySet":
        return self.filter(status=Guest.Status.COMING)

    def came(self) -> "GuestQuerySet":
        return self.filter(status=Guest.Status.CAME)

    def with_event(self) -> "GuestQuerySet":
        """With everything its page, its story and its mails need, in the same query."""
        return self.select_related(
            "influencer", "event__brand", "event__owner", "event__campaign", "collaboration__campaign"
        )

    def to_answer(self) -> "GuestQuerySet":
        """What she may still say something to: invited, on the list of those who come or wait, or has said no."""
        asked = [Guest.Status.INVITED, Guest.Status.COMING, Guest.Status.WAITING, Guest.Status.NOT_COMING]
        return self.filter(status__in=asked, event__status=Event.Status.PLANNED)


class Guest(Stamped):
    """One invitation: her answer, her seats, whether she came. A line of the pay stays undelivered until she did."""

    class Status(models.TextChoices):
        LISTED = "listed", _("Not invited yet")
        INVITED = "invited", _("Invited")
        COMING = "coming", _("Comes")
        WAITING = "waiting", _("On the waiting list")
        NOT_COMING = "not_coming", _("Does not come")
        CAME = "came", _("Was there")
        NO_SHOW = "no_show", _("Did not appear")

    MOVES: ClassVar[Moves] = {
        "invited": ("listed",),
        "coming": ("listed", "invited", "coming", "waiting", "not_coming", "came", "no_show"),
        "waiting": ("listed", "invited", "waiting", "not_coming"),
        "not_coming": ("listed", "invited", "coming", "waiting"),
        "came": ("listed", "invited", "coming", "waiting", "not_coming", "no_show"),
        "no_show": ("coming", "came"),
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.LISTED: "mute", Status.INVITED: "info", Status.COMING: "ok", Status.WAITING: "warn",
        Status.NOT_COMING: "mute", Status.CAME: "ok", Status.NO_SHOW: "bad",
    }  # fmt: skip

    event = models.ForeignKey(Event, models.CASCADE, related_name="guests", verbose_name=_("event"))
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    collaboration = models.ForeignKey(
        Collaboration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("collaboration"),
    )
    pay_line = models.ForeignKey(
        PayLine, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("line of the contract")
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    companion = models.CharField(_("brings"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.LISTED, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    came_at = models.DateTimeField(_("was there"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "influencer"], name="guest_once_per_event"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="guest_has_a_seat"),
            models.CheckConstraint(condition=~Q(status="came") | Q(came_at__isnull=False), name="guest_came_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.influencer}: {self.event}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def is_coming(self) -> bool:
        return self.status == self.Status.COMING

    @property
    def is_asked(self) -> bool:
        """Invited and not answered."""
        return self.status == self.Status.INVITED

    @property
    def is_work(self) -> bool:
        """She works with us on it; to anybody else an invitation is advertising, which needs a yes to offers."""
        return self.collaboration is not None and self.collaboration.is_promised

    @property
    def url(self) -> str:
        """Where a colleague looks at it."""
        return f"{reverse('event', args=[self.event_id])}#guest-{self.pk}"

    def may_be(self, status: str) -> bool:
        return may_move(self, status, self.MOVES)

    def take(
        self, to: str, *, at: dt.datetime, actor: Actor, also: Mapping[str, Any] | None = None, sentence: Any = "",
        **told: Any,
    ) -> None:  # fmt: skip
        """Put her into another status. Raises TransitionRefused, nothing changed; seats are looked after by whoever calls."""
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=f"event.guest_{to}", sentence=sentence or SAID[to],
            also=also, params={"event": self.event}, influencer=self.influencer_id, brand=self.event.brand_id, **told,
        )  # fmt: skip


SAID: Mapping[str, Any] = {
    Guest.Status.INVITED: _("Invited to %(event)s"),
    Guest.Status.COMING: _("Comes to %(event)s"),
    Guest.Status.WAITING: _("Waits for a seat at %(event)s"),
    Guest.Status.NOT_COMING: _("Does not come to %(event)s"),
    Guest.Status.CAME: _("Was at %(event)s"),
    Guest.Status.NO_SHOW: _("Did not appear at %(event)s"),
}
"""What the story tells of each step."""
