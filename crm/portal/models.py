"""Links into the influencer's own page: signed, revocable, each with a purpose and a holder."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.outbox.models import Contact


class LinkQuerySet(models.QuerySet["Link"]):
    def open(self, now: dt.datetime) -> "LinkQuerySet":
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)

    def dead_since(self, before: dt.datetime) -> "LinkQuerySet":
        """Nobody has been able to use them since then."""
        return self.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))

    def leading_to_tasks(self) -> "LinkQuerySet":
        """Those that open her page; a link made for something else opens only that."""
        return self.filter(purpose=Link.Purpose.TASKS)


class Link(Stamped):
    """One recipient's way in, for one influencer and one brand. 256 random bits leave in the e-mail; only the hash stays."""

    class Purpose(models.TextChoices):
        TASKS = "tasks", _("Own page")
        PREFERENCES = "preferences", _("Preferences")

    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.TASKS)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="links", verbose_name=_("holder"))
    influencer_ref = models.BigIntegerField(_("person"), null=True, db_index=True)
    brand_ref = models.BigIntegerField(_("brand"), null=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_why = models.CharField(_("revoked because"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.contact}"


class PortalSession(models.Model):
    """A link that was exchanged by pressing the button: a session of its own, apart from colleagues' sessions."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="sessions")
    key_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("page visit")
        verbose_name_plural = _("page visits")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("started_at")), name="portal_session_forward")
        ]

    def __str__(self) -> str:
        return str(self.link)
