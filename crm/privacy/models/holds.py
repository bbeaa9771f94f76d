"""What keeps something of a person from going, and the marks of those who are forgotten."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models import Influencer

if TYPE_CHECKING:
    from crm.team.models import User


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def visible_to(self, user: "User") -> "LegalHoldQuerySet":
        return self

    def standing_first(self) -> "LegalHoldQuerySet":
        return self.order_by(F("lifted_at").desc(nulls_first=True), "-from_on", "-pk")

    def standing(self, on: dt.date) -> "LegalHoldQuerySet":
        """Holds that keep something on this day."""
        begun = self.filter(lifted_at__isnull=True, from_on__lte=on)
        return begun.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


class LegalHold(Stamped):
    """A colleague says that nothing about a person may go, why, and until when: a dispute, an audit, a court."""

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="legal_holds", verbose_name=_("influencer"))
    why = models.TextField(_("reason"))
    source = models.CharField(_("law or file number"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: until somebody lifts it."))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("set by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_why = models.TextField(_("why it was lifted"), blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="legal_hold_forward",
                violation_error_message=_("The hold ends before it begins."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.influencer}: {self.why[:60]}"


class Forgotten(models.Model):
    """A mark by which an address or a handle of somebody forgotten is known again. Nobody can read the address back from it."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail address")
        PHONE = "phone", _("phone number")
        HANDLE = "handle", _("handle")

    kind = models.CharField(_("of what"), max_length=6, choices=Kind)
    digest = models.CharField(_("keyed hash"), max_length=64, help_text=_("HMAC-SHA-256 with the server's secret key."))
    erased_on = models.DateField(_("forgotten on"))

    class Meta:
        verbose_name = _("mark of somebody forgotten")
        verbose_name_plural = _("marks of people forgotten")
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="forgotten_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.digest[:8]}"
