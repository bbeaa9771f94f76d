"""Two people who may be one: what speaks for it, what was decided, and what a merge moved so that it can be undone."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import Reference, Stamped
from crm.influencers.models.people import Influencer
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, move

if TYPE_CHECKING:
    from crm.team.models import User


class AlikeRule(Reference):
    """How much a thing two people share speaks for one person, or how many points a word for it takes."""

    class Code(models.TextChoices):
        PHONE = "phone", _("the same phone number")
        EMAIL = "email", _("the same e-mail address")
        HANDLE = "handle", _("the same handle")
        NEAR_HANDLE = "near_handle", _("nearly the same handle")
        NAME = "name", _("the same name")
        NEAR_NAME = "near_name", _("a name that sounds the same")
        LIKELY = "likely", _("From here on: probably one person")
        STRONG = "strong", _("From here on: almost certainly one person")

    code = models.CharField(_("code"), max_length=12, choices=Code, unique=True)
    points = models.PositiveSmallIntegerField(_("points"))
    at_most = models.PositiveSmallIntegerField(
        _("shared by at most"),
        default=5,
        help_text=_("What more people share than this says nothing about any of them."),
    )

    class Meta:
        verbose_name = _("look-alike rule")
        verbose_name_plural = _("look-alike rules")
        ordering = ["-points", "code"]

    def __str__(self) -> str:
        return str(self.get_code_display())


class LookAlikeQuerySet(models.QuerySet["LookAlike"]):
    def visible_to(self, user: "User") -> "LookAlikeQuerySet":
        """People belong to the whole organisation."""
        return self

    def open(self) -> "LookAlikeQuerySet":
        """Nobody has decided about them, and both are still there by themselves."""
        both = Q(lower__merged_into=None, higher__merged_into=None, lower__archived_at=None, higher__archived_at=None)
        return self.filter(both, status=LookAlike.Status.OPEN)

    def told_apart(self) -> "LookAlikeQuerySet":
        return self.filter(status=LookAlike.Status.DIFFERENT)

    def of_pair(self, one: int, other: int) -> "LookAlikeQuerySet":
        return self.filter(lower_id=min(one, other), higher_id=max(one, other))

    def with_person(self, pk: int) -> "LookAlikeQuerySet":
        return self.filter(Q(lower_id=pk) | Q(higher_id=pk))


class LookAlike(Stamped):
    """Two people who look like one. Once somebody said that they are not, the pair never comes back."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("a state", "Open")
        DIFFERENT = "different", _("Not the same person")

    MOVES: ClassVar[Moves] = {Status.DIFFERENT: (Status.OPEN,), Status.OPEN: (Status.DIFFERENT,)}

    lower = models.ForeignKey(Influencer, models.CASCADE, related_name="+", verbose_name=_("one person"))
    higher = models.ForeignKey(Influencer, models.CASCADE, related_name="+", verbose_name=_("the other person"))
    points = models.PositiveSmallIntegerField(_("points"), default=0)
    reasons = models.JSONField(_("reasons"), default=list, blank=True, help_text='[["name", "kirana putri"]]')
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)

    objects = LookAlikeQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-alike")
        verbose_name_plural = _("look-alikes")
        indexes = [models.Index(fields=["status", "-points", "-id"], name="look_alike_open")]
        constraints = [
            models.UniqueConstraint(fields=["lower", "higher"], name="look_alike_once"),
            models.CheckConstraint(condition=Q(lower__lt=F("higher")), name="look_alike_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.lower} / {self.higher}"

    def tell_apart(self, *, at: dt.datetime, actor: Actor) -> None:
        """They are two people, and nobody is asked again. Raises TransitionRefused."""
        self._move(self.Status.DIFFERENT, _("Not the same person as %(other)s"), at, actor)

    def look_again(self, *, at: dt.datetime, actor: Actor) -> None:
        """Perhaps they are one after all. Raises TransitionRefused."""
        self._move(self.Status.OPEN, _("May be the same person as %(other)s after all"), at, actor)

    def _move(self, to: str, sentence: Any, at: dt.datetime, actor: Actor) -> None:
        verb = f"influencer.look_alike_{to}"
        told: dict[str, Any] = {"verb": verb, "sentence": sentence, "at": at, "actor": actor}
        move(self, to, moves=self.MOVES, params={"other": self.higher}, influencer=self.lower_id, **told)
        record(params={"other": self.lower}, influencer=self.higher_id, subject=self, **told)


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: "User") -> "MergeQuerySet":
        """People belong to the whole organisation."""
        return self

    def standing(self) -> "MergeQuerySet":
        return self.filter(status=Merge.Status.MERGED)

    def into(self, pk: int) -> "MergeQuerySet":
        return self.filter(stays_id=pk)

    def newest_first(self) -> "MergeQuerySet":
        return self.order_by("-merged_at", "-id")


class Merge(Stamped):
    """One person went on as another. Keeps what was moved and every value before and after, so that it can be undone."""

    class Status(models.TextChoices):
        MERGED = "merged", _("Merged")
        PARTED = "parted", _("Parted again")

    MOVES: ClassVar[Moves] = {Status.PARTED: (Status.MERGED,)}

    stays = models.ForeignKey(Influencer, models.CASCADE, related_name="+", verbose_name=_("who stays"))
    goes = models.ForeignKey(Influencer, models.CASCADE, related_name="+", verbose_name=_("who was merged"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.MERGED)
    merged_at = models.DateTimeField(_("merged"))
    merged_by = models.CharField(_("merged by"), max_length=160)
    parted_at = models.DateTimeField(_("parted"), null=True, blank=True)
    moved = models.JSONField(_("what moved"), default=dict, blank=True, help_text='{"crm.note.influencer": [1, 2]}')
    values = models.JSONField(
        _("what changed"), default=dict, blank=True, help_text='{"person": {"city": ["", "Bandung"]}}'
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        indexes = [models.Index(fields=["stays", "-merged_at"], name="merge_stays")]
        constraints = [
            models.UniqueConstraint(fields=["goes"], condition=Q(status="merged"), name="merged_once"),
            models.CheckConstraint(condition=~Q(stays=F("goes")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(status="merged", parted_at=None) | Q(status="parted", parted_at__isnull=False),
                name="merge_parted_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goes} > {self.stays}"

    @property
    def is_standing(self) -> bool:
        return self.status == self.Status.MERGED

    def part(self, *, at: dt.datetime, actor: Actor) -> None:
        """Only the row's own move; merging.actions.part gives everything back around it. Raises TransitionRefused."""
        sentence = _("Parted again from %(other)s")
        told: dict[str, Any] = {"verb": "influencer.parted", "sentence": sentence, "at": at, "actor": actor}
        also = {"parted_at": at}
        move(
            self,
            self.Status.PARTED,
            moves=self.MOVES,
            also=also,
            params={"other": self.goes},
            influencer=self.stays_id,
            **told,
        )
        record(params={"other": self.stays}, influencer=self.goes_id, subject=self, **told)
