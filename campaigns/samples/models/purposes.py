"""Why something is sent, and what follows from it: the table of domain 4.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why something is sent. It decides what may be asked for in return (domain 4.1)."""

    GIFT_NO_ASK = "gift_no_ask", _("Gift, nothing asked")
    GIFT_SOFT_ASK = "gift_soft_ask", _("Gift, a post is hoped for")
    CONTRACTUAL = "contractual", _("Part of the pay")
    LOAN = "loan", _("Loan")
    SHOOT_USE = "shoot_use", _("For the shoot, stays there")
    EVENT = "event", _("Given at an event")
    PRIZE = "prize", _("Prize for followers")
    REPLACEMENT = "replacement", _("In place of another")


GIFTS = (Purpose.GIFT_NO_ASK, Purpose.GIFT_SOFT_ASK)


@dataclass(frozen=True)
class Meaning:
    """What one purpose asks for, whether we may remind, whether it is pay, and how tax and disclosure see it."""

    says: Any  # one sentence, where somebody chooses
    may_remind: Any  # may we remind her to post?
    tax: Any
    disclosure: Any
    is_pay: bool = False
    holds_work: bool = False  # what she makes waits for it, unless somebody says otherwise


ADVISER = _("Unclear: the value is kept, ask your adviser.")
IN_KIND = _("Income in kind: counted at its value, tax is withheld.")
NOT_HERS = _("No income while it stays the brand's.")
ALWAYS = _("Yes: it is a tie to the brand, also when no post was asked for.")
WORK_ONLY = _("Only of the work that was agreed; this is no reason to ask for more.")
IF_SHOWN = _("If she shows it.")

MEANINGS: Mapping[str, Meaning] = {
    Purpose.GIFT_NO_ASK: Meaning(
        _("She keeps it and owes nothing. We never ask for a post."),
        _("No. Only whether it arrived, and thanks."), ADVISER, ALWAYS,
    ),
    Purpose.GIFT_SOFT_ASK: Meaning(
        _("She keeps it and owes nothing. We may say that a post would make us glad."),
        _("Gently, three times at most; then it is closed politely."), ADVISER, ALWAYS,
    ),
    Purpose.CONTRACTUAL: Meaning(
        _("It belongs to what she gets for the work, and counts at its value."),
        _("Yes, of the work it belongs to."), IN_KIND, ALWAYS, is_pay=True, holds_work=True,
    ),
    Purpose.LOAN: Meaning(
        _("She uses it and sends it back by a day you name."),
        _("Of sending it back, yes."), NOT_HERS, ALWAYS, holds_work=True,
    ),
    Purpose.SHOOT_USE: Meaning(
        _("It is used where the content is made and stays there."),
        WORK_ONLY, _("No income: she does not take it home."), IF_SHOWN, holds_work=True,
    ),
    Purpose.EVENT: Meaning(
        _("She gets it at an event of ours."), WORK_ONLY, IN_KIND, ALWAYS, is_pay=True,
    ),
    Purpose.PRIZE: Meaning(
        _("She passes it on to whoever wins among her followers."),
        WORK_ONLY, _("Income of whoever wins, not hers."), ALWAYS, holds_work=True,
    ),
    Purpose.REPLACEMENT: Meaning(
        _("In place of something that was lost or broke."),
        WORK_ONLY, _("As what it replaces."), ALWAYS, holds_work=True,
    ),
}  # fmt: skip
