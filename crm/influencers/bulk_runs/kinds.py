"""Every kind of work on many people: what it is called, what it does, and what takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.influencers.bulk_runs import together
from crm.influencers.bulk_runs.together import Act, in_batches
from crm.influencers.models import BulkRow
from crm.influencers.pasting.box import add_prospects
from crm.influencers.pasting.columns import write_column
from crm.influencers.places import LeadsTo, people_work


@dataclass(frozen=True)
class Kind:
    """One kind of work; `size` people at a time, and up to `at_once` before anybody wonders."""

    title: Any
    act: Act
    undo: str = ""
    size: int = 500
    at_once: int = 500
    words: Mapping[str, Any] = field(default_factory=dict)
    """Outcomes that read otherwise here."""
    reasons: Mapping[str, Any] = field(default_factory=dict)
    """Sentences for reasons that only this kind gives."""
    leads_to: LeadsTo | None = None
    page: str = ""
    """The address of a feature's own page of such a run; then the shared pages only lead there."""

    def word(self, outcome: str) -> str:
        """What came of a row, in words."""
        return str(self.words.get(outcome, BulkRow.Outcome(outcome).label))


PEOPLE_WORDS: dict[str, Any] = {
    BulkRow.Outcome.WAITING: _("New"),
    BulkRow.Outcome.CHANGED: _("Added"),
    BulkRow.Outcome.SAME: _("On file"),
}

KINDS: dict[str, Kind] = {
    "owner": Kind(_("Give to a colleague"), in_batches(together.assign)),
    "niche": Kind(_("Add a niche"), in_batches(together.add_niche)),
    "tag": Kind(_("Tag"), in_batches(together.add_tag)),
    "archive": Kind(_("Archive"), in_batches(together.archive), undo="restore"),
    "restore": Kind(_("Take out of the archive"), in_batches(together.restore), undo="archive"),
    "prospects": Kind(_("New people from a paste"), add_prospects, size=50, at_once=100, words=PEOPLE_WORDS),
    "column": Kind(_("Paste a column"), write_column, size=50, at_once=100),
}


def kind_of(action: str) -> Kind:
    """The kind of a run: of this room, or put into the place by a feature above it."""
    if action in KINDS:
        return KINDS[action]
    placed = people_work[action]
    return Kind(**placed.words, act=placed.call)
