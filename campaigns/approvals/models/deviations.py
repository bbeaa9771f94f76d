"""What is looked at once something is out: cases where it differs from what was agreed, and whether it stays online."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.publishing import LivePost
from campaigns.planning.models import Refused
from campaigns.planning.models.seen import OfCampaign
from crm.base.formats import day_in_words
from crm.base.models import Stamped
from crm.timeline.record import Actor, record


class OfLivePost(OfCampaign):
    way = "post__deliverable__collaboration__campaign"


class DeviationQuerySet(OfLivePost):
    def open(self) -> "DeviationQuerySet":
        return self.filter(closed_at__isnull=True)

    def closed(self) -> "DeviationQuerySet":
        return self.filter(closed_at__isnull=False)

    def asked(self) -> "DeviationQuerySet":
        """Open, and she was asked to mend it and has not said that she did."""
        return self.open().filter(asked_at__isnull=False)

    def unasked(self) -> "DeviationQuerySet":
        """Open, and it is our turn: nobody asked her, or she says that it is mended."""
        return self.open().filter(asked_at__isnull=True)


class Deviation(Stamped):
    """A case: what went out differs from what was agreed. It is open until somebody says what becomes of it."""

    class Kind(models.TextChoices):
        CAPTION = "caption", _("The caption was changed")
        UNAPPROVED = "unapproved", _("Posted without an approval")
        EARLY = "early", _("Posted before its window")
        LATE = "late", _("Posted after its window")
        EMBARGO = "embargo", _("Posted before the embargo ended")
        LABEL = "label", _("The label is missing")
        FRAMES = "frames", _("Not every frame carries the label")
        VIDEO = "video", _("The video does not say it well enough")
        REMOVED = "removed", _("Taken down too early")

    class Outcome(models.TextChoices):
        MENDED = "mended", _("Mended by her")
        ACCEPTED = "accepted", _("Accepted as it is")
        BREACH = "breach", _("A breach of what was agreed")
        MISTAKE = "mistake", _("It was none")

    post = models.ForeignKey(LivePost, models.CASCADE, related_name="deviations", verbose_name=_("live post"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    details = models.JSONField(_("details"), default=dict, blank=True)
    found_at = models.DateTimeField(_("found"))
    asked_at = models.DateTimeField(_("she was asked"), null=True, blank=True, editable=False)
    mend_on = models.DateField(_("to be mended by"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DeviationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        ordering = ["-found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind"], condition=Q(closed_at__isnull=True), name="deviation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(outcome=""), name="deviation_closed_has_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def ask(self, mend_on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
        """She is asked to mend it by that day; asked again, the day moves. Refused once it is closed."""
        with transaction.atomic():
            self._set(asked_at=at, mend_on=mend_on, updated_at=at)
            self._tell("deviation.asked", ASKED, at, actor, day=day_in_words(mend_on))

    def close(self, outcome: str, note: str = "", *, at: dt.datetime, actor: Actor) -> None:
        """What became of it; said once. Refused when somebody was faster."""
        by = {"closed_by_id": actor.user_id, "outcome": outcome, "note": note, "closed_at": at, "updated_at": at}
        word = Deviation.Outcome(outcome).label
        with transaction.atomic():
            self._set(**by)
            self._tell("deviation.closed", CLOSED_BECAUSE if note else CLOSED, at, actor, outcome=word, note=note)

    def said_mended(self, *, at: dt.datetime) -> None:
        """She says it is put right: nobody asks her any more, somebody here looks."""
        self._set(asked_at=None, mend_on=None, details={**self.details, "said_mended": at.isoformat()}, updated_at=at)

    @property
    def of_substance(self) -> dict[str, Any]:
        """What was found, without what was said about it since."""
        return {name: value for name, value in self.details.items() if name != "said_mended"}

    def found(self, *, at: dt.datetime, actor: Actor) -> None:
        """Tell the story that it was found."""
        self._tell("deviation.found", FOUND, at, actor)

    def _set(self, **values: Any) -> None:
        fitting = Deviation._base_manager.filter(pk=self.pk, closed_at__isnull=True)
        if not fitting.update(**values):
            raise Refused(self, _("It is closed already. Reload the page to see what became of it."))
        for name, value in values.items():
            setattr(self, name, value)

    def _tell(self, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **params: Any) -> None:
        said = self.post.said()
        params = {**said.pop("params"), "kind": Deviation.Kind(self.kind).label, **params}
        record(verb, sentence, at=at, actor=actor, subject=self.post, params=params, **said)


FOUND = _("%(what)s for %(campaign)s on %(platform)s: %(kind)s")
ASKED = _("Asked to mend %(what)s for %(campaign)s by %(day)s: %(kind)s")
CLOSED = _("%(what)s for %(campaign)s, “%(kind)s”: %(outcome)s")
CLOSED_BECAUSE = _("%(what)s for %(campaign)s, “%(kind)s”: %(outcome)s. %(note)s")


class LiveCheckQuerySet(OfLivePost):
    def open(self) -> "LiveCheckQuerySet":
        return self.filter(done_at__isnull=True)


class LiveCheck(Stamped):
    """One look whether a post still stands, due on a day; the answer closes it."""

    post = models.ForeignKey(LivePost, models.CASCADE, related_name="live_checks", verbose_name=_("live post"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(_("looked at"), null=True, blank=True, editable=False)
    done_by = models.CharField(_("by"), max_length=160, blank=True)
    is_live = models.BooleanField(_("it is online"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = LiveCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a live post")
        verbose_name_plural = _("looks at live posts")
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "due_on"], name="live_check_once")]

    def __str__(self) -> str:
        return f"{self.post}, {self.due_on}"

    def answer(self, *, is_live: bool, note: str, at: dt.datetime, actor: Actor) -> None:
        """What somebody saw; said once. Refused when somebody was faster."""
        values: dict[str, Any] = {"done_at": at, "done_by": actor.label, "is_live": is_live, "note": note}
        with transaction.atomic():
            fitting = LiveCheck._base_manager.filter(pk=self.pk, done_at__isnull=True)
            if not fitting.update(**values, updated_at=at):
                raise Refused(self, _("Somebody has looked already. Reload the page."))
            sentence = STILL_THERE if is_live else NOT_THERE
            record("post.looked", sentence, at=at, actor=actor, subject=self.post, **self.post.said())
        for name, value in values.items():
            setattr(self, name, value)


STILL_THERE = _("Looked: %(what)s for %(campaign)s is online on %(platform)s")
NOT_THERE = _("Looked: %(what)s for %(campaign)s is not online on %(platform)s")
