"""What was handed in: versions with their files and captions, never changed again and bound by a hash over everything."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.seen import OfDeliverable, OfVersion
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from crm.influencers.models import Platform
from crm.outbox.models import Contact
from crm.timeline.guards import append_only


class ContentVersionQuerySet(OfDeliverable):
    def drafts(self) -> "ContentVersionQuerySet":
        return self.filter(stage=ContentVersion.Stage.DRAFT)

    def concepts(self) -> "ContentVersionQuerySet":
        return self.filter(stage=ContentVersion.Stage.CONCEPT)

    def newest_first(self) -> "ContentVersionQuerySet":
        return self.order_by("-number")


@append_only
class ContentVersion(models.Model):
    """One version of what is to be posted, or of the idea before it. Rows are only added; `sha256` binds all of it.

    `brief_version` and `brief_revision` are what she had accepted when she handed it in: that is what it is judged by.
    """

    class Stage(models.TextChoices):
        CONCEPT = "concept", _("Idea")
        DRAFT = "draft", _("Draft")

    deliverable = models.ForeignKey(
        Deliverable, models.DO_NOTHING, db_constraint=False, related_name="versions", verbose_name=_("deliverable")
    )
    stage = models.CharField(_("what it is"), max_length=7, choices=Stage, default=Stage.DRAFT)
    number = models.PositiveSmallIntegerField(_("version"))
    caption = models.TextField(_("caption"), blank=True)
    alt_text = models.TextField(_("alternative text"), blank=True)
    link = models.URLField(_("where to look at it"), max_length=500, blank=True)
    planned_at = models.DateTimeField(_("she plans to post"), null=True, blank=True)
    words = models.TextField(_("a word with it"), blank=True)
    label_on = models.BooleanField(_("she switches the platform's label on"), default=False)
    brief_version = models.PositiveBigIntegerField(_("accepted version of the brief"), null=True, blank=True)
    brief_revision = models.PositiveSmallIntegerField(_("revision of her variant"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_at = models.DateTimeField(_("handed in"))
    submitted_by = models.CharField(_("handed in by"), max_length=160, blank=True)
    by_user = models.PositiveBigIntegerField(_("colleague"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+",
        verbose_name=_("by her own link"),
    )  # fmt: skip
    channel = models.CharField(_("heard by"), max_length=12, blank=True, help_text=_("Empty: on her own page."))

    objects = ContentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")
        ordering = ["deliverable", "stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "stage", "number"], name="content_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="content_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return _("%(stage)s %(number)d") % {"stage": self.get_stage_display(), "number": self.number}


@append_only
class ContentAsset(models.Model):
    """One file of a version. What it was stays on record, its checksum too, when the file itself is no longer kept."""

    version = models.ForeignKey(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="assets", verbose_name=_("version")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    file = models.ForeignKey(
        StoredFile, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("file")
    )
    label = models.CharField(_("name"), max_length=120)
    mime = models.CharField(_("kind"), max_length=80)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    alt_text = models.CharField(_("alternative text"), max_length=300, blank=True)

    objects = OfVersion.as_manager()

    class Meta:
        verbose_name = _("file of a version")
        verbose_name_plural = _("files of versions")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="content_asset_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def family(self) -> str:
        """image, video or application."""
        return self.mime.split("/")[0]


@append_only
class ContentCaption(models.Model):
    """The words for one more platform the same thing goes out on."""

    version = models.ForeignKey(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="captions", verbose_name=_("version")
    )
    platform = models.ForeignKey(
        Platform, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("platform")
    )
    caption = models.TextField(_("caption"), blank=True)

    objects = OfVersion.as_manager()

    class Meta:
        verbose_name = _("caption for another platform")
        verbose_name_plural = _("captions for other platforms")
        ordering = ["version", "platform"]
        constraints = [models.UniqueConstraint(fields=["version", "platform"], name="content_caption_once")]

    def __str__(self) -> str:
        return f"{self.version}, {self.platform}"
