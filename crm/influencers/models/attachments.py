"""Files kept with a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped, StoredFile
from crm.influencers.models.people import Influencer


class Attachment(Stamped):
    """A media kit, a screenshot of insights, a letter: what it is, and who added it."""

    class Kind(models.TextChoices):
        MEDIA_KIT = "media_kit", _("Media kit")
        INSIGHTS = "insights", _("Insights")
        RATE_CARD = "rate_card", _("Rate card")
        CHAT = "chat", _("Conversation")
        OTHER = "other", _("Something else")

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="attachments", verbose_name=_("influencer"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("name"), max_length=120)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name
