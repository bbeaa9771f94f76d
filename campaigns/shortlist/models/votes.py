"""Asking a manager or a client whom to take: a round, a link for each voter, and what they say."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from crm.base.models import Stamped
from crm.outbox.models import Contact

if TYPE_CHECKING:
    from crm.team.models import User


class VoteRoundQuerySet(models.QuerySet["VoteRound"]):
    def visible_to(self, user: "User") -> "VoteRoundQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(campaign__brand_id__in=brands)

    def open(self) -> "VoteRoundQuerySet":
        return self.filter(closed_at__isnull=True)


class VoteRound(Stamped):
    """One question to some people: which of these names? What the links show is decided once, for everybody."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="vote_rounds", verbose_name=_("campaign"))
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("a word to the voters"), blank=True)
    shows_price = models.BooleanField(
        _("show the client price"), default=True, help_text=_("What we pay ourselves never stands there.")
    )
    shows_numbers = models.BooleanField(_("show followers and engagement"), default=True)
    close_on = models.DateField(_("open until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by")
    )
    people = models.ManyToManyField(Collaboration, related_name="vote_rounds", verbose_name=_("people"))

    objects = VoteRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of votes")
        verbose_name_plural = _("rounds of votes")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def is_open(self, today: dt.date) -> bool:
        """Whether a vote still counts on this day."""
        return self.closed_at is None and (self.close_on is None or today <= self.close_on)


class BallotQuerySet(models.QuerySet["Ballot"]):
    def visible_to(self, user: "User") -> "BallotQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(round__campaign__brand_id__in=brands)

    def standing(self) -> "BallotQuerySet":
        return self.filter(revoked_at__isnull=True)

    def opening(self) -> "BallotQuerySet":
        """Those whose links open: not taken back, and of nobody who has left the house."""
        return self.standing().exclude(contact__colleague__is_active=False)


class Ballot(Stamped):
    """One voter in one round. The links that lead here only vote in this round; all of them end when it is revoked."""

    round = models.ForeignKey(VoteRound, models.CASCADE, related_name="ballots", verbose_name=_("round"))
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=_("voter"))
    opened_at = models.DateTimeField(_("first used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "contact"], name="ballot_once_per_voter")]

    def __str__(self) -> str:
        return f"{self.round}: {self.contact}"


class BallotLink(Stamped):
    """One message's way to a ballot: 256 random bits leave in the e-mail, only their hash stays. A reminder brings a link
    of its own, and the one before goes on working."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="links", verbose_name=_("ballot"))
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("link to a ballot")
        verbose_name_plural = _("links to ballots")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.ballot)


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, user: "User") -> "VoteQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(ballot__round__campaign__brand_id__in=brands)


class Vote(Stamped):
    """What one voter says of one name. Saying something else changes it while the round is open; the story keeps both."""

    class Verdict(models.TextChoices):
        YES = "yes", _("Yes")
        MAYBE = "maybe", _("Perhaps")
        NO = "no", _("No")

    TONES: ClassVar[dict[str, str]] = {Verdict.YES: "ok", Verdict.MAYBE: "warn", Verdict.NO: "bad"}

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes", verbose_name=_("ballot"))
    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="votes", verbose_name=_("person"))
    verdict = models.CharField(_("says"), max_length=5, choices=Verdict)
    note = models.CharField(_("note"), max_length=300, blank=True)
    said_at = models.DateTimeField(_("said"))
    channel = models.CharField(_("heard by"), max_length=12, blank=True, help_text=_("Empty: by the link."))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "collaboration"], name="vote_once_per_ballot")]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.get_verdict_display()}"

    @property
    def tone(self) -> str:
        return self.TONES[self.verdict]
