"""Why something said about a version does not count; each says what to do instead, and nothing was changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from campaigns.planning.models.told import Refused

if TYPE_CHECKING:
    from campaigns.approvals.models import CheckResult, Review


class NotYourTurn(Refused):
    """Somebody else says yes here, or it was decided already."""

    def __init__(self, review: "Review", why: Any = "") -> None:
        super().__init__(review, why or _("It is not your turn to decide about this version. Reload the page."))


class OwnWork(Refused):
    """Nobody approves what she or he handed in."""

    def __init__(self, review: "Review") -> None:
        super().__init__(review, _("You handed this in yourself. Somebody else has to say yes to it."))


class NewerVersion(Refused):
    """What was decided about is not what stands there now."""

    def __init__(self, review: "Review") -> None:
        super().__init__(review, _("A newer version came. Nothing was decided. Look at the newer one."))


class FindingsHold(Refused):
    """The checks found something that holds a yes until it is waived or mended."""

    def __init__(self, review: "Review", findings: "Sequence[CheckResult]") -> None:
        self.findings = list(findings)
        rules = ", ".join(dict.fromkeys(found.rule for found in findings))
        super().__init__(
            review,
            _("A check holds the yes: %(rules)s. Ask for changes, or let a manager waive it.") % {"rules": rules},
        )


class RoundsUsedUp(Refused):
    """The rounds that were agreed are over; a further one needs a reason."""

    def __init__(self, review: "Review", most: int) -> None:
        self.most = most
        super().__init__(
            review,
            _("%(number)d rounds of changes were agreed and are used up. Say why a further one is needed.")
            % {"number": most},
        )


class NeedsCitation(Refused):
    """A must stands on nothing that was agreed."""

    def __init__(self, review: "Review", number: int) -> None:
        super().__init__(
            review,
            _("A must names its item of the brief or its rule. %(number)d of your notes do not yet.")
            % {"number": number},
        )


class NothingSaid(Refused):
    """Changes without a word about what should change, or a no without a reason."""

    def __init__(self, review: "Review", why: Any = "") -> None:
        super().__init__(review, why or _("Say what should change: a note on the draft, or a few words."))
