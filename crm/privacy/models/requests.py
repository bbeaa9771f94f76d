"""What a person asks about her own data, and how it is answered."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped, StoredFile
from crm.base.places import ids_of_person
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User

WITHIN = dt.timedelta(hours=72)
"""UU 27/2022: three times 24 hours from the moment somebody asks."""


LOOK_AFTER, LOOK_WITHIN = dt.timedelta(hours=1), dt.timedelta(days=7)
"""When an erasure is looked at once more, and how long that is tried."""

TONES = {"asked": "warn", "building": "info", "ready": "accent", "held": "info", "done": "ok", "refused": "bad"}


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    def visible_to(self, user: "User") -> "PrivacyRequestQuerySet":
        """Whoever may see requests sees those of everybody: a person belongs to no brand."""
        return self

    def open(self) -> "PrivacyRequestQuerySet":
        """Nobody has answered them."""
        return self.filter(status__in=PrivacyRequest.OPEN)

    def held(self) -> "PrivacyRequestQuerySet":
        """Erased but for what the law or a colleague holds."""
        return self.filter(status=PrivacyRequest.Status.HELD)

    def not_closed(self) -> "PrivacyRequestQuerySet":
        """Something is still to be done: to answer, to fetch, to let go of once it is not held."""
        return self.exclude(status__in=PrivacyRequest.CLOSED)

    def closed(self) -> "PrivacyRequestQuerySet":
        return self.filter(status__in=PrivacyRequest.CLOSED)

    def building(self) -> "PrivacyRequestQuerySet":
        """A worker puts a file together, or should."""
        return self.filter(status=PrivacyRequest.Status.BUILDING)

    def expired(self, now: dt.datetime) -> "PrivacyRequestQuerySet":
        """Their file may not be fetched any more and is still here."""
        return self.filter(status=PrivacyRequest.Status.READY, expires_at__lt=now)

    def of_person(self, pk: int) -> "PrivacyRequestQuerySet":
        return self.filter(influencer_id__in=ids_of_person(pk))

    def held_no_longer(self, on: dt.date) -> "PrivacyRequestQuerySet":
        """Those whose last known hold has ended, and those that are held without a day."""
        return self.filter(Q(held_until__isnull=True) | Q(held_until__lt=on))

    def to_look_at_again(self, now: dt.datetime) -> "PrivacyRequestQuerySet":
        """Erasures of the last days at which nobody has looked a second time since everybody's work of that hour ended."""
        answered = self.filter(answered_at__lt=now - LOOK_AFTER, answered_at__gte=now - LOOK_WITHIN)
        met = (PrivacyRequest.Status.HELD, PrivacyRequest.Status.DONE)
        return answered.erasures().filter(status__in=met).exclude(outcome__has_key="again")

    def erasures(self) -> "PrivacyRequestQuerySet":
        return self.filter(kind=PrivacyRequest.Kind.ERASURE)

    def overdue(self, now: dt.datetime) -> "PrivacyRequestQuerySet":
        return self.open().filter(due_at__lt=now)

    def soonest_first(self) -> "PrivacyRequestQuerySet":
        return self.order_by("due_at", "pk")


class PrivacyRequest(Stamped):
    """One person asks what we know about her, or to be forgotten; asked on her page or told to a colleague."""

    class Kind(models.TextChoices):
        EXPORT = "export", _("What we know about her")
        ERASURE = "erasure", _("To be forgotten")

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        BUILDING = "building", _("Being put together")
        READY = "ready", _("Ready to fetch")
        HELD = "held", _("Forgotten, except what is held")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (Status.ASKED, Status.BUILDING)
    CLOSED = (Status.DONE, Status.REFUSED, Status.WITHDRAWN)
    MOVES: ClassVar[Moves] = {
        Status.BUILDING: (Status.ASKED,),
        Status.ASKED: (Status.BUILDING,),
        Status.READY: (Status.BUILDING,),
        Status.HELD: (Status.ASKED, Status.DONE),
        Status.DONE: (Status.ASKED, Status.READY, Status.HELD),
        Status.REFUSED: (Status.ASKED,),
        Status.WITHDRAWN: (Status.ASKED,),
    }
    """To each status, from which ones."""

    influencer = models.ForeignKey(
        Influencer, models.PROTECT, related_name="privacy_requests", verbose_name=_("influencer")
    )
    kind = models.CharField(_("what is asked"), max_length=8, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("to be answered by"), help_text=_("Three times 24 hours after it was asked."))
    channel = models.CharField(_("told by"), max_length=10, choices=Channel, blank=True, default=Channel.MITRA)
    words = models.TextField(_("her words"), blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("screenshot or letter")
    )
    recorded_by = models.CharField(_("recorded by"), max_length=160, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    why = models.TextField(_("reason given"), blank=True)
    outcome = models.JSONField(_("what went and what stays"), default=dict, blank=True)
    held_until = models.DateField(_("held until"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file for her")
    )
    expires_at = models.DateTimeField(_("to be fetched by"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about own data")
        verbose_name_plural = _("requests about own data")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["influencer", "kind"], condition=Q(status__in=["asked", "building"]),
                name="privacy_request_one_open",
                violation_error_message=_("She has asked for this already, and nobody has answered yet."),
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("asked_at")), name="privacy_request_forward"),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(why=""), name="privacy_request_refused_why",
                violation_error_message=_("Say why it is refused: she has a right to the reason."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.influencer}: {self.get_kind_display()}"

    def may_be(self, to: str) -> bool:
        return may_move(self, to, self.MOVES)

    def forgotten(
        self, *, keeps: bool, until_on: dt.date | None, outcome: dict[str, Any], at: dt.datetime, actor: Actor
    ) -> None:
        """She was forgotten; `keeps` says that something is held. Raises TransitionRefused."""
        to = self.Status.HELD if keeps else self.Status.DONE
        sentence = (
            _("Her request was met: forgotten, except what is held") if keeps else _("Her request was met: forgotten")
        )
        also = {"outcome": outcome, "held_until": until_on if keeps else None}
        self._answer(to, "privacy.met", sentence, at, actor, **also)

    def keep_more(self, until_on: dt.date | None, *, at: dt.datetime, actor: Actor) -> None:
        """Something of hers came in while she was being forgotten, and a hold keeps it."""
        if self.status == self.Status.HELD:
            type(self).objects.filter(pk=self.pk).update(held_until=until_on, updated_at=at)
            return
        sentence = _("Something of hers came in meanwhile and is held")
        self._go(self.Status.HELD, "privacy.kept", sentence, at, actor, held_until=until_on)

    def released(self, *, at: dt.datetime, actor: Actor) -> None:
        """Nothing is held any more. Raises TransitionRefused."""
        sentence = _("What was held of her went, too")
        self._go(self.Status.DONE, "privacy.released", sentence, at, actor, held_until=None)

    def build(self, *, at: dt.datetime, actor: Actor) -> None:
        """A colleague says yes to a file for her. Raises TransitionRefused."""
        sentence = _("What we know about her is being put together")
        self._go(self.Status.BUILDING, "privacy.building", sentence, at, actor, answered_by_id=actor.user_id)

    def ready(self, file: StoredFile, *, until: dt.datetime, at: dt.datetime, actor: Actor) -> None:
        """Her file is written. Raises TransitionRefused."""
        sentence = _("What we know about her is ready to fetch")
        also = {"file": file, "expires_at": until, "answered_at": at}
        self._go(self.Status.READY, "privacy.ready", sentence, at, actor, **also)

    def fetched(self, *, at: dt.datetime, actor: Actor) -> None:
        """Taken along for the first time; a second time changes nothing."""
        if type(self).objects.filter(pk=self.pk, fetched_at__isnull=True).update(fetched_at=at, updated_at=at):
            self.fetched_at = at
            sentence = _("What we know about her was fetched")
            record("privacy.fetched", sentence, at=at, actor=actor, influencer=self.influencer_id)

    def expire(self, *, at: dt.datetime, actor: Actor) -> None:
        """Its days are over, and the file goes. Raises TransitionRefused."""
        sentence = _("The file of what we know about her is gone again")
        self._go(self.Status.DONE, "privacy.expired", sentence, at, actor, file=None)

    def may_be_fetched(self, now: dt.datetime) -> bool:
        """By herself: once, while it is there."""
        return self.is_ready and self.fetched_at is None and self.expires_at is not None and now < self.expires_at

    @property
    def for_her(self) -> Any:
        """What she asked, as she reads it."""
        return _("To be forgotten") if self.is_erasure else _("What you know about me")

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_building(self) -> bool:
        return bool(self.status == self.Status.BUILDING)

    @property
    def is_ready(self) -> bool:
        return bool(self.status == self.Status.READY)

    @property
    def is_erasure(self) -> bool:
        return bool(self.kind == self.Kind.ERASURE)

    @property
    def tone(self) -> str:
        """The colour of where it stands."""
        return TONES.get(self.status, "")

    def refuse(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It is not met, and she is told why. Raises TransitionRefused."""
        self._answer(self.Status.REFUSED, "privacy.refused", _("Her request was refused"), at, actor, why=why)

    def withdraw(self, *, at: dt.datetime, actor: Actor) -> None:
        """She does not ask for it any more. Raises TransitionRefused."""
        self._go(self.Status.WITHDRAWN, "privacy.withdrawn", _("Her request was taken back"), at, actor)

    def _answer(self, to: str, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **also: Any) -> None:
        self._go(to, verb, sentence, at, actor, answered_at=at, answered_by_id=actor.user_id, **also)

    def _go(self, to: str, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **also: Any) -> None:
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, also=also,
            influencer=self.influencer_id,
        )  # fmt: skip
        if to not in self.OPEN:
            Todo.objects.open().filter(key=self.todo_key).update(done_at=at, done_by=actor.user_id, updated_at=at)

    @property
    def todo_key(self) -> str:
        """The line on Today that stands until it is answered."""
        return f"privacy:{self.pk}"
