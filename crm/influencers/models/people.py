"""The influencer as a person: who she is, how to reach her, where parcels go, when she is away."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from phonenumber_field.modelfields import PhoneNumberField

from crm.base.fields import LanguageField, ZoneField
from crm.base.models import Stamped
from crm.brands.models import Territory
from crm.influencers.models.keyed import Keyed
from crm.influencers.models.reference import Niche, Platform
from crm.influencers.models.tags import Tag

if TYPE_CHECKING:
    from crm.team.models import User


class InfluencerQuerySet(models.QuerySet["Influencer"]):
    def visible_to(self, user: "User") -> "InfluencerQuerySet":
        """People belong to the whole organisation; brands hide campaigns, not people."""
        return self

    def present(self) -> "InfluencerQuerySet":
        """Neither archived nor merged into somebody else."""
        return self.filter(archived_at__isnull=True, merged_into__isnull=True)

    def archived(self) -> "InfluencerQuerySet":
        return self.filter(archived_at__isnull=False, merged_into__isnull=True)

    def not_forgotten(self) -> "InfluencerQuerySet":
        """People who are more than a number."""
        return self.filter(erased_at__isnull=True)

    def unmerged(self) -> "InfluencerQuerySet":
        """Archived or not, but not merged into somebody else."""
        return self.filter(merged_into__isnull=True)

    def merged_into_person(self, pk: int) -> "InfluencerQuerySet":
        """Those who go on as this person."""
        return self.filter(merged_into_id=pk)

    def only_noted(self) -> "InfluencerQuerySet":
        """Nobody has talked with them about work yet."""
        return self.filter(stage=Influencer.Stage.PROSPECT)

    def without_keys(self) -> "InfluencerQuerySet":
        """Those whose keys were written for another name, by whatever way it changed."""
        return self.exclude(keys_of=F("stage_name"))

    def barred_from_contact(self, now: dt.datetime) -> "InfluencerQuerySet":
        still = Q(do_not_contact_until__isnull=True) | Q(do_not_contact_until__gte=now.date())
        return self.filter(still, do_not_contact_at__isnull=False)

    def ending_bar(self, first: dt.date, last: dt.date) -> "InfluencerQuerySet":
        """Those whose "do not contact" has its last day between these two."""
        return self.filter(do_not_contact_at__isnull=False, do_not_contact_until__range=(first, last))

    def free_to_contact(self, now: dt.datetime) -> "InfluencerQuerySet":
        over = Q(do_not_contact_until__lt=now.date())
        return self.filter(Q(do_not_contact_at__isnull=True) | over)

    def newest_first(self) -> "InfluencerQuerySet":
        return self.order_by("-created_at", "-id")


class Influencer(Keyed, Stamped):
    """A person, not an account. Followers, handle and tier of the main account are kept here for fast lists."""

    class Stage(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        IN_TALKS = "in_talks", _("In talks")
        ACTIVE = "active", _("Works with us")
        RESTING = "resting", _("Resting")

    stage_name = models.CharField(_("stage name"), max_length=120)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    language = LanguageField(_("language"))
    zone = ZoneField(_("time zone"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.PROSPECT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="influencers",
        verbose_name=_("owner"),
    )
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    is_public_figure = models.BooleanField(
        _("public figure"), default=False, help_text=_("Fame is not a follower count.")
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    territory = models.ForeignKey(
        Territory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    country = CountryField(_("country"), blank=True)
    niches = models.ManyToManyField(Niche, blank=True, related_name="influencers", verbose_name=_("niches"))
    main_niche = models.ForeignKey(
        Niche, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("main niche")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="people", verbose_name=_("tags"))
    aesthetic = models.CharField(_("aesthetic"), max_length=160, blank=True)
    palette = models.CharField(_("palette and season"), max_length=160, blank=True)
    link_habit = models.CharField(
        _("link habit"), max_length=160, blank=True, help_text=_("For example: links and sizes in every caption.")
    )
    engagement_style = models.CharField(_("engagement style"), max_length=200, blank=True)
    do_not_contact_at = models.DateTimeField(_("do not contact since"), null=True, blank=True, editable=False)
    do_not_contact_until = models.DateField(_("do not contact until"), null=True, blank=True)
    do_not_contact_why = models.CharField(_("do not contact because"), max_length=200, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("forgotten"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    # The main account's facts, kept in step by influencers.actions.refresh_main_account.
    main_platform = models.ForeignKey(Platform, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    main_handle = models.CharField(max_length=120, blank=True, editable=False)
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True, editable=False)
    tier_code = models.CharField(_("tier"), max_length=20, blank=True, editable=False)
    name_key = models.GeneratedField(
        expression=Upper("stage_name"), output_field=models.CharField(max_length=120), db_persist=True, editable=False
    )
    # Unknown sorts below zero, so one index serves the order on every database.
    followers_rank = models.GeneratedField(
        expression=Coalesce("followers", models.Value(-1)),
        output_field=models.BigIntegerField(),
        db_persist=True,
        editable=False,
    )

    objects = InfluencerQuerySet.as_manager()

    class Meta:
        verbose_name = _("influencer")
        verbose_name_plural = _("influencers")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="influencer_newest"),
            models.Index(fields=["-followers_rank", "-id"], name="influencer_followers"),
            models.Index(fields=["name_key", "id"], name="influencer_name"),
            models.Index(fields=["stage", "-created_at", "-id"], name="influencer_stage"),
            models.Index(fields=["tier_code", "-created_at", "-id"], name="influencer_tier"),
            models.Index(fields=["owner", "-created_at", "-id"], name="influencer_owner"),
            models.Index(Upper("city"), F("created_at").desc(), F("id").desc(), name="influencer_city"),
            models.Index(fields=["main_niche", "-created_at", "-id"], name="influencer_niche"),
            # Of the few who were merged: an index of everybody tempts SQLite to sort everybody.
            models.Index(fields=["merged_into"], name="influencer_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["name_alike"], name="influencer_alike"),
            models.Index(fields=["name_sounds"], name="influencer_sounds"),
            models.Index(fields=["id"], condition=~Q(keys_of=F("stage_name")), name="influencer_without_keys"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(stage_name=""), name="influencer_has_name")]

    def __str__(self) -> str:
        return self.stage_name

    def may_be_contacted(self, on: dt.date) -> bool:
        if self.do_not_contact_at is None:
            return True
        return self.do_not_contact_until is not None and self.do_not_contact_until < on

    def age_on(self, on: dt.date) -> int | None:
        """Full years on a day, or None when the birth date is unknown."""
        if self.birth_on is None:
            return None
        return on.year - self.birth_on.year - ((on.month, on.day) < (self.birth_on.month, self.birth_on.day))


class DayOff(models.Model):
    """Days a person does not want to hear from us, first and last day included."""

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="days_off", verbose_name=_("influencer"))
    start_on = models.DateField(_("first day"))
    end_on = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("days off")
        verbose_name_plural = _("days off")
        ordering = ["start_on"]
        constraints = [models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="day_off_forward")]

    def __str__(self) -> str:
        return f"{self.start_on} - {self.end_on}"


class Address(Stamped):
    """Where a parcel goes. Indonesian detail is optional; recipient, phone, street, city and postcode are not."""

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="addresses", verbose_name=_("influencer"))
    recipient = models.CharField(_("recipient"), max_length=120)
    phone = PhoneNumberField(_("phone"))
    country = CountryField(_("country"), default="ID")
    street = models.CharField(_("street and number"), max_length=240)
    rt_rw = models.CharField("RT/RW", max_length=15, blank=True)
    kelurahan = models.CharField(_("kelurahan or village"), max_length=80, blank=True)
    kecamatan = models.CharField(_("kecamatan or district"), max_length=80, blank=True)
    city = models.CharField(_("city or regency"), max_length=100)
    province = models.CharField(_("province or state"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12)
    landmark = models.CharField(_("landmark"), max_length=160, blank=True)
    label = models.CharField(_("called"), max_length=40, blank=True, help_text=_("Home, studio, the agency's office."))
    is_current = models.BooleanField(_("in use"), default=True)
    confirmed_at = models.DateTimeField(
        _("confirmed"), null=True, blank=True, editable=False, help_text=_("When she last said that it is right.")
    )

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-is_current", "-updated_at"]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.city}"

    @property
    def lines(self) -> list[str]:
        """What stands on the parcel below the name, as the country writes it."""
        block = f"RT/RW {self.rt_rw}" if self.rt_rw else ""
        area = ", ".join(part for part in (block, self.kelurahan, self.kecamatan) if part)
        town = ", ".join(part for part in (self.city, self.province) if part)
        country = "" if self.country == "ID" else str(self.country.name)
        return [line for line in (self.street, area, f"{town} {self.postcode}", self.landmark, country) if line]


class Note(Stamped):
    """Something worth remembering that has no field: typed by a colleague or kept from an import."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        UNREAD = "unread", _("Could not be read")

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="notes", verbose_name=_("influencer"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("note"))
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = [F("pinned_at").desc(nulls_last=True), "-created_at", "-id"]

    def __str__(self) -> str:
        return self.text[:60]
