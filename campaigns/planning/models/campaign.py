"""One brand, one goal, one window."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models.told import Told, ring_after_commit
from crm.ambassadors.models import Program
from crm.base.bulk import Gathered
from crm.base.fields import ZoneField
from crm.base.models import Stamped
from crm.brands.models import Brand, Category, Persona, Product, Territory
from crm.influencers.models import Format, Niche
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: "User") -> "CampaignQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def live(self) -> "CampaignQuerySet":
        return self.filter(status=Campaign.Status.LIVE)

    def in_motion(self) -> "CampaignQuerySet":
        return self.filter(status__in=[Campaign.Status.DRAFT, Campaign.Status.LIVE, Campaign.Status.PAUSED])

    def of_programs(self) -> "CampaignQuerySet":
        """Those in which the posts of a programme's ambassadors are planned."""
        return self.filter(program__isnull=False)

    def with_an_end(self) -> "CampaignQuerySet":
        """Those that somebody wraps up: all but the standing ones of programmes."""
        return self.filter(program__isnull=True)

    def standing(self, status: str) -> "CampaignQuerySet":
        """Campaigns that stand in one status, named by whoever asks."""
        return self.filter(status=status)

    def called(self, words: str) -> "CampaignQuerySet":
        """Campaigns whose name, or whose brand's name, has these words in it."""
        return self.filter(Q(name__icontains=words) | Q(brand__name__icontains=words))

    def naming_places(self) -> "CampaignQuerySet":
        """With the names of where each runs, in the same query."""
        rows = Campaign.territories.through.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign")
        return self.annotate(place_names=Subquery(rows.values(names=Gathered("territory__name"))))


class Campaign(Stamped):
    """draft -> live -> paused -> wrapped | cancelled."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        PAUSED = "paused", _("Paused")
        WRAPPED = "wrapped", _("Wrapped up")
        CANCELLED = "cancelled", _("Cancelled")

    class Goal(models.TextChoices):
        AWARENESS = "awareness", _("Awareness")
        ADVOCACY = "advocacy", _("Advocacy")
        CONVERSATION = "conversation", _("Conversation")
        SALES = "sales", _("Conversion to sales")
        TRAFFIC = "traffic", _("Traffic")
        CATEGORY = "category", _("Category push")
        CITY = "city", _("New cities")
        BRAND_LIFT = "brand_lift", _("Brand lift")

    class Mode(models.TextChoices):
        ACTIVATE = "activate", _("Activate those who care already")
        INTRODUCE = "introduce", _("Introduce it to new people")

    class Risk(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Gender(models.TextChoices):
        WOMEN = "women", _("Women")
        MEN = "men", _("Men")

    MOVES: ClassVar[Moves] = {
        Status.LIVE: (Status.DRAFT, Status.PAUSED),
        Status.PAUSED: (Status.LIVE,),
        Status.WRAPPED: (Status.LIVE, Status.PAUSED),
        Status.CANCELLED: (Status.DRAFT, Status.LIVE, Status.PAUSED),
    }

    TONES: ClassVar[dict[str, str]] = {
        Status.DRAFT: "mute",
        Status.LIVE: "ok",
        Status.PAUSED: "warn",
        Status.WRAPPED: "info",
        Status.CANCELLED: "mute",
    }

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"),
        help_text=_("The umbrella campaign this one belongs to."),
    )  # fmt: skip
    program = models.OneToOneField(
        Program, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("programme"),
        help_text=_("The standing campaign in which the posts of a programme's ambassadors are planned."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product category"),
        help_text=_("What is advertised. Exclusivity promises are held against it."),
    )
    territories = models.ManyToManyField(
        Territory,
        blank=True,
        related_name="+",
        verbose_name=_("runs in"),
        help_text=_(
            "Where the posts are meant to be seen. Empty: nobody said, and a promise for one place only warns."
        ),
    )
    goal = models.CharField(_("goal"), max_length=12, choices=Goal, default=Goal.AWARENESS)
    second_goal = models.CharField(_("second goal"), max_length=12, choices=Goal, blank=True)
    mode = models.CharField(
        _("the audience"), max_length=9, choices=Mode, blank=True,
        help_text=_("Active runners, or people who might start running."),
    )  # fmt: skip
    why = models.TextField(
        _("why influencers"), blank=True, help_text=_("What they can do here that nothing else can.")
    )
    risk = models.CharField(_("risk for the brand's name"), max_length=6, choices=Risk, blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="+", verbose_name=_("products"))
    formats = models.ManyToManyField(Format, blank=True, related_name="+", verbose_name=_("kinds of post expected"))
    niches = models.ManyToManyField(Niche, blank=True, related_name="+", verbose_name=_("niches"))
    personas = models.ManyToManyField(Persona, blank=True, related_name="+", verbose_name=_("speaks to"))
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True, help_text=_("Empty: everybody."))
    code_pattern = models.CharField(
        _("pattern of voucher codes"), max_length=30, blank=True,
        help_text=_("{name} stands for her name, as in {name}10."),
    )  # fmt: skip
    markup = models.DecimalField(
        _("what the client pays on top, %"), max_digits=5, decimal_places=2, null=True, blank=True,
        help_text=_("Fills in the client price of people who have none yet."),
    )  # fmt: skip
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("to"))
    zone = ZoneField(_("time zone"))
    budget = MoneyField(_("budget"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    about = models.TextField(_("about"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    live_at = models.DateTimeField(_("live since"), null=True, blank=True, editable=False)
    resumed_at = models.DateTimeField(_("goes on since"), null=True, blank=True, editable=False)
    opens_alone = models.BooleanField(
        _("goes live by itself on its first day"), default=False,
        help_text=_("Once offers may be made. Otherwise somebody presses Go live."),
    )  # fmt: skip
    offers_open_at = models.DateTimeField(_("offers may be made since"), null=True, blank=True, editable=False)
    offers_open_because = models.CharField(
        _("offers were opened although something was missing, because"), max_length=300, blank=True, editable=False
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("copied from")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-start_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="campaign_forward"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="campaign_not_its_own_umbrella"
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="campaign_ages_forward",
                violation_error_message=_("The ages are the wrong way round."),
            ),
            models.UniqueConstraint(
                fields=["brand", "name"],
                name="campaign_once_per_brand",
                violation_error_message=_(
                    "This brand already has a campaign of that name. Give this one another name."
                ),
            ),
        ]
        indexes = [models.Index(fields=["status", "-start_on", "-id"], name="campaign_status")]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def is_standing(self) -> bool:
        """The posts of a programme's ambassadors are planned in it; it has no offers, no figures and no end of its own."""
        return self.program_id is not None

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.LIVE

    @property
    def is_over(self) -> bool:
        """Nothing moves any more: wrapped up or cancelled."""
        return self.status in (self.Status.WRAPPED, self.Status.CANCELLED)

    @cached_property
    def places(self) -> frozenset[int] | None:
        """Where it runs, as rows of the tree of places; None where nobody said."""
        return frozenset(place.pk for place in self.territories.all()) or None

    @property
    def place_words(self) -> list[str]:
        """The names of its places by the alphabet: as the row brought them along, else asked."""
        if hasattr(self, "place_names"):
            return sorted(self.place_names or [])
        return [place.name for place in self.territories.order_by("name")]

    def run_in(self, places: Iterable[Territory]) -> None:
        """Say where it runs; none at all means that nobody knows."""
        self.territories.set(places)
        self.__dict__.pop("places", None)

    def may_be(self, status: str) -> bool:
        return may_move(self, status, self.MOVES)

    def go_live(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """From draft: dates start to count and reminders are planned."""
        moves: Moves = {self.Status.LIVE: (self.Status.DRAFT,)}
        also = {"live_at": at}
        self._move(self.Status.LIVE, "campaign.live", _("%(campaign)s went live"), at, actor, moves, also, **told)

    def pause(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """No reminder leaves until `resume`."""
        self._move(self.Status.PAUSED, "campaign.paused", _("%(campaign)s was paused"), at, actor, **told)

    def resume(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """From paused: what is still open is asked for again, from now on."""
        moves: Moves = {self.Status.LIVE: (self.Status.PAUSED,)}
        also = {"resumed_at": at}
        self._move(self.Status.LIVE, "campaign.resumed", _("%(campaign)s goes on"), at, actor, moves, also, **told)

    def wrap_up(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """Everything worth doing is done; what is still open is no longer asked for."""
        self._move(self.Status.WRAPPED, "campaign.wrapped", _("%(campaign)s was wrapped up"), at, actor, **told)

    def cancel(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        self._move(self.Status.CANCELLED, "campaign.cancelled", _("%(campaign)s was cancelled"), at, actor, **told)

    def _move(
        self,
        to: str,
        verb: str,
        sentence: Any,
        at: dt.datetime,
        actor: Actor,
        moves: Moves | None = None,
        also: dict[str, Any] | None = None,
        **told: Unpack[Told],
    ) -> None:
        move(
            self,
            to,
            moves=moves or self.MOVES,
            at=at,
            actor=actor,
            verb=verb,
            sentence=sentence,
            also=also,
            params={"campaign": self},
            brand=self.brand_id,
            **told,
        )
        ring_after_commit()
