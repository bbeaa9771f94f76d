"""What tells later which sale and which visit came from whom: a code for each collaboration, a link for each post."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Reference, Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class VoucherCodeQuerySet(models.QuerySet["VoucherCode"]):
    def visible_to(self, user: "User") -> "VoucherCodeQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(campaign__brand_id__in=brands)

    def standing(self) -> "VoucherCodeQuerySet":
        """Not retired."""
        return self.filter(retired_at__isnull=True)

    def valid_on(self, on: dt.date) -> "VoucherCodeQuerySet":
        return self.standing().filter(valid_from_on__lte=on, valid_to_on__gte=on)


class VoucherCode(Stamped):
    """A code of one influencer in one campaign (domain rule R1-36). A retired one stays hers, so it is never given again."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="codes", verbose_name=_("campaign"))
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="codes", verbose_name=_("collaboration")
    )
    code = models.CharField(_("code"), max_length=30)
    offer = models.CharField(_("what it gives"), max_length=120, blank=True, help_text=_("For example: 10 % off."))
    valid_from_on = models.DateField(_("valid from"))
    valid_to_on = models.DateField(_("valid to"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)
    retired_because = models.CharField(_("retired because"), max_length=200, blank=True)

    objects = VoucherCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher code")
        verbose_name_plural = _("voucher codes")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                Upper("code"), name="voucher_code_once",
                violation_error_message=_("This code is taken. Choose another one."),
            ),
            models.UniqueConstraint(
                fields=["collaboration"], condition=Q(retired_at__isnull=True), name="voucher_code_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to_on__gte=models.F("valid_from_on")), name="voucher_code_forward",
                violation_error_message=_("The last day is before the first one."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class TrackedLinkQuerySet(models.QuerySet["TrackedLink"]):
    def visible_to(self, user: "User") -> "TrackedLinkQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deliverable__collaboration__campaign__brand_id__in=brands)


class TrackedLink(Stamped):
    """A short address for one deliverable that leads to a product page (domain rule R1-34). It leads nowhere else."""

    deliverable = models.OneToOneField(
        Deliverable, models.CASCADE, related_name="tracked_link", verbose_name=_("deliverable")
    )
    slug = models.SlugField(_("short form"), max_length=40, unique=True)
    target = models.URLField(_("leads to"), max_length=500)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = TrackedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tracked link")
        verbose_name_plural = _("tracked links")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class LinkClickQuerySet(models.QuerySet["LinkClick"]):
    def recognisable(self) -> "LinkClickQuerySet":
        """Those that still say where somebody came from, or by what she could be known again that day."""
        marked = ~Q(visitor="") & ~Q(visitor__startswith=LinkClick.UNKNOWN)
        return self.filter(marked | ~Q(came_from=""))

    def by_people(self) -> "LinkClickQuerySet":
        """Without mail scanners, link previews and crawlers."""
        return self.filter(is_scanner=False)


class LinkClick(models.Model):
    """One visit of a tracked link. No row goes; whose address it was is kept as a salted hash of the day."""

    UNKNOWN = "~"
    """Begins the mark of a visitor that can be compared with no other day's or address's."""

    link = models.ForeignKey(TrackedLink, models.CASCADE, related_name="clicks", verbose_name=_("link"))
    at = models.DateTimeField(_("when"))
    is_scanner = models.BooleanField(_("a machine"), default=False)
    visitor = models.CharField(_("visitor of the day"), max_length=64, blank=True, editable=False)
    came_from = models.CharField(_("came from"), max_length=120, blank=True)

    objects = LinkClickQuerySet.as_manager()

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["link", "at"], name="link_click_when")]

    def __str__(self) -> str:
        return f"{self.link}, {self.at:%Y-%m-%d %H:%M}"


class Scanner(Reference):
    """A machine that opens links: mail scanners, previews of chats, crawlers. Known by words in its user agent."""

    words = models.CharField(_("words in the user agent"), max_length=120, unique=True)
    name = models.CharField(_("what it is"), max_length=80)

    class Meta:
        verbose_name = _("known scanner")
        verbose_name_plural = _("known scanners")
        ordering = ["name", "words"]

    def __str__(self) -> str:
        return self.name
