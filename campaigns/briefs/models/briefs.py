"""A campaign's brief and its versions. What was released never changes; the next version says what is different."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.models.keeping import KeptQuerySet, OfDraft, ReleasedStays
from campaigns.planning.models import Campaign
from crm.base.fields import LanguageField
from crm.base.models import Stamped, StoredFile

if TYPE_CHECKING:
    from crm.team.models import User


class BriefQuerySet(models.QuerySet["Brief"]):
    def visible_to(self, user: "User") -> "BriefQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(campaign__brand_id__in=brands)


class Brief(Stamped):
    """What the people of one campaign are asked to make. It has at most one draft and any number of released versions."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="brief", verbose_name=_("campaign"))

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.campaign)


class BriefVersionQuerySet(KeptQuerySet["BriefVersion"]):
    RELEASED = "released_at"

    def visible_to(self, user: "User") -> "BriefVersionQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brief__campaign__brand_id__in=brands)

    def released(self) -> "BriefVersionQuerySet":
        return self.filter(released_at__isnull=False)

    def drafts(self) -> "BriefVersionQuerySet":
        return self.filter(released_at__isnull=True)

    def newest_first(self) -> "BriefVersionQuerySet":
        return self.order_by("-number")

    def whole(self) -> "BriefVersionQuerySet":
        """With everything that is shown of a version."""
        return self.select_related("brief__campaign__brand", "released_by").prefetch_related(
            "items", "references__file"
        )


class BriefVersion(Stamped):
    """One version: a draft until it is released, never changed afterwards.

    `change` says what a release means for those who accepted an earlier one: small, they are told; ask again, they accept anew.
    The five fields a brief is known by (domain rule R1-26) are `colour_tone`, `pose`, `caption`, `hashtags` and `upload_time`; the
    three that prevent misunderstanding (R1-27) are `brand_story`, `product_story` and `public_benefit`.
    """

    class Change(models.TextChoices):
        SMALL = "small", _("Small: people are told")
        ASK_AGAIN = "ask_again", _("Ask again: people accept it anew")

    FIVE: ClassVar[tuple[str, ...]] = ("colour_tone", "pose", "caption", "hashtags", "upload_time")

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="versions", verbose_name=_("brief"))
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    language = LanguageField(_("language"))
    colour_tone = models.CharField(_("colour tone"), max_length=200, blank=True)
    pose = models.CharField(_("pose and scene"), max_length=300, blank=True)
    caption = models.TextField(_("caption"), blank=True, help_text=_("What it should be about, not the words."))
    hashtags = models.JSONField(_("hashtags"), default=list, blank=True)
    upload_time = models.CharField(_("best time to post"), max_length=120, blank=True)
    mentions = models.JSONField(_("accounts to mention"), default=list, blank=True)
    brand_story = models.TextField(_("about the brand"), blank=True)
    product_story = models.TextField(_("about the product"), blank=True)
    public_benefit = models.TextField(_("what it is good for"), blank=True)
    key_messages = models.TextField(_("key messages"), blank=True, help_text=_("One on each line."))
    claims = models.JSONField(_("may be said"), default=list, blank=True)
    forbidden = models.JSONField(_("must not be said"), default=list, blank=True)
    disclosure = models.CharField(_("label as advertising"), max_length=120, blank=True)
    link = models.URLField(_("product page"), max_length=500, blank=True)
    embargo_at = models.DateTimeField(_("not before"), null=True, blank=True)
    use_days = models.PositiveSmallIntegerField(
        _("days she uses it first"), null=True, blank=True, help_text=_("Empty: she may post at once.")
    )
    rights_note = models.TextField(_("how we may use it"), blank=True)
    change = models.CharField(_("this change is"), max_length=9, choices=Change, default=Change.ASK_AGAIN)
    change_note = models.CharField(_("what is new, in a sentence"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )

    objects = BriefVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a brief")
        verbose_name_plural = _("versions of briefs")
        ordering = ["brief", "number"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "number"], name="brief_version_once"),
            models.UniqueConstraint(
                fields=["brief"], condition=Q(released_at__isnull=True), name="brief_one_draft_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return _("%(brief)s, version %(number)d") % {"brief": self.brief, "number": self.number}

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete(*args, **kwargs)

    def _refuse(self) -> None:
        """Asked of the table, not of this row: a colleague may have released it a second ago."""
        if self.pk is not None and type(self)._base_manager.filter(pk=self.pk, released_at__isnull=False).exists():
            raise ReleasedStays


class BriefItem(OfDraft):
    """One thing to do or to leave. `check_rule` names the rule a machine looks at it with; empty: people look."""

    class Level(models.TextChoices):
        MUST = "must", _("Must")
        SHOULD = "should", _("Should")
        FREE = "free", _("Free")

    version = models.ForeignKey(BriefVersion, models.CASCADE, related_name="items", verbose_name=_("version"))
    text = models.CharField(_("what"), max_length=300)
    level = models.CharField(_("how binding"), max_length=6, choices=Level, default=Level.SHOULD)
    check_rule = models.CharField(_("checked by"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("item of a brief")
        verbose_name_plural = _("items of briefs")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class BriefReference(OfDraft):
    """Something to look at: a file of ours, or an address."""

    version = models.ForeignKey(BriefVersion, models.CASCADE, related_name="references", verbose_name=_("version"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    note = models.CharField(_("what to see in it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reference of a brief")
        verbose_name_plural = _("references of briefs")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(url=""), name="brief_reference_is_something",
                violation_error_message=_("Give a file or an address."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.note or self.url or str(self.file)
