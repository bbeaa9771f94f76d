"""Houses, brands, whom they speak to, and the trees of categories and places."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField, ZoneField
from crm.base.models import Reference, Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class BrandOwnerQuerySet(models.QuerySet["BrandOwner"]):
    def visible_to(self, user: "User") -> "BrandOwnerQuerySet":
        """Under brand walls a house is known by its brands."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(brands__in=brands).distinct()

    def called(self, name: str) -> "BrandOwnerQuerySet":
        return self.filter(name__iexact=name)


class BrandOwner(Stamped):
    """The house: the company behind one or more brands."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    country = models.CharField(_("country"), max_length=2, default="ID")

    objects = BrandOwnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand owner")
        verbose_name_plural = _("brand owners")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A node of the product category tree, for example Beauty / Skincare."""

    class Regulated(models.TextChoices):
        COSMETIC = "cosmetic", _("Cosmetics")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within")
    )
    slug = models.SlugField(_("code"), unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    name_id = models.CharField(_("Indonesian name"), max_length=80)
    regulated = models.CharField(
        _("regulated as"), max_length=10, choices=Regulated, blank=True,
        help_text=_("Counts for everything below it, too. Cosmetics need a notification number before they are advertised."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en


class Territory(models.Model):
    """A node of the territory tree: country / province / city, with its zone."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    zone = ZoneField(_("time zone"))

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Persona(Reference):
    """A kind of person somebody's words reach: young mothers, students, gadget lovers."""

    slug = models.SlugField(_("code"), unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    name_id = models.CharField(_("Indonesian name"), max_length=60)

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en


class BrandQuerySet(models.QuerySet["Brand"]):
    def visible_to(self, user: "User") -> "BrandQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(pk__in=brands)

    def running(self) -> "BrandQuerySet":
        return self.filter(archived_at__isnull=True)

    def archived(self) -> "BrandQuerySet":
        return self.filter(archived_at__isnull=False)

    def called(self, words: str) -> "BrandQuerySet":
        """Brands whose name, or whose house's name, has these words in it."""
        return self.filter(models.Q(name__icontains=words) | models.Q(owner__name__icontains=words))


class Brand(Stamped):
    """Who speaks to influencers. How it addresses people is the brand's own choice."""

    class Address(models.TextChoices):
        KAK = "kak", _("Kak + name")
        FIRST = "first", _("First name")

    owner = models.ForeignKey(BrandOwner, models.PROTECT, related_name="brands", verbose_name=_("brand owner"))
    name = models.CharField(_("name"), max_length=120, unique=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    also_sells = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("also sells"))
    rivals = models.ManyToManyField("self", blank=True, verbose_name=_("competitors"))
    personas = models.ManyToManyField(Persona, blank=True, related_name="brands", verbose_name=_("speaks to"))
    language = LanguageField(_("language"))
    zone = ZoneField(_("time zone"))
    form_of_address = models.CharField(_("form of address"), max_length=6, choices=Address, default=Address.KAK)
    colour = models.CharField(_("colour"), max_length=1, default="a", choices=[(c, c.upper()) for c in "abcd"])
    about = models.TextField(_("character"), blank=True, help_text=_("Who it is, in a few sentences."))
    values = models.TextField(_("what it stands for"), blank=True)
    tone = models.CharField(_("how it speaks"), max_length=200, blank=True)
    does = models.TextField(_("what it always does"), blank=True)
    avoids = models.TextField(_("what it never does"), blank=True)
    audience = models.TextField(_("whom it is for"), blank=True)
    counts_stock = models.BooleanField(
        _("counts its samples"), default=False,
        help_text=_("When on, samples come out of a counted stock and nothing is sent that is not there."),
    )  # fmt: skip
    approves_samples = models.BooleanField(
        _("samples are approved first"), default=False,
        help_text=_("When on, somebody who decides says yes before a sample leaves."),
    )  # fmt: skip
    keeps_four_values = models.BooleanField(
        _("keeps four values of a sample"), default=False,
        help_text=_("When on, what making it cost, what it is bought for and the shipping stand beside the price."),
    )  # fmt: skip
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BrandOwnership(Stamped):
    """Whose a brand was for some days, the last one included; outside of them it is its owner's."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="ownerships", verbose_name=_("brand"))
    owner = models.ForeignKey(BrandOwner, models.PROTECT, related_name="+", verbose_name=_("brand owner"))
    start_on = models.DateField(_("from"), null=True, blank=True)
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("former or coming owner")
        verbose_name_plural = _("former and coming owners")
        ordering = ["brand", "start_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_on__isnull=True)
                | models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="ownership_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(start_on__isnull=False) | models.Q(end_on__isnull=False), name="ownership_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand}: {self.owner}"


class BrandAccess(models.Model):
    """Which brands a user works for; counts only while the organisation's brand walls are on."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="brand_access", verbose_name=_("user")
    )
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="access", verbose_name=_("brand"))

    class Meta:
        verbose_name = _("brand access")
        verbose_name_plural = _("brand access")
        constraints = [models.UniqueConstraint(fields=["user", "brand"], name="brand_access_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.brand}"
