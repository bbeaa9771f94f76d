"""Whom an account reaches, and how its owner answers: counted at one moment, with where it comes from."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.brands.models import Persona, Territory
from crm.influencers.models.accounts import SocialAccount
from crm.influencers.models.people import Influencer

MOST_PERSONAS = 2


class CountedQuerySet(models.QuerySet["Audience"]):
    def newest_first(self) -> "CountedQuerySet":
        return self.order_by("-counted_on", "-id")


class Audience(Stamped):
    """Who follows, as somebody counted it on a day. The next count is a new one; the older stay."""

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="audiences", verbose_name=_("influencer"))
    account = models.ForeignKey(
        SocialAccount, models.CASCADE, null=True, blank=True, related_name="audiences", verbose_name=_("account")
    )
    counted_on = models.DateField(_("counted"))
    source = models.CharField(_("source"), max_length=200)
    personas = models.ManyToManyField(Persona, blank=True, related_name="+", verbose_name=_("who they are"))

    objects = CountedQuerySet.as_manager()

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        indexes = [models.Index(fields=["influencer", "-counted_on", "-id"], name="audience_newest")]

    def __str__(self) -> str:
        return f"{self.influencer}, {self.counted_on}"


class AudienceShare(models.Model):
    """One part of an audience: an age band, a gender or a place, and how much of the whole it is."""

    class Kind(models.TextChoices):
        AGE = "age", _("Age")
        GENDER = "gender", _("Gender")
        PLACE = "place", _("Place")

    GENDERS: ClassVar[dict[str, object]] = {"women": _("Women"), "men": _("Men"), "other": _("Other")}

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="shares", verbose_name=_("audience"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    label = models.CharField(_("part"), max_length=80)
    territory = models.ForeignKey(
        Territory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    percent = models.DecimalField(_("share, %"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("share of an audience")
        verbose_name_plural = _("shares of audiences")
        constraints = [
            models.UniqueConstraint(fields=["audience", "kind", "label"], name="audience_share_once"),
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lte=100), name="audience_share_of_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.percent.normalize():f} %"

    @property
    def words(self) -> str:
        """The part as people read it."""
        return str(self.GENDERS.get(self.label, self.label)) if self.kind == self.Kind.GENDER else self.label


class ReplyCount(Stamped):
    """How many of the comments under her last posts somebody saw her answer."""

    influencer = models.ForeignKey(
        Influencer, models.CASCADE, related_name="reply_counts", verbose_name=_("influencer")
    )
    account = models.ForeignKey(
        SocialAccount, models.CASCADE, null=True, blank=True, related_name="reply_counts", verbose_name=_("account")
    )
    counted_on = models.DateField(_("counted"))
    posts = models.PositiveSmallIntegerField(_("posts looked at"))
    percent = models.DecimalField(_("comments she answered, %"), max_digits=5, decimal_places=2)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reply count")
        verbose_name_plural = _("reply counts")
        ordering = ["-counted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0) & Q(percent__lte=100) & Q(posts__gte=1), name="reply_count_of_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent.normalize():f} %"

    @property
    def share(self) -> Decimal:
        return self.percent / 100
