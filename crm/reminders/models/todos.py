"""Tasks: what people write down themselves, and what only a person can settle."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped

if TYPE_CHECKING:
    from crm.team.models import User


BY_HAND_KEY = "by_hand:"
"""What stands before the number of a reminder in the key of the task that passes it on."""


class TodoQuerySet(models.QuerySet["Todo"]):
    def open(self) -> "TodoQuerySet":
        return self.filter(done_at__isnull=True)

    def visible_to(self, user: "User") -> "TodoQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_ref__isnull=True) | Q(brand_ref__in=brands))

    def settled_since(self, at: dt.datetime, key: str) -> "TodoQuerySet":
        """Whether somebody has dealt with this very matter since then."""
        return self.filter(key=key, done_at__gte=at)

    def mine(self, user: "User") -> "TodoQuerySet":
        return self.filter(Q(owner=user) | Q(owner__isnull=True))


class Todo(Stamped):
    """A task: written by a colleague, or left by Mitra when only a person can go on (a question, a missing address)."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Task")
        QUESTION = "question", _("Question")
        MORE_TIME = "more_time", _("More time")
        NOT_THIS_TIME = "not_this_time", _("Not this time")
        NO_ADDRESS = "no_address", _("No e-mail address")
        BOUNCED = "bounced", _("Address does not work")
        CHECK = "check", _("Have a look")
        MESSAGE = "message", _("To write by hand")
        REPLY = "reply", _("Answer by e-mail")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.WRITTEN)
    text = models.CharField(_("task"), max_length=300)
    quote = models.TextField(_("their words"), blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="todos", verbose_name=_("for")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    influencer_label = models.CharField(_("person"), max_length=160, blank=True)
    brand_ref = models.BigIntegerField(_("brand"), null=True, blank=True)
    subject = models.CharField(_("about"), max_length=80, blank=True)
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    key = models.CharField(_("key"), max_length=160, blank=True, help_text=_("Mitra leaves one open task per key."))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )

    objects = TodoQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [models.Index(fields=["owner", "due_at"], condition=Q(done_at__isnull=True), name="todo_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(done_at__isnull=True) & ~Q(key=""), name="todo_one_open_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def may_be_settled_by(self, user: "User") -> bool:
        """Whether this colleague may change and close it: hers, everybody's, or any when that is her work."""
        return self.owner_id in (None, user.pk) or self.author_id == user.pk or user.has_perm("crm.settle_todo")
