"""People who work with Mitra: users, roles, invitations."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from crm.base.fields import LanguageField, ZoneField
from crm.base.models import Organisation, Stamped
from crm.outbox.models import Contact


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MANAGER = "manager", _("Manager")
    COORDINATOR = "coordinator", _("Coordinator")
    FINANCE = "finance", _("Finance")
    VIEWER = "viewer", _("Viewer")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def owners(self) -> "UserQuerySet":
        return self.active().filter(role=Role.OWNER)

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Colleagues know each other: the walls stand between brands, not between people."""
        return self


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The owner: what `createsuperuser` makes."""
        return self.create_user(email, password, **{"role": Role.OWNER, **fields})

    def get_by_natural_key(self, email: str | None) -> "User":
        user: User = self.get(email__iexact=email)
        return user


class User(AbstractBaseUser, PermissionsMixin, Stamped):
    """A colleague. Signs in with the e-mail address; the role decides what is allowed (crm/team/permissions.py)."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.COORDINATOR)
    language = LanguageField(_("language"))
    zone = ZoneField(_("time zone"))
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    digest = models.BooleanField(_("morning summary by e-mail"), default=True)
    phone = PhoneNumberField(_("phone"), blank=True, help_text=_("Shown to influencers you work with."))
    is_active = models.BooleanField(_("active"), default=True)
    contact = models.OneToOneField(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="colleague",
        verbose_name=_("contact"),
        editable=False,
    )

    COPIED_TO_CONTACT = ("email", "name", "phone", "language", "zone")
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the contact that mail goes to kept in step."""
        self.email = self.email.strip().lower()
        fields = kwargs.get("update_fields")
        if fields is not None and not set(fields) & {*self.COPIED_TO_CONTACT, "contact"}:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            self.refresh_contact()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "contact"}
            super().save(*args, **kwargs)

    def refresh_contact(self) -> None:
        """Write e-mail, name, phone, language and zone to the colleague's contact, making it the first time."""
        contact = self.contact or Contact(kind=Contact.Kind.COLLEAGUE)
        stale = [field for field in self.COPIED_TO_CONTACT if getattr(contact, field) != getattr(self, field)]
        if "email" in stale:
            contact.email_state, contact.email_state_why = Contact.EmailState.OK, ""
        for field in stale:
            setattr(contact, field, getattr(self, field))
        contact.name = contact.name or self.email
        if stale or contact.pk is None:
            contact.save()
        self.contact = contact

    @property
    def is_staff(self) -> bool:
        """Who may open the admin."""
        return self.is_active and self.role in (Role.OWNER, Role.ADMIN)

    @property
    def sees_every_brand(self) -> bool:
        return self.role in (Role.OWNER, Role.ADMIN)

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    def brand_ids(self) -> frozenset[int] | None:
        """Brands this user may see, or None for all of them. Read once per request and kept on the user."""
        if not hasattr(self, "_brand_ids"):
            self._brand_ids: frozenset[int] | None = None
            if not self.sees_every_brand and Organisation.load().brand_walls:
                self._brand_ids = frozenset(self.brand_access.values_list("brand_id", flat=True))
        return self._brand_ids

    def forget_brands(self) -> None:
        """Read the brands anew at the next question."""
        self.__dict__.pop("_brand_ids", None)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unsettled(self) -> "InvitationQuerySet":
        """Neither used nor withdrawn; may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self, now: dt.datetime) -> "InvitationQuerySet":
        return self.unsettled().filter(expires_at__gt=now)

    def visible_to(self, user: "User") -> "InvitationQuerySet":
        return self if user.has_perm("crm.invite_colleague") else self.none()


class Invitation(Stamped):
    """Nobody signs up: a colleague is invited by e-mail. Only the hash of the link is kept."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.COORDINATOR)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        "crm.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    brand_refs = models.JSONField(_("brands"), default=list, blank=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    accepted_by = models.ForeignKey("crm.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.email

    def has_expired(self, now: dt.datetime) -> bool:
        return self.expires_at <= now
