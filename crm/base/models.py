"""What is true of any row in any trade: stamps, dated reference rows, the organisation, holidays, kept files."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField, ZoneField


class Stamped(models.Model):
    """Rows that remember when they were made and last changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class Grade(models.TextChoices):
    """How much a source can be trusted."""

    OFFICIAL = "A", _("A: regulator, statute or official page")
    EXPERT = "B", _("B: law firm, platform help, named research")
    ARTICLE = "C", _("C: article, indicative only")
    HOUSE = "H", _("H: our own choice")


class ReferenceQuerySet(models.QuerySet[Any]):
    def valid_on(self, on: dt.date) -> "ReferenceQuerySet":
        """Rows whose validity covers the day; open ends count as forever."""
        started = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=on)
        running = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on)
        return self.filter(started & running)


class Reference(models.Model):
    """A dated row of reference data with its source. Seeded rows are updated by a new release until somebody edits them."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("source address"), max_length=400, blank=True)
    source_year = models.PositiveSmallIntegerField(_("source year"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, default=Grade.HOUSE)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True


class Organisation(models.Model):
    """The one row of house settings."""

    class NewsTo(models.TextChoices):
        AGREED = "agreed", _("Only those who agreed, on record")
        NOT_REFUSED = "not_refused", _("Everybody who has not said no")

    name = models.CharField(_("name"), max_length=120, default="Mitra")
    postal_address = models.TextField(_("postal address"), blank=True, help_text=_("Printed at the foot of e-mails."))
    country = models.CharField(_("country"), max_length=2, default="ID")
    currency = models.CharField(_("currency"), max_length=3, default="IDR")
    zone = ZoneField(_("time zone"))
    language = LanguageField(_("language"))
    brand_walls = models.BooleanField(
        _("brand walls"),
        default=False,
        help_text=_("When on, people see only the brands they were given. A small team leaves this off."),
    )
    tier_scheme = models.CharField(_("tier scheme"), max_length=40, default="marketeers")
    remind_at = models.TimeField(_("reminders leave at"), default=dt.time(9, 0))
    quiet_from = models.TimeField(_("quiet from"), default=dt.time(21, 0))
    quiet_until = models.TimeField(_("quiet until"), default=dt.time(8, 0))
    mail_paused_at = models.DateTimeField(_("outgoing mail paused since"), null=True, blank=True)
    mail_paused_why = models.CharField(_("paused because"), max_length=200, blank=True)
    mail_redirect_to = models.EmailField(
        _("send everything to"), blank=True, help_text=_("For rehearsals: every message goes to this address instead.")
    )
    news_to = models.CharField(
        _("news and offers go to"),
        max_length=12,
        choices=NewsTo,
        default=NewsTo.AGREED,
        help_text=_(
            "The Indonesian data protection law (UU 27/2022, articles 20 to 24) wants a yes you can show. "
            "Messages about agreed work need none."
        ),
    )
    messages_by_anybody = models.PositiveIntegerField(
        _("people one message may go to without a manager"),
        null=True,
        blank=True,
        help_text=_("A message to more people is sent by a manager. Empty: everybody who writes may write to all."),
    )
    waivers_by_two = models.BooleanField(
        _("exceptions need two people"),
        default=False,
        help_text=_("When on, a second person who may decide has to agree before work is allowed beside a promise."),
    )
    contracts_approved_above = models.DecimalField(
        _("contracts a manager approves, from cash above"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the currency of the house. Empty: nobody has to approve a contract."),
    )
    contracts_by_chat_up_to = models.DecimalField(
        _("may be agreed to by chat, cash up to"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the currency of the house. Empty: any amount. Above it, a contract is signed."),
    )
    contracts_by_code_above = models.DecimalField(
        _("signed with a code by e-mail, cash above"),
        max_digits=14,
        decimal_places=2,
        default=0,
        help_text=_("In the currency of the house. Up to it, a typed name and a tick sign a contract."),
    )
    strict_start = models.BooleanField(
        _("strict start of campaigns"),
        default=False,
        help_text=_(
            "When on, nobody is put on a shortlist before brand profile, goal and KPIs are there, and only somebody who "
            "decides may go on without them or over the budget."
        ),
    )
    musts_at_most = models.PositiveSmallIntegerField(
        _("musts in a brief, at most"),
        default=8,
        help_text=_("More than this is told as a warning: people do their best work their own way."),
    )
    storage_limit_mb = models.PositiveIntegerField(
        _("room for files, megabytes"), null=True, blank=True, help_text=_("Empty: as much as the disk holds.")
    )
    drafts_kept_days = models.PositiveIntegerField(
        _("files of drafts kept after posting, days"),
        null=True,
        blank=True,
        help_text=_("Afterwards only what they were and their checksum stays. Empty: they are kept."),
    )
    tax_month_by = models.CharField(
        _("month of a tax is that of"),
        max_length=4,
        choices=[("paid", _("the payment")), ("due", _("the day it is due"))],
        default="paid",
    )
    commission_paid_from = models.DecimalField(
        _("commission is paid out from"),
        max_digits=14,
        decimal_places=2,
        default=0,
        help_text=_("In the currency it was earned in. Less is carried on to the next month."),
    )
    shows_emv = models.BooleanField(
        _("reports show EMV"),
        default=False,
        help_text=_("Earned media value at our own rates. Nobody agrees on a formula, and it is never part of ROI."),
    )
    opened_at = models.DateTimeField(_("set up"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("shows the demo season"), default=False, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="organisation_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "Organisation":
        """The settings row, made with its defaults the first time somebody asks."""
        return cls.objects.get_or_create(pk=1)[0]


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def free_days(self, country: str) -> frozenset[dt.date]:
        """The days nobody works in a country, joint leave included; a day outside its own validity is switched off."""
        started = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=models.F("on"))
        running = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("on"))
        return frozenset(self.filter(started & running, country=country).values_list("on", flat=True))


class Holiday(Reference):
    """One day off in one country."""

    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public holiday")
        JOINT_LEAVE = "joint_leave", _("Joint leave")

    country = models.CharField(_("country"), max_length=2, default="ID")
    on = models.DateField(_("day"))
    name_en = models.CharField(_("English name"), max_length=120)
    name_id = models.CharField(_("Indonesian name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PUBLIC)

    objects = HolidayQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["country", "on", "kind"], name="holiday_once_per_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.name_en}"


class StoredFile(models.Model):
    """A file that passed `crm.base.files.accept_upload`; served only through a view that checks who asks."""

    file = models.FileField(_("file"), upload_to="kept/%Y/%m/")
    label = models.CharField(_("name"), max_length=120)
    mime = models.CharField(_("kind"), max_length=80)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.CharField(_("uploaded by"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("kept since"), auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.label


class DemoRow(models.Model):
    """Which rows the demo season made, so that clearing it leaves everything else alone."""

    label = models.CharField(max_length=80)
    row = models.BigIntegerField()

    class Meta:
        db_table = "crm_demo_row"
        constraints = [models.UniqueConstraint(fields=["label", "row"], name="demo_row_once")]

    def __str__(self) -> str:
        return f"{self.label}:{self.row}"
