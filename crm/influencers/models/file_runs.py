"""Files on their way in: what an import of people and one of other things have in common."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.timeline.record import Actor
from crm.timeline.runs import Run
from crm.timeline.transitions import may_move


class FileRun(Run):
    """One file. Nothing is written before it is confirmed; `cursor` is the last line finished."""

    SAID: ClassVar[Mapping[str, Any]] = {
        "uploaded": _("Opened the columns of the import “%(file)s” again"),
        "rehearsed": _("Rehearsed the import “%(file)s”"),
        "confirmed": _("Confirmed the import “%(file)s”"),
        "failed": _("The import “%(file)s” stopped"),
        "discarded": _("Discarded the import “%(file)s”"),
    }
    TONES: ClassVar[Mapping[Any, str]] = {
        "uploaded": "warn",
        "rehearsed": "warn",
        "confirmed": "info",
        "done": "ok",
        "failed": "bad",
        "discarded": "",
    }
    GOES_BACK: ClassVar[str]
    WENT_BACK: ClassVar[str]

    file = models.FileField(_("file"), upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64)
    sheet = models.CharField(_("sheet"), max_length=80, blank=True)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    mapped_at = models.DateTimeField(_("columns chosen"), null=True, blank=True)
    cursor = models.PositiveIntegerField(_("last line finished"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name

    @property
    def may_be_confirmed(self) -> bool:
        return bool(self.counts) and super().may_be_confirmed

    @property
    def may_go_on(self) -> bool:
        """Whether it stopped where it can be taken up again."""
        return self.has_stopped

    @property
    def may_be_reopened(self) -> bool:
        """Whether its columns may be chosen again: not once lines are written."""
        return self.cursor == 0 and (self.status == "uploaded" or may_move(self, "uploaded", self.MOVES))

    @property
    def is_being_read(self) -> bool:
        return self.status == "uploaded" and self.mapped_at is not None

    @property
    def is_rehearsed(self) -> bool:
        return bool(self.status == "rehearsed")

    @property
    def is_being_taken_back(self) -> bool:
        return bool(self.status == self.GOES_BACK)

    @property
    def is_taken_back(self) -> bool:
        return bool(self.status == self.WENT_BACK)

    @property
    def is_under_way(self) -> bool:
        return super().is_under_way or self.is_being_read or self.is_being_taken_back

    def reopen(self, *, at: dt.datetime, actor: Actor) -> None:
        """Back to choosing columns. Raises TransitionRefused."""
        self._move("uploaded", at, actor, cursor=0)

    def rehearsed(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """Every line has its verdict; nothing is written. Raises TransitionRefused."""
        self._move("rehearsed", at, actor, counts=counts, cursor=0, why="")

    def told(self) -> dict[str, Any]:
        return {"file": self.file_name}
