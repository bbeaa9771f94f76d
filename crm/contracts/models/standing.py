"""Where a contract may stand, and the ways between: choices, moves, colours and sentences in one place."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.timeline.transitions import Moves


class Kind(models.TextChoices):
    CAMPAIGN = "campaign", _("Campaign")
    AMBASSADOR = "ambassador", _("Ambassador")
    GIFTING = "gifting", _("Gifting")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT = "sent", _("Sent")
    SIGNED = "signed", _("Signed")
    ACTIVE = "active", _("Running")
    IN_NOTICE = "in_notice", _("Notice given")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Offer expired")
    TERMINATED = "terminated", _("Ended early")
    VOID = "void", _("Void")
    SUPERSEDED = "superseded", _("Replaced")


class Renewal(models.TextChoices):
    NONE = "none", _("Ends by itself")
    MANUAL = "manual", _("We decide before it ends")
    AUTO = "auto", _("Goes on unless somebody gives notice")
    OPTION = "option", _("Goes on if we say so in time")


class Span(models.TextChoices):
    DAYS = "days", _("days")
    MONTHS = "months", _("months")


class Decision(models.TextChoices):
    """What somebody decided about a term that comes to its end."""

    GOES_ON = "goes_on", _("It goes on")
    ENDS = "ends", _("It ends")


WRITTEN: tuple[str, ...] = (Status.DRAFT, Status.IN_REVIEW)
IN_FORCE: tuple[str, ...] = (Status.SIGNED, Status.ACTIVE, Status.IN_NOTICE)
BEGUN: tuple[str, ...] = (Status.ACTIVE, Status.IN_NOTICE, Status.ENDED, Status.TERMINATED)
OPEN: tuple[str, ...] = (*WRITTEN, Status.SENT, *IN_FORCE)
MOVES: Moves = {
    Status.DRAFT: (Status.IN_REVIEW, Status.SENT, Status.DECLINED, Status.EXPIRED),
    Status.IN_REVIEW: (Status.DRAFT,),
    Status.SENT: (Status.DRAFT, Status.IN_REVIEW),
    Status.SIGNED: (Status.DRAFT, Status.IN_REVIEW, Status.SENT),
    Status.ACTIVE: (Status.SIGNED, Status.IN_NOTICE),
    Status.IN_NOTICE: (Status.ACTIVE,),
    Status.ENDED: (Status.ACTIVE, Status.IN_NOTICE),
    Status.DECLINED: (Status.SENT,),
    Status.EXPIRED: (Status.SENT,),
    Status.TERMINATED: IN_FORCE,
    Status.VOID: (Status.DRAFT, Status.IN_REVIEW, Status.SENT, Status.SIGNED),
    Status.SUPERSEDED: IN_FORCE,
}
TONES: dict[str, str] = {
    Status.IN_REVIEW: "warn", Status.SENT: "info", Status.SIGNED: "ok", Status.ACTIVE: "ok",
    Status.IN_NOTICE: "warn", Status.DECLINED: "bad", Status.EXPIRED: "bad", Status.TERMINATED: "bad",
}  # fmt: skip

SENTENCES: dict[str, Any] = {
    Status.DRAFT: _("Contract %(contract)s is a draft again"),
    Status.IN_REVIEW: _("Contract %(contract)s waits for approval"),
    Status.SENT: _("Contract %(contract)s sent to be signed"),
    Status.SIGNED: _("Contract %(contract)s signed by everybody"),
    Status.ACTIVE: _("Contract %(contract)s runs"),
    Status.IN_NOTICE: _("Notice given for contract %(contract)s"),
    Status.ENDED: _("Contract %(contract)s ended"),
    Status.DECLINED: _("Contract %(contract)s declined"),
    Status.EXPIRED: _("The offer of contract %(contract)s expired"),
    Status.TERMINATED: _("Contract %(contract)s ended early"),
    Status.VOID: _("Contract %(contract)s is void"),
    Status.SUPERSEDED: _("Contract %(contract)s replaced by another"),
}


class Stands:
    """What its standing means, asked by name."""

    status: Any

    @property
    def is_in_force(self) -> bool:
        return self.status in IN_FORCE

    @property
    def makes_due(self) -> bool:
        """What happens under it is paid by itself; of one that ended early somebody decides."""
        return self.is_in_force or self.status == Status.ENDED

    @property
    def is_void(self) -> bool:
        return bool(self.status == Status.VOID)

    @property
    def is_terminated(self) -> bool:
        return bool(self.status == Status.TERMINATED)

    @property
    def came_to_nothing(self) -> bool:
        """It binds nobody any more: void, or another one took its place."""
        return self.status in (Status.VOID, Status.SUPERSEDED)

    @property
    def is_in_notice(self) -> bool:
        """It runs, and will not go on."""
        return bool(self.status == Status.IN_NOTICE)
