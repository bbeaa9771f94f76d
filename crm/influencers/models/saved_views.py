"""Views of a list somebody keeps: a name and the filter behind it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: "User") -> "SavedViewQuerySet":
        """Everybody keeps her own."""
        return self.filter(user=user)

    def of_page(self, page: str) -> "SavedViewQuerySet":
        return self.filter(page=page)


class SavedView(Stamped):
    """One tab above a list: what it is called and what it shows."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("user")
    )
    page = models.CharField(_("list"), max_length=20)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filter"), max_length=500, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
