"""What somebody promised not to do, for whom, and from when to when."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import ZoneField
from crm.base.int_sets import IntSetField
from crm.base.models import Stamped
from crm.base.windows import CountMode, Window, day_window
from crm.brands.models import Brand, BrandOwner, Category, Territory
from crm.exclusivity.terms import ACT_NUMBERS, Act, Kind, Standing
from crm.influencers.models import Format, Influencer, Platform
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class ClauseQuerySet(models.QuerySet["Clause"]):
    def visible_to(self, user: "User") -> "ClauseQuerySet":
        """With all their words; everybody else sees them masked (crm.exclusivity.masks)."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def in_force(self) -> "ClauseQuerySet":
        return self.filter(standing=Standing.ACTIVE)

    def speaking(self) -> "ClauseQuerySet":
        """In force, or on the way there: what a new promise is held against."""
        return self.filter(standing__in=[Standing.DRAFT, Standing.PROPOSED, Standing.ACTIVE])

    def of_people(self, people: "list[int] | set[int] | frozenset[int]") -> "ClauseQuerySet":
        return self.filter(influencer_id__among=people)

    def of_work(self, ref: str) -> "ClauseQuerySet":
        return self.filter(work_ref=ref)

    def works_of(self, refs: "Iterable[str]") -> models.QuerySet["Clause", str]:
        """Which of these works have such clauses, over and void ones left out."""
        alive = self.filter(work_ref__in=list(refs)).exclude(standing__in=[Standing.ENDED, Standing.VOID])
        return alive.order_by().values_list("work_ref", flat=True).distinct()

    def standing_with(self, ref: str) -> "ClauseQuerySet":
        """Of this work, and neither over nor void: what follows it when it changes."""
        return self.of_work(ref).exclude(standing__in=[Standing.ENDED, Standing.VOID])

    def with_scope(self) -> "ClauseQuerySet":
        """Everything a bar is made of, in a fixed number of queries."""
        return self.select_related("brand__owner").prefetch_related(*Clause.SCOPE, "stretches", "carve_outs")


class Clause(Stamped):
    """One exclusivity promise of one person to one brand. Days are inclusive in forms; its windows are derived rows."""

    class Anchor(models.TextChoices):
        FIXED = "fixed", _("fixed days")
        TERM = "term", _("the whole campaign")
        EACH_POST = "each_post", _("each post")
        FIRST_POST = "first_post", _("the first post")
        LAST_POST = "last_post", _("the last post")
        SIGNATURE = "signature", _("the day it was agreed")

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        HOURS = "hours", _("hours")

    class Survival(models.TextChoices):
        NONE = "none", _("ends with the deal")
        FULL = "full", _("runs to its end")
        TAIL = "tail", _("runs on for some days")

    SCOPE: ClassVar[tuple[str, ...]] = (
        "categories", "excluded_categories", "named_brands", "named_owners", "platforms", "formats", "territories",
    )  # fmt: skip
    MOVES: ClassVar[Moves] = {
        Standing.PROPOSED: (Standing.DRAFT, Standing.ACTIVE, Standing.VOID),
        Standing.ACTIVE: (Standing.DRAFT, Standing.PROPOSED, Standing.SUSPENDED),
        Standing.SUSPENDED: (Standing.ACTIVE,),
        Standing.ENDED: (Standing.ACTIVE, Standing.SUSPENDED),
        Standing.VOID: (Standing.DRAFT, Standing.PROPOSED, Standing.ACTIVE, Standing.SUSPENDED),
    }
    TONES: ClassVar[dict[str, str]] = {Standing.ACTIVE: "warn", Standing.PROPOSED: "info", Standing.DRAFT: "mute"}

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="clauses", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("promised to"))
    work_ref = models.CharField(_("part of"), max_length=80, blank=True, help_text="campaigns.collaboration:7")
    work_label = models.CharField(_("part of"), max_length=200, blank=True)
    kind = models.CharField(_("reaches"), max_length=10, choices=Kind, default=Kind.CATEGORY_PRODUCT)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("categories"))
    with_children = models.BooleanField(_("with everything below"), default=True)
    excluded_categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("except"))
    named_brands = models.ManyToManyField(Brand, blank=True, related_name="+", verbose_name=_("named brands"))
    named_owners = models.ManyToManyField(BrandOwner, blank=True, related_name="+", verbose_name=_("named houses"))
    platforms = models.ManyToManyField(Platform, blank=True, related_name="+", verbose_name=_("platforms"))
    formats = models.ManyToManyField(Format, blank=True, related_name="+", verbose_name=_("formats"))
    territories = models.ManyToManyField(Territory, blank=True, related_name="+", verbose_name=_("where"))
    act_numbers = IntSetField(_("what is barred"), default=frozenset)
    anchor = models.CharField(_("counted from"), max_length=10, choices=Anchor, default=Anchor.EACH_POST)
    unit = models.CharField(_("unit"), max_length=5, choices=Unit, default=Unit.DAYS)
    count_mode = models.CharField(_("counting"), max_length=10, choices=CountMode, default=CountMode.AFTER)
    start_offset = models.SmallIntegerField(_("from"), default=0, help_text=_("Negative is before."))
    end_offset = models.SmallIntegerField(_("to"), default=0)
    fixed_start_on = models.DateField(_("first day"), null=True, blank=True)
    fixed_end_on = models.DateField(_("last day"), null=True, blank=True)
    zone = ZoneField(_("time zone"))
    own_house_counts = models.BooleanField(_("sister brands count too"), default=False)
    counts_presence = models.BooleanField(_("counts while it can be seen"), default=False)
    buffer_days = models.PositiveSmallIntegerField(_("days of distance to tell about"), default=0)
    suspend_during_pause = models.BooleanField(_("rests while the deal is paused"), default=False)
    survival = models.CharField(_("when the deal ends early"), max_length=4, choices=Survival, default=Survival.FULL)
    tail_days = models.PositiveSmallIntegerField(_("days it runs on"), default=0)
    blocks = models.BooleanField(_("refuses"), default=True, help_text=_("Otherwise it only warns."))
    cure_days = models.PositiveSmallIntegerField(_("days to put it right"), default=3)
    note = models.CharField(_("note"), max_length=300, blank=True)
    standing = models.CharField(_("standing"), max_length=9, choices=Standing, default=Standing.DRAFT, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", editable=False,
        verbose_name=_("instead of"),
    )  # fmt: skip
    effective_from = models.DateTimeField(_("in force since"), null=True, blank=True, editable=False)
    takes_over_at = models.DateTimeField(_("takes over"), null=True, blank=True, editable=False)
    holds_until = models.DateTimeField(_("holds until"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True, editable=False)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exclusivity clause")
        verbose_name_plural = _("exclusivity clauses")
        ordering = ["influencer_id", "id"]
        indexes = [
            models.Index(fields=["influencer", "standing"], name="clause_person"),
            models.Index(fields=["work_ref"], name="clause_work"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fixed_end_on__isnull=True)
                | Q(fixed_start_on__isnull=True)
                | Q(fixed_end_on__gte=F("fixed_start_on")),
                name="clause_forward",
            ),
            models.CheckConstraint(condition=Q(end_offset__gte=F("start_offset")), name="clause_offsets_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.brand}: {self.get_kind_display()}"

    @property
    def acts(self) -> frozenset[Act]:
        return frozenset(act for act, number in ACT_NUMBERS.items() if number in self.act_numbers)

    @property
    def tone(self) -> str:
        return self.TONES.get(self.standing, "mute")

    @property
    def is_editable(self) -> bool:
        """What is in force is changed by a new version, never in place."""
        return self.standing in (Standing.DRAFT, Standing.PROPOSED)

    @property
    def held(self) -> Window:
        """The time this version speaks of; the one before and the one after have the rest."""
        return Window(self.takes_over_at, self.holds_until)

    def may_be(self, to: str) -> bool:
        return may_move(self, to, self.MOVES, "standing")

    def stand(self, to: str, *, at: dt.datetime, actor: Actor, **also: Any) -> None:
        """Move the clause; only the gate makes one active. Raises TransitionRefused."""
        move(
            self,
            to,
            moves=self.MOVES,
            field="standing",
            at=at,
            actor=actor,
            verb=f"clause.{to}",
            sentence=SENTENCES[Standing(to)],
            params={"brand": self.brand},
            influencer=self.influencer_id,
            brand=self.brand_id,
            also=also,
        )


SENTENCES: dict[Standing, Any] = {
    Standing.DRAFT: _("Exclusivity for %(brand)s drafted"),
    Standing.PROPOSED: _("Exclusivity for %(brand)s proposed"),
    Standing.ACTIVE: _("Exclusivity for %(brand)s is in force"),
    Standing.SUSPENDED: _("Exclusivity for %(brand)s rests"),
    Standing.ENDED: _("Exclusivity for %(brand)s ended"),
    Standing.WAIVED: _("Exclusivity for %(brand)s waived"),
    Standing.VOID: _("Exclusivity for %(brand)s is void"),
}


class ClauseStretch(models.Model):
    """One window of a clause, derived from its anchors: the envelope, and the core that is certain whatever happens."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="stretches", verbose_name=_("clause"))
    anchor_ref = models.CharField(_("counted from"), max_length=80, blank=True)
    start_at = models.DateTimeField(_("from"), null=True, blank=True)
    end_at = models.DateTimeField(_("until"), null=True, blank=True)
    core_start_at = models.DateTimeField(_("certain from"), null=True, blank=True)
    core_end_at = models.DateTimeField(_("certain until"), null=True, blank=True)
    has_core = models.BooleanField(_("certain in part"), default=False)
    is_provisional = models.BooleanField(_("not certain yet"), default=False)

    class Meta:
        verbose_name = _("clause window")
        verbose_name_plural = _("clause windows")
        ordering = ["start_at", "id"]
        indexes = [models.Index(fields=["clause", "start_at"], name="stretch_clause")]

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.start_at} - {self.end_at}"

    @property
    def window(self) -> Window:
        return Window(self.start_at, self.end_at)


class ClauseRest(models.Model):
    """Days on which a clause bars nothing because the deal is paused; without a last day while nobody knows it."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="rests", verbose_name=_("clause"))
    first_on = models.DateField(_("rests from"))
    last_on = models.DateField(_("rests until"), null=True, blank=True)

    class Meta:
        verbose_name = _("rest of a clause")
        verbose_name_plural = _("rests of clauses")
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")), name="clause_rest_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.first_on} - {self.last_on or ''}"

    @property
    def window(self) -> Window:
        return day_window(self.first_on, self.last_on, self.clause.zone)


class CarveOut(models.Model):
    """What stays allowed although a clause would bar it."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="carve_outs", verbose_name=_("clause"))
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    house = models.ForeignKey(
        BrandOwner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("house")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    act = models.CharField(_("what"), max_length=16, choices=Act, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("carve-out")
        verbose_name_plural = _("carve-outs")
        constraints = [
            models.CheckConstraint(
                condition=Q(brand__isnull=False) | Q(house__isnull=False) | Q(category__isnull=False) | ~Q(act=""),
                name="carve_out_names_something",
            )
        ]

    def __str__(self) -> str:
        return str(self.brand or self.house or self.category or self.get_act_display())
