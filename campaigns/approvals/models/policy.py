"""How drafts are looked at: how long it may take, how many rounds, and who says yes, one stage after the other."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models import Campaign
from crm.base.models import Stamped
from crm.brands.models import Brand
from crm.outbox.models import Contact

if TYPE_CHECKING:
    from crm.team.models import User


class ApprovalPolicyQuerySet(models.QuerySet["ApprovalPolicy"]):
    def visible_to(self, user: "User") -> "ApprovalPolicyQuerySet":
        """The house's own is everybody's."""
        brands = user.brand_ids()
        if brands is None:
            return self
        house = Q(brand__isnull=True, campaign__isnull=True)
        return self.filter(house | Q(brand_id__in=brands) | Q(campaign__brand_id__in=brands))


class ApprovalPolicy(Stamped):
    """How content is approved: of one campaign, else of one brand, else of the house (domain rule 5.2).

    `calendar` says what the hours count: every hour, or only those of working days, a day being 24 of them. Nothing approves itself
    unless `auto_approve` is on; and then only what 5.2 rule 4 allows.
    """

    class Calendar(models.TextChoices):
        HOURS = "hours", _("every hour")
        WORKING_DAYS = "working_days", _("hours of working days")

    brand = models.OneToOneField(
        Brand, models.CASCADE, null=True, blank=True, related_name="approval_policy", verbose_name=_("brand"),
        help_text=_("Empty, without a campaign: for the whole house."),
    )  # fmt: skip
    campaign = models.OneToOneField(
        Campaign, models.CASCADE, null=True, blank=True, related_name="approval_policy", verbose_name=_("campaign")
    )
    max_rounds = models.PositiveSmallIntegerField(
        _("rounds of changes, at most"), default=2, help_text=_("A further round needs a reason, and may cost extra.")
    )
    extra_round_fee = MoneyField(
        _("a further round costs"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    first_pass_hours = models.PositiveSmallIntegerField(_("first look within, hours"), default=24)
    sla_hours = models.PositiveSmallIntegerField(_("decided within, hours"), default=48)
    calendar = models.CharField(_("hours counted"), max_length=12, choices=Calendar, default=Calendar.WORKING_DAYS)
    creator_turnaround_days = models.PositiveSmallIntegerField(_("days she has for changes"), default=2)
    auto_approve = models.BooleanField(
        _("approve by itself when nobody decides in time"),
        default=False,
        help_text=_("Only what has no finding that holds it, no legal stage and no regulated category."),
    )
    concept_first = models.BooleanField(
        _("idea before shooting"), default=False, help_text=_("She tells her idea first, in words and links.")
    )
    concept_days = models.PositiveSmallIntegerField(_("idea due, days before the draft"), default=5)
    musts_cite = models.BooleanField(
        _("a must names its item of the brief or its rule"),
        default=True,
        help_text=_("When on, a note marked as a must cannot be sent without it."),
    )
    live_days = models.PositiveSmallIntegerField(
        _("stays online, days"), null=True, blank=True, help_text=_("Empty: nobody checks afterwards.")
    )

    objects = ApprovalPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval policy")
        verbose_name_plural = _("approval policies")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(brand__isnull=True) | Q(campaign__isnull=True), name="approval_policy_of_one"
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(brand__isnull=True, campaign__isnull=True),
                name="approval_policy_one_house",
            ),
            models.CheckConstraint(
                condition=Q(first_pass_hours__gte=1) & Q(sla_hours__gte=models.F("first_pass_hours")),
                name="approval_policy_hours",
                violation_error_message=_("The whole decision cannot take less time than the first look."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign or self.brand or _("the house"))


class ReviewStage(Stamped):
    """One of those who say yes, in their order. A policy without stages has one: whoever looks after the campaign.

    `people` are colleagues, `guests` people outside who answer by a link. Nobody named: of the coordinator's stage every
    colleague who may review; every other stage needs names.
    """

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        BRAND = "brand", _("Brand")
        LEGAL = "legal", _("Legal")
        CLIENT = "client", _("Client")

    class Quorum(models.TextChoices):
        ANY = "any", _("one of them is enough")
        ALL = "all", _("all of them")

    policy = models.ForeignKey(ApprovalPolicy, models.CASCADE, related_name="stages", verbose_name=_("approval policy"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    role = models.CharField(_("who"), max_length=12, choices=Role, default=Role.COORDINATOR)
    quorum = models.CharField(_("how many"), max_length=3, choices=Quorum, default=Quorum.ANY)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("colleagues")
    )
    guests = models.ManyToManyField(Contact, blank=True, related_name="+", verbose_name=_("guests"))
    decider = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decision maker"),
        help_text=_("Only what he or she says settles the stage; the others advise. Empty: all count alike."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("review stage")
        verbose_name_plural = _("review stages")
        ordering = ["policy", "position"]
        constraints = [models.UniqueConstraint(fields=["policy", "position"], name="review_stage_once")]

    def __str__(self) -> str:
        return self.get_role_display()
