"""What working with somebody was really like: one row for each thing that happened, never an opinion."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.brands.models import Brand
from crm.influencers.models import Influencer

if TYPE_CHECKING:
    from crm.team.models import User


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, user: "User") -> "FactQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def of_people(self, people: Collection[int]) -> "FactQuerySet":
        return self.filter(influencer_id__among=people)

    def about_works(self, people: Collection[int], works: Collection[str]) -> "FactQuerySet":
        """Of these collaborations, which are theirs."""
        return self.of_people(people).filter(work__among=works)

    def oldest_first(self) -> "FactQuerySet":
        return self.order_by("happened_at", "id")


class Fact(Stamped):
    """One thing she did, told by the room that saw it (domain rules R1-55, R1-58). `ref` says what it is about, `work` its collaboration.

    `amount` depends on the kind: hours for answers and turn-arounds, days early (negative) or late for days kept, a count for
    rounds, 1 or 0 for yes or no.
    """

    class Kind(models.TextChoices):
        DRAFT_DAYS = "draft_days", _("Draft, days after its day")
        POST_DAYS = "post_days", _("Post, days after its day")
        FIRST_PASS = "first_pass", _("Approved at first")
        ROUNDS = "rounds", _("Rounds of changes")
        ANSWER_HOURS = "answer_hours", _("Hours until she answered")
        OUR_HOURS = "our_hours", _("Hours until we answered")
        DEVIATION = "deviation", _("Differed from what was approved")
        LIVE = "live", _("Stayed online as agreed")
        REPLIES = "replies", _("Answered comments as agreed")

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="facts", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", verbose_name=_("brand"))
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    amount = models.DecimalField(_("figure"), max_digits=9, decimal_places=2)
    happened_at = models.DateTimeField(_("happened"))
    ref = models.CharField(_("about"), max_length=80, help_text="campaigns.deliverable:12")
    work = models.CharField(_("part of"), max_length=80, help_text="campaigns.collaboration:7")
    label = models.CharField(_("in words"), max_length=200, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact of working together")
        verbose_name_plural = _("facts of working together")
        ordering = ["-happened_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="fact_once")]
        indexes = [models.Index(fields=["influencer", "kind"], name="fact_of_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"
