"""What an amendment changes in the contract it amends, as data that is carried out when its first day comes."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

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

    def beside(self, amendment: Contract) -> "TermChangeQuerySet":
        """What other signed amendments of the same contract change or have changed, the newest signature first."""
        others = self.filter(amendment__amends=amendment.amends_id, amendment__signed_at__isnull=False)
        others = others.exclude(amendment=amendment).exclude(amendment__status=Contract.Status.VOID)
        return others.select_related("amendment").order_by("-amendment__signed_at", "-pk")

    def agreed_for(self, contracts: "Iterable[int]") -> "TermChangeQuerySet":
        """What signed amendments of these contracts change or have changed, in the order in which they were signed."""
        signed = self.filter(amendment__amends__in=list(contracts), amendment__signed_at__isnull=False)
        signed = signed.exclude(amendment__status=Contract.Status.VOID)
        return signed.select_related("amendment").order_by("amendment__signed_at", "pk")


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

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


def parsed_day(said: Any) -> dt.date | None:
    """A day as it stands in `was` and `becomes`."""
    return dt.date.fromisoformat(said) if said else None
