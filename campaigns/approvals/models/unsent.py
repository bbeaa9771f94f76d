"""What she is still putting together: kept as she types, so that a lost connection costs nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.seen import OfDeliverable
from campaigns.approvals.models.versions import ContentVersion
from campaigns.planning.models import Deliverable
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped, StoredFile


class UnsentDraft(Stamped):
    """What is typed and uploaded for the next version and not sent yet; sending turns it into a version and removes it.

    `captions` holds {platform id: caption} for further platforms.
    """

    deliverable = models.ForeignKey(
        Deliverable, models.CASCADE, related_name="unsent_drafts", verbose_name=_("deliverable")
    )
    stage = models.CharField(
        _("what it is"), max_length=7, choices=ContentVersion.Stage, default=ContentVersion.Stage.DRAFT
    )
    caption = models.TextField(_("caption"), blank=True)
    alt_text = models.TextField(_("alternative text"), blank=True)
    link = models.URLField(_("where to look at it"), max_length=500, blank=True)
    planned_at = models.DateTimeField(_("she plans to post"), null=True, blank=True)
    words = models.TextField(_("a word with it"), blank=True)
    label_on = models.BooleanField(_("she switches the platform's label on"), default=False)
    captions = models.JSONField(_("captions for other platforms"), default=dict, blank=True)
    saved_by = models.CharField(_("last saved by"), max_length=160, blank=True)

    objects = OfDeliverable.as_manager()

    class Meta:
        verbose_name = _("unsent draft")
        verbose_name_plural = _("unsent drafts")
        constraints = [models.UniqueConstraint(fields=["deliverable", "stage"], name="unsent_draft_once")]

    def __str__(self) -> str:
        return str(self.deliverable)

    @contextmanager
    def held(self) -> Iterator["UnsentDraft"]:
        """A transaction that holds what is kept, so that its files come, go and are sent one after the other.

        Sent meanwhile, it is the next one, begun here. Whoever also holds the card holds that first.
        """
        with transaction.atomic():
            rows = UnsentDraft.objects.select_for_update()
            yield rows.get_or_create(deliverable_id=self.deliverable_id, stage=self.stage)[0]


class OfUnsent(OfCampaign):
    way = "unsent__deliverable__collaboration__campaign"


class Upload(Stamped):
    """One file on its way: pieces are added to `part` until all bytes are there, then it is checked and becomes `file`."""

    unsent = models.ForeignKey(UnsentDraft, models.CASCADE, related_name="uploads", verbose_name=_("unsent draft"))
    key = models.CharField(_("key"), max_length=43, unique=True, editable=False)
    label = models.CharField(_("name"), max_length=120)
    size = models.PositiveBigIntegerField(_("bytes"))
    received = models.PositiveBigIntegerField(_("bytes received"), default=0)
    part = models.CharField(_("kept under, while it comes"), max_length=120, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    refused = models.CharField(_("not taken because"), max_length=300, blank=True)
    alt_text = models.CharField(_("alternative text"), max_length=300, blank=True)

    objects = OfUnsent.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["unsent", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_not_more_than_said"),
            models.CheckConstraint(condition=Q(size__gte=1), name="upload_is_something"),
        ]

    def __str__(self) -> str:
        return self.label
