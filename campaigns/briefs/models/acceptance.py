"""Who accepted which version, what is different for one person, and how she used the product first."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.models.briefs import Brief, BriefVersion
from campaigns.planning.models import Collaboration
from campaigns.planning.models.seen import OfCollaboration
from crm.base.models import Stamped, StoredFile
from crm.outbox.models import Contact

if TYPE_CHECKING:
    from crm.team.models import User


class BriefVariant(Stamped):
    """What differs for one person; everything else comes from the brief's newest version (domain rule R1-45).

    `overrides` holds {field of the version: its value for her}. `revision` counts releases of this variant; a higher one
    than she accepted asks her again.
    """

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="variants", verbose_name=_("brief"))
    collaboration = models.OneToOneField(
        Collaboration, models.CASCADE, related_name="brief_variant", verbose_name=_("collaboration")
    )
    overrides = models.JSONField(_("different for her"), default=dict, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    asks_again_from = models.PositiveSmallIntegerField(_("accepted anew from revision"), default=1)
    released_at = models.DateTimeField(_("released"))

    objects = OfCollaboration.as_manager()

    class Meta:
        verbose_name = _("variant of a brief")
        verbose_name_plural = _("variants of briefs")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.collaboration}, {self.revision}"


class BriefAckQuerySet(models.QuerySet["BriefAck"]):
    def visible_to(self, user: "User") -> "BriefAckQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(collaboration__campaign__brand_id__in=brands)


class BriefAck(models.Model):
    """Somebody accepted one version, as she saw it. Rows are only added."""

    version = models.ForeignKey(BriefVersion, models.PROTECT, related_name="acks", verbose_name=_("version"))
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="brief_acks", verbose_name=_("collaboration")
    )
    revision = models.PositiveSmallIntegerField(_("revision of her variant"), default=0)
    accepted_at = models.DateTimeField(_("accepted"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )
    channel = models.CharField(_("heard by"), max_length=12, blank=True, help_text=_("Empty: on her own page."))
    ip_hash = models.CharField(_("from where, as a hash"), max_length=64, blank=True, editable=False)
    sha256 = models.CharField(_("checksum of what she saw"), max_length=64, editable=False)

    objects = BriefAckQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance of a brief")
        verbose_name_plural = _("acceptances of briefs")
        ordering = ["-accepted_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["version", "collaboration", "revision"], name="brief_ack_once")]
        indexes = [models.Index(fields=["collaboration", "-accepted_at"], name="brief_ack_newest")]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.version.number}"


class UseRecord(Stamped):
    """Whether she really uses the product (domain rule R1-25): asked, answered, and what shows it."""

    collaboration = models.OneToOneField(
        Collaboration, models.CASCADE, related_name="use_record", verbose_name=_("collaboration")
    )
    asked_at = models.DateTimeField(_("asked"))
    uses_it = models.BooleanField(_("uses it"), null=True, blank=True)
    since_on = models.DateField(_("since"), null=True, blank=True)
    words = models.CharField(_("in her words"), max_length=300, blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfCollaboration.as_manager()

    class Meta:
        verbose_name = _("use of the product")
        verbose_name_plural = _("uses of products")
        constraints = [
            models.CheckConstraint(
                condition=Q(uses_it__isnull=True) | Q(answered_at__isnull=False), name="use_record_answer_has_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.collaboration)


class BriefSending(models.Model):
    """A version was sent to somebody, by mail or by hand. Rows are only added; the newest one starts the reminders."""

    version = models.ForeignKey(BriefVersion, models.CASCADE, related_name="sendings", verbose_name=_("version"))
    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="brief_sendings", verbose_name=_("collaboration")
    )
    revision = models.PositiveSmallIntegerField(_("revision of her variant"), default=0)
    sent_at = models.DateTimeField(_("sent"))
    by_hand = models.BooleanField(_("passed on by hand"), default=False)

    objects = OfCollaboration.as_manager()

    class Meta:
        verbose_name = _("sending of a brief")
        verbose_name_plural = _("sendings of briefs")
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["collaboration", "-sent_at"], name="brief_sending_newest")]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.version.number}"
