"""Programmes of a brand, the tiers ambassadors rise through, what each tier brings, and who might join."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.models import Stamped
from crm.brands.models import Brand, Category
from crm.influencers.models import Influencer
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class ProgramQuerySet(models.QuerySet["Program"]):
    def visible_to(self, user: "User") -> "ProgramQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def running(self) -> "ProgramQuerySet":
        """Those that take people."""
        return self.filter(archived_at__isnull=True)

    def closed(self) -> "ProgramQuerySet":
        return self.filter(archived_at__isnull=False)


class Program(Stamped):
    """A named circle of ambassadors of one brand."""

    name = models.CharField(_("name"), max_length=120)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product category"),
        help_text=_("What its ambassadors speak for. Exclusivity promises are held against it."),
    )  # fmt: skip
    about = models.TextField(_("about"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    has_tiers = models.BooleanField(
        _("has tiers"), default=False, help_text=_("Ambassadors rise by what they sell or post.")
    )
    archived_at = models.DateTimeField(_("closed since"), null=True, blank=True, editable=False)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "name"], name="program_once_per_brand",
                violation_error_message=_("This brand has a programme of that name. Give this one another name."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ProgramTierQuerySet(models.QuerySet["ProgramTier"]):
    def visible_to(self, user: "User") -> "ProgramTierQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(program__brand_id__in=brands)


class ProgramTier(Stamped):
    """One rung of a programme: from how much on, and what it brings. Rank 1 is where everybody begins."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="tiers", verbose_name=_("programme"))
    rank = models.PositiveSmallIntegerField(_("rank"))
    name = models.CharField(_("name"), max_length=60)
    from_sales = MoneyField(
        _("from lifetime sales of"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    from_posts = models.PositiveIntegerField(_("from posts"), null=True, blank=True)
    min_quota = models.PositiveSmallIntegerField(
        _("posts a period, at least"), default=0, help_text=_("From the next period on, for whoever rises to it.")
    )

    objects = ProgramTierQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme tier")
        verbose_name_plural = _("programme tiers")
        ordering = ["program_id", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "rank"], name="program_tier_rank_once",
                violation_error_message=_("This programme has a tier of that rank."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class PerkKind(models.TextChoices):
    PRODUCT_ALLOWANCE = "product", _("Products")
    CREDIT = "credit", _("Credit")
    EVENT = "event", _("Event")
    EARLY_ACCESS = "early", _("Early access")
    DISCOUNT = "discount", _("Discount")


class TierPerkQuerySet(models.QuerySet["TierPerk"]):
    def once(self) -> "TierPerkQuerySet":
        return self.filter(every=TierPerk.Every.ONCE)

    def every_period(self) -> "TierPerkQuerySet":
        return self.filter(every=TierPerk.Every.PERIOD)


class TierPerk(models.Model):
    """Something a tier brings: once, or in every period."""

    class Every(models.TextChoices):
        ONCE = "once", _("once")
        PERIOD = "period", _("every period")

    Kind = PerkKind

    tier = models.ForeignKey(ProgramTier, models.CASCADE, related_name="perks", verbose_name=_("tier"))
    kind = models.CharField(_("kind"), max_length=8, choices=PerkKind)
    label = models.CharField(_("what it is"), max_length=120)
    value = MoneyField(_("worth"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    every = models.CharField(_("how often"), max_length=6, choices=Every, default=Every.ONCE)

    objects = TierPerkQuerySet.as_manager()

    class Meta:
        verbose_name = _("perk of a tier")
        verbose_name_plural = _("perks of tiers")
        ordering = ["tier_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="tier_perk_not_negative")
        ]

    def __str__(self) -> str:
        return self.label


class ProspectQuerySet(models.QuerySet["Prospect"]):
    def visible_to(self, user: "User") -> "ProspectQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def open(self) -> "ProspectQuerySet":
        return self.filter(status__in=Prospect.OPEN)

    def dropped(self) -> "ProspectQuerySet":
        return self.filter(status=Prospect.Status.DROPPED)

    def taken(self) -> "ProspectQuerySet":
        return self.filter(status=Prospect.Status.TAKEN)

    def of_person(self, pk: int) -> "ProspectQuerySet":
        return self.filter(Q(influencer_id=pk) | Q(influencer__merged_into_id=pk))

    def with_sides(self) -> "ProspectQuerySet":
        """With whoever its row names, in the same query."""
        return self.select_related("influencer", "brand", "program", "noted_by")


class Prospect(Stamped):
    """Somebody who might become an ambassador of a brand, and why. Source: S2 in the domain rules, row R1-63."""

    class Status(models.TextChoices):
        NOTED = "noted", _("Noted")
        ASKED = "asked", _("Asked")
        TAKEN = "taken", _("Became an ambassador")
        DROPPED = "dropped", _("Not now")

    OPEN: ClassVar[tuple[str, ...]] = (Status.NOTED, Status.ASKED)
    MOVES: ClassVar[Moves] = {
        Status.NOTED: (Status.DROPPED, Status.ASKED),
        Status.ASKED: (Status.NOTED,),
        Status.TAKEN: (Status.NOTED, Status.ASKED, Status.DROPPED),
        Status.DROPPED: (Status.NOTED, Status.ASKED),
    }
    TONES: ClassVar[dict[str, str]] = {Status.NOTED: "mute", Status.ASKED: "info", Status.TAKEN: "ok"}

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    program = models.ForeignKey(
        Program, models.SET_NULL, null=True, blank=True, related_name="prospects", verbose_name=_("programme")
    )
    why = models.CharField(_("why"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.NOTED, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("noted by"),
    )  # fmt: skip

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("prospect")
        verbose_name_plural = _("prospects")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["influencer", "brand"], name="prospect_once_per_brand")]

    def __str__(self) -> str:
        return f"{self.influencer} · {self.brand}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def may_be(self, status: str) -> bool:
        return may_move(self, status, self.MOVES)

    def put(
        self,
        to: str,
        sentence: Any,
        *,
        at: dt.datetime,
        actor: Actor,
        said: "dict[str, str] | None" = None,
        **also: Any,
    ) -> None:
        """Move it, told in her story; `said` are words of the sentence besides the brand. Raises TransitionRefused and changes nothing where the table does not allow it."""
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=f"prospect.{to}", sentence=sentence, also=also or None,
            params={"brand": str(self.brand), **(said or {})}, influencer=self.influencer_id, brand=self.brand_id,
        )  # fmt: skip

    @property
    def tone(self) -> Any:
        return self.TONES.get(self.status, "mute")
