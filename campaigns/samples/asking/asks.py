"""What we ask her before a parcel leaves, in one sentence: where it goes, whether that is still right, which one she likes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.samples.asking.addresses import Goes
from crm.timeline.record import in_language

LANGUAGES = ("en", "id")


@dataclass(frozen=True)
class Asks:
    """A question as a heading, the sentence that asks it, and as short as a subject must be."""

    question: Any
    sentence: Any
    short: Any

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """The same in both languages, for a mail."""
        return {
            "question": {code: in_language(code, self.short, {}) for code in LANGUAGES},
            "asks": {code: in_language(code, self.sentence, {}) for code in LANGUAGES},
        }


WHERE = Asks(
    _("Where shall we send it?"), _("Tell us where we may send it. It takes a minute."), _("where shall we send it?")
)
RIGHT = Asks(
    _("Is your address still right?"),
    _("Is your address still right? One press is enough."),
    _("is your address still right?"),
)
WHICH = Asks(_("Which one would you like?"), _("Tell us which one you would like."), _("which one would you like?"))
BOTH = Asks(
    _("Where shall we send it, and which one would you like?"),
    _("Tell us where we may send it, and which one you would like. It takes a minute."),
    _("where to, and which one?"),
)
RIGHT_AND_WHICH = Asks(
    _("Is your address still right, and which one would you like?"),
    _("Tell us which one you would like, and whether your address is still right."),
    _("where to, and which one?"),
)


def asks_of(goes: Goes, *, chooses: bool) -> Asks:
    """What is still to be asked."""
    if goes.is_good:
        return WHICH
    if goes.address is None:
        return BOTH if chooses else WHERE
    return RIGHT_AND_WHICH if chooses else RIGHT
