"""How a deal goes on: changes to it, looks at it before the day for notice, its end, and what outlives it."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models.deals import AmbassadorDeal
from crm.base.models import Stamped
from crm.contracts.models import Contract, Notice

if TYPE_CHECKING:
    from crm.team.models import User


class DealChangeQuerySet(models.QuerySet["DealChange"]):
    def visible_to(self, user: "User") -> "DealChangeQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)

    def open(self) -> "DealChangeQuerySet":
        """Not carried out yet."""
        return self.filter(done_at__isnull=True)

    def begun(self) -> "DealChangeQuerySet":
        """Signed, and their day has come: to be carried out now."""
        running = [Contract.Status.ACTIVE, Contract.Status.IN_NOTICE]
        return self.open().filter(amendment__status__in=running)


class DealChange(Stamped):
    """What an amendment changes in a deal from a day on; carried out when it is signed and its day has come.

    `changes`: [{"what": "quantity" | "retainer" | "new_quota", "line": id, "was": ..., "becomes": ...}], money as
    [amount, currency].
    """

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="changes", verbose_name=_("deal"))
    amendment = models.OneToOneField(Contract, models.CASCADE, related_name="deal_change", verbose_name=_("amendment"))
    from_on = models.DateField(_("from"))
    changes = models.JSONField(_("changes"), default=list)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True, editable=False)

    objects = DealChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a deal")
        verbose_name_plural = _("changes of deals")
        ordering = ["deal_id", "from_on", "id"]

    def __str__(self) -> str:
        return f"{self.deal}: {self.from_on}"


class DealReviewQuerySet(models.QuerySet["DealReview"]):
    def visible_to(self, user: "User") -> "DealReviewQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)

    def open(self) -> "DealReviewQuerySet":
        return self.filter(decision="")

    def decided(self) -> "DealReviewQuerySet":
        return self.exclude(decision="")

    def before_the_end(self) -> "DealReviewQuerySet":
        """Those about a term that ends, not those on the way."""
        return self.filter(kind=DealReview.Kind.RENEWAL)


class DealReview(Stamped):
    """A look at a deal, and what was decided. Before the day for notice, or every so many periods."""

    class Kind(models.TextChoices):
        RENEWAL = "renewal", _("Before it goes on or ends")
        REGULAR = "regular", _("On the way")

    class Decision(models.TextChoices):
        CONTINUE = "continue", _("Go on as it is")
        UPGRADE = "upgrade", _("Go on with more")
        DOWNGRADE = "downgrade", _("Go on with less")
        IMPROVE = "improve", _("Go on if it gets better")
        END = "end", _("Let it end")

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="reviews", verbose_name=_("deal"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.RENEWAL)
    for_on = models.DateField(
        _("about the term that ends"), help_text=_("Or the last day of the period it looks back on.")
    )
    due_on = models.DateField(_("due"))
    scores = models.JSONField(_("marks"), default=dict, blank=True)
    note = models.TextField(_("what was said"), blank=True)
    decision = models.CharField(_("decision"), max_length=9, choices=Decision, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = DealReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a deal")
        verbose_name_plural = _("reviews of deals")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "kind", "for_on"], name="deal_review_once"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False), name="deal_review_decided_at_some_time"
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(decision=""), name="deal_review_due")]

    def __str__(self) -> str:
        return f"{self.deal}: {self.due_on}"

    @property
    def is_decided(self) -> bool:
        return bool(self.decision)

    @property
    def is_about_the_end(self) -> bool:
        return self.kind == self.Kind.RENEWAL


class Termination(Stamped):
    """How a deal ended, and what was left to settle.

    `EARLY` is what its contract's page says of an end; who settles it says which kind it was.
    `settlement`: [{"what": key, "amount": [amount, currency], "note": text}], as it was confirmed.
    """

    class Kind(models.TextChoices):
        EXPIRY = "expiry", _("It ran out")
        CONVENIENCE = "convenience", _("One side gave notice")
        CAUSE = "cause", _("For cause")
        MUTUAL = "mutual", _("Both agreed")
        EARLY = "early", _("Ended early")
        FORCE_MAJEURE = "force", _("Death or force majeure")

    class By(models.TextChoices):
        US = "us", _("us")
        HER = "her", _("her")
        BOTH = "both", _("both")

    deal = models.OneToOneField(AmbassadorDeal, models.CASCADE, related_name="termination", verbose_name=_("deal"))
    kind = models.CharField(_("how"), max_length=11, choices=Kind)
    by = models.CharField(_("by"), max_length=4, choices=By, default=By.US)
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("notice")
    )
    effective_on = models.DateField(_("last day"))
    why = models.CharField(_("because"), max_length=300, blank=True)
    settlement = models.JSONField(_("settlement"), default=list, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    settled_by = models.CharField(_("settled by"), max_length=160, blank=True, editable=False)

    class Meta:
        verbose_name = _("end of a deal")
        verbose_name_plural = _("ends of deals")
        ordering = ["-effective_on", "-id"]

    def __str__(self) -> str:
        return f"{self.deal}: {self.effective_on}"

    @property
    def is_one_sided(self) -> bool:
        return self.by != self.By.BOTH


class TailItemQuerySet(models.QuerySet["TailItem"]):
    def visible_to(self, user: "User") -> "TailItemQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)

    def open(self) -> "TailItemQuerySet":
        return self.filter(done_at__isnull=True)


class TailItem(Stamped):
    """One thing to see to after a deal is over: what still binds, what must come down, what comes back."""

    class Kind(models.TextChoices):
        EXCLUSIVITY = "exclusivity", _("Exclusivity runs out")
        RIGHTS = "rights", _("Content is no longer used")
        ALLOW_LISTING = "access", _("Access to her account is given back")
        CODES = "codes", _("Codes and links are switched off")
        BIO = "bio", _("The brand is out of her bio")
        LOANS = "loans", _("Loans are back")
        DATA = "data", _("The time for keeping her data has begun")

    ORDER: ClassVar[tuple[str, ...]] = ("exclusivity", "rights", "access", "codes", "bio", "loans", "data")

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="tail", verbose_name=_("deal"))
    kind = models.CharField(_("what"), max_length=11, choices=Kind)
    due_on = models.DateField(_("by"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)
    done_by = models.CharField(_("done by"), max_length=160, blank=True, editable=False)

    objects = TailItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to see to afterwards")
        verbose_name_plural = _("things to see to afterwards")
        ordering = ["deal_id", "id"]
        constraints = [models.UniqueConstraint(fields=["deal", "kind"], name="tail_item_once")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        return self.done_at is None
