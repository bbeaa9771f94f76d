"""What an amendment changes in the contract it amends, as data that is carried out when its first day comes."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.contracts.models.contracts import Contract

if TYPE_CHECKING:
    from crm.team.models import User


class TermChangeQuerySet(models.QuerySet["TermChange"]):
    def visible_to(self, user: "User") -> "TermChangeQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(amendment__brand_id__in=brands)

    def open(self) -> "TermChangeQuerySet":
        """Not carried out yet."""
        return self.filter(done_at__isnull=True)


class TermChange(models.Model):
    """One term of a contract that an amendment changes: which one, what it said, what it says from then on.

    `was` and `becomes` are plain JSON: dates as ISO days, money as [amount, currency]. What is added needs no row here: it is
    a line, a post or a right of the amendment itself.
    """

    class What(models.TextChoices):
        LAST_DAY = "last_day", _("Last day")
        LINE_CHANGED = "line_changed", _("Compensation")
        LINE_DROPPED = "line_dropped", _("Compensation taken out")
        POST_MOVED = "post_moved", _("Day of a post")
        POST_DROPPED = "post_dropped", _("Post no longer owed")
        RIGHT_CHANGED = "right_changed", _("Usage right")
        CLAUSE_CHANGED = "clause_changed", _("Exclusivity")
        CLAUSE_ENDED = "clause_ended", _("Exclusivity ends")

    amendment = models.ForeignKey(Contract, models.CASCADE, related_name="changes", verbose_name=_("amendment"))
    what = models.CharField(_("what"), max_length=14, choices=What)
    target = models.CharField(_("which"), max_length=60, blank=True)
    label = models.CharField(_("called"), max_length=200)
    was = models.JSONField(_("was"), default=dict, blank=True)
    becomes = models.JSONField(_("becomes"), default=dict, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True, editable=False)

    objects = TermChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed term")
        verbose_name_plural = _("changed terms")
        ordering = ["amendment_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "what", "target"], name="term_changed_once"),
            models.CheckConstraint(condition=~Q(label=""), name="term_change_named"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.label}"
