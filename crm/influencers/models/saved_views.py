"""Views of a list: a name and the filter behind it, kept by one colleague or shared with everybody."""

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
        """Everybody sees her own and what is shared."""
        return self.filter(Q(user=user) | Q(is_shared=True))

    def own(self, user: "User") -> "SavedViewQuerySet":
        return self.filter(user=user)

    def shared(self) -> "SavedViewQuerySet":
        return self.filter(is_shared=True)

    def private(self) -> "SavedViewQuerySet":
        return self.filter(is_shared=False)

    def changeable_by(self, user: "User") -> "SavedViewQuerySet":
        """Her own; of what is shared, everything for those who decide."""
        own = Q(user=user)
        return self.filter(own | Q(is_shared=True) if user.has_perm("crm.change_shared_view") else own)

    def of_page(self, page: str) -> "SavedViewQuerySet":
        return self.filter(page=page)

    def in_order(self) -> "SavedViewQuerySet":
        """As the tabs stand."""
        return self.order_by("position", "id")


class SavedView(Stamped):
    """One tab above a list: what it is called and what it shows."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("user")
    )
    page = models.CharField(_("list"), max_length=20)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filter"), max_length=500, blank=True)
    is_shared = models.BooleanField(_("for everybody"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_once"),
            models.UniqueConstraint(
                fields=["page", "name"], condition=Q(is_shared=True), name="saved_view_shared_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
