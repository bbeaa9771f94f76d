"""How the term of a contract goes on or ends, and the notices that were given."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped, StoredFile
from crm.contracts.models.standing import Renewal, Span
from crm.exclusivity.renewing import Term
from crm.timeline.models import Channel

if TYPE_CHECKING:
    from crm.team.models import User


GOING_ON = (Renewal.AUTO, Renewal.OPTION)
"""Those that go on in the same contract."""


LENGTHS: tuple[tuple[str, int, int], ...] = (
    *((Span.DAYS, days, days) for days in (7, 14, 30, 60, 90, 180, 366)),
    *((Span.MONTHS, months, months * 31) for months in (1, 2, 3, 6, 12)),
)
"""How far from the last day the day for notice may lie: a look-up by bounds, since the day itself is counted, not kept."""


def notice_may_be_over(on: dt.date) -> Q:
    """Contracts whose day for notice may lie before that day; of very long notices, all."""
    longer, found = Q(), Q()
    for span, value, days in LENGTHS:
        bound = Q(notice_span=span, notice_value__lte=value)
        found |= bound & Q(end_on__lte=on + dt.timedelta(days=days))
        longer |= bound
    return found | ~longer


class GoesOn(models.Model):
    """The part of a contract that says what happens at its last day.

    While it rests with everything behind it moving (`rests_since_on`), it neither ends nor goes on; `shifted_days` is by how
    much such rests have moved its last day, so that months are still counted from the first.
    """

    class NoticeCounts(models.TextChoices):
        SENT = "sent", _("the day it is sent")
        RECEIVED = "received", _("the day it arrives")

    Renewal, Span = Renewal, Span

    start_on: dt.date | None
    end_on: dt.date | None

    renewal = models.CharField(_("when it ends"), max_length=6, choices=Renewal, default=Renewal.NONE)
    renew_months = models.PositiveSmallIntegerField(_("goes on for, months"), null=True, blank=True)
    most_renewals = models.PositiveSmallIntegerField(
        _("goes on at most so many times"),
        null=True,
        blank=True,
        help_text=_("Empty: as often as nobody gives notice."),
    )
    renewed = models.PositiveSmallIntegerField(_("has gone on so many times"), default=0, editable=False)
    notice_value = models.PositiveSmallIntegerField(_("notice"), null=True, blank=True)
    notice_span = models.CharField(_("notice in"), max_length=6, choices=Span, default=Span.DAYS)
    notice_counts = models.CharField(
        _("notice counts from"), max_length=8, choices=NoticeCounts, default=NoticeCounts.SENT
    )
    rests_since_on = models.DateField(_("rests since, nobody knows until when"), null=True, blank=True, editable=False)
    shifted_days = models.PositiveSmallIntegerField(_("moved by rests, days"), default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def term(self) -> Term | None:
        """Its days, how they go on in the same contract, and the notice; None for one without both its days."""
        if self.start_on is None or self.end_on is None:
            return None
        value, is_months = self.notice_value or 0, self.notice_span == self.Span.MONTHS
        goes_on = self.renew_months or 0 if self.renewal in GOING_ON else 0
        notice = {"notice_months": value} if is_months else {"notice_days": value}
        return Term(
            self.start_on, self.end_on, goes_on, **notice, most_renewals=self.renewals_left, shifted_days=self.shifted_days
        )  # fmt: skip

    @property
    def renewals_left(self) -> int | None:
        """How many more times it may go on in the same contract; None without a limit."""
        return None if self.most_renewals is None else max(0, self.most_renewals - self.renewed)

    def rests_on(self, on: dt.date) -> bool:
        """Whether it rests on that day with nobody knowing until when: until then it neither ends nor goes on."""
        return self.rests_since_on is not None and self.rests_since_on <= on


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: "User") -> "NoticeQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def in_time(self) -> "NoticeQuerySet":
        return self.filter(is_late=False)

    def counted(self) -> "NoticeQuerySet":
        """Those that count: of some the day they arrived is not known yet."""
        return self.filter(counts_on__isnull=False)

    def ending_it(self) -> "NoticeQuerySet":
        """Those that end a contract on a day of their own."""
        return self.counted().filter(kind=Notice.Kind.TERMINATION, effective_on__isnull=False)

    def against_going_on(self) -> "NoticeQuerySet":
        return self.counted().filter(kind=Notice.Kind.NON_RENEWAL)


class Notice(Stamped):
    """One side told the other that a contract does not go on, ends, is broken, or goes on by the brand's option.

    `counts_on` is the day it counts from: sent or received, as the contract says; empty while its arrival is not known. One
    that came after the last day for it is kept and marked late: it then works for the next term.
    """

    class Kind(models.TextChoices):
        NON_RENEWAL = "non_renewal", _("It does not go on")
        TERMINATION = "termination", _("It ends")
        BREACH = "breach", _("A promise is broken")
        OPTION = "option", _("It goes on by our option")

    class From(models.TextChoices):
        US = "us", _("us")
        HER = "her", _("her")

    TONES: ClassVar[dict[str, str]] = {Kind.OPTION: "ok", Kind.BREACH: "bad"}

    contract = models.ForeignKey("crm.Contract", models.CASCADE, related_name="notices", verbose_name=_("contract"))
    kind = models.CharField(_("what it says"), max_length=11, choices=Kind, default=Kind.NON_RENEWAL)
    given_by = models.CharField(_("from"), max_length=3, choices=From, default=From.US)
    sent_on = models.DateField(_("sent on"))
    received_on = models.DateField(_("arrived on"), null=True, blank=True)
    channel = models.CharField(_("by"), max_length=12, choices=Channel, default=Channel.EMAIL, blank=True)
    counts_on = models.DateField(_("counts from"), null=True, blank=True, editable=False)
    deadline_on = models.DateField(_("last day for it"), null=True, blank=True, editable=False)
    is_late = models.BooleanField(_("came too late"), default=False, editable=False)
    effective_on = models.DateField(_("last day by it"), null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("noted"))
    by = models.CharField(_("noted by"), max_length=160)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["sent_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")), name="notice_arrives_after_it_is_sent",
                violation_error_message=_("It arrived before it was sent. Correct one of the days."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.sent_on}"

    @property
    def waits(self) -> bool:
        """The day it arrived is not known, and it counts from that one."""
        return self.counts_on is None
