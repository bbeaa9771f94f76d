"""How outsiders get in to say yes: their place in a campaign, and the links that lead there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped
from crm.outbox.models import Contact


class ReviewGuestQuerySet(OfCampaign):
    def standing(self) -> "ReviewGuestQuerySet":
        return self.filter(revoked_at__isnull=True)

    def opening(self) -> "ReviewGuestQuerySet":
        """Those whose links open: not taken back, of a campaign that is not over, of nobody who left the house."""
        over = (Campaign.Status.WRAPPED, Campaign.Status.CANCELLED)
        return self.standing().exclude(campaign__status__in=over).exclude(contact__colleague__is_active=False)


class ReviewGuest(Stamped):
    """Somebody outside who says yes by a link: one campaign, and there only what waits for her or him."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="review_guests", verbose_name=_("campaign"))
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=_("guest"))
    opened_at = models.DateTimeField(_("first used"), null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = ReviewGuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("review guest")
        verbose_name_plural = _("review guests")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "contact"], name="review_guest_once")]

    def __str__(self) -> str:
        return f"{self.contact}, {self.campaign}"


class ReviewLink(Stamped):
    """One message's way in for a guest: 256 random bits leave in the e-mail, only their hash stays."""

    guest = models.ForeignKey(ReviewGuest, models.CASCADE, related_name="links", verbose_name=_("guest"))
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("link to a review")
        verbose_name_plural = _("links to reviews")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.guest)
