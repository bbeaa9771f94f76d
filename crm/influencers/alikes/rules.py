"""What speaks for two people being one, how much, and in which words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm.influencers.models import AlikeRule

Code = AlikeRule.Code


@dataclass(frozen=True, order=True)
class Reason:
    """One thing two people share. `text` says which, where it may be said to everybody."""

    code: str
    text: str = ""

    WORDS: ClassVar[dict[str, Any]] = {
        Code.PHONE: _("The same phone number"),
        Code.EMAIL: _("The same e-mail address"),
        Code.HANDLE: _("The same handle: @%(text)s"),
        Code.NEAR_HANDLE: _("Nearly the same handle: %(text)s"),
        Code.NAME: _("The same name"),
        Code.NEAR_NAME: _("A name that sounds the same"),
    }

    @property
    def words(self) -> str:
        """The reason as a sentence in the reader's language."""
        return str(self.WORDS[Code(self.code)]) % {"text": self.text}


@dataclass(frozen=True)
class Rules:
    """The rules of a day, read once."""

    points: dict[str, int]
    at_most: dict[str, int]

    @classmethod
    def on(cls, day: dt.date) -> "Rules":
        rows = AlikeRule.objects.valid_on(day).values_list("code", "points", "at_most")
        found = {code: (points, most) for code, points, most in rows}
        return cls({code: row[0] for code, row in found.items()}, {code: row[1] for code, row in found.items()})

    def speaks(self, code: str, shared_by: int) -> bool:
        """Whether a thing that so many people share says something about them."""
        return self.points.get(code, 0) > 0 and shared_by <= self.at_most[code]

    def strength(self, reasons: Iterable[Reason]) -> int:
        return min(sum(self.points.get(reason.code, 0) for reason in reasons), 200)

    def is_likely(self, points: int) -> bool:
        return points >= self.points.get(Code.LIKELY, 0) > 0

    def is_strong(self, points: int) -> bool:
        return points >= self.points.get(Code.STRONG, 0) > 0


@dataclass
class Reasons:
    """The reasons of one pair as they are found; of two that say the same only the stronger counts."""

    found: set[Reason] = field(default_factory=set)

    def told(self) -> list[Reason]:
        """The strongest word of each kind: who shares the name does not also share its sound."""
        codes = {reason.code for reason in self.found}
        weaker = {Code.NEAR_NAME: Code.NAME, Code.NEAR_HANDLE: Code.HANDLE}
        kept = [reason for reason in self.found if weaker.get(Code(reason.code)) not in codes]
        first = {reason.code: reason for reason in sorted(kept, reverse=True)}
        order = list(Code)
        return sorted(first.values(), key=lambda reason: order.index(Code(reason.code)))
