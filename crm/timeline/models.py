"""The timeline: one append-only table that is both a person's story and the audit."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.models import StoredFile
from crm.timeline.guards import append_only

if TYPE_CHECKING:
    from crm.team.models import User


class Channel(models.TextChoices):
    """Where something was said."""

    MITRA = "", _("in Mitra")
    EMAIL = "email", _("e-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")
    CALL = "call", _("phone call")
    DM = "dm", _("direct message")
    MEETING = "meeting", _("in person")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: "User") -> "EntryQuerySet":
        """Entries about brands the user may see, and entries about no brand."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(models.Q(brand__isnull=True) | models.Q(brand_id__in=brands))

    def story_of(self, influencer_id: int) -> "EntryQuerySet":
        """The story of a person and of everybody who goes on as her: entries stay with whom they were written for."""
        people: Any = self.model._meta.get_field("influencer").related_model
        hers = models.Q(pk=influencer_id) | models.Q(merged_into_id=influencer_id)
        return self.filter(influencer_id__in=people._base_manager.filter(hers).values("pk"))

    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-at", "-id")

    def before(self, at: dt.datetime, pk: int) -> "EntryQuerySet":
        """Entries older than one place in the order of `newest_first`."""
        return self.filter(models.Q(at__lt=at) | models.Q(at=at, pk__lt=pk))

    def of_families(self, families: Iterable[str]) -> "EntryQuerySet":
        """Entries whose verb belongs to one of these families: ``team`` has ``team.joined``."""
        return self.filter(reduce(or_, (models.Q(verb__startswith=f"{family}.") for family in families)))

    def about_person(self, text: str) -> "EntryQuerySet":
        """Entries about one person, by number, or about people whose name holds the text."""
        if text.isdecimal() and len(text) < 19:
            return self.filter(influencer_id=int(text))
        return self.filter(influencer__stage_name__icontains=text)

    def saying(self, words: str) -> "EntryQuerySet":
        """Entries that tell, quote or concern something with these words."""
        places = ("sentence_en", "sentence_id", "quote", "subject_label", "actor_label")
        return self.filter(reduce(or_, (models.Q(**{f"{place}__icontains": words}) for place in places)))


@append_only
class Entry(models.Model):
    """One thing that happened, told in both languages as it was at that moment. Never changed, never deleted."""

    class ActorKind(models.TextChoices):
        USER = "user", _("colleague")
        CONTACT = "contact", _("partner")
        SYSTEM = "system", _("by itself")

    at = models.DateTimeField(_("when"), db_index=True)
    actor_kind = models.CharField(_("who, kind"), max_length=8, choices=ActorKind)
    # The timeline is the lowest room with a spine upward: these three name higher rooms as strings on purpose.
    actor = models.ForeignKey(
        "crm.User",
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    influencer = models.ForeignKey(
        "crm.Influencer",
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("person"),
    )
    brand = models.ForeignKey(
        "crm.Brand",
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("brand"),
    )
    contact_ref = models.BigIntegerField(_("contact"), null=True, blank=True)
    actor_label = models.CharField(_("who"), max_length=160)
    verb = models.CharField(
        _("verb"), max_length=60, db_index=True, help_text="influencer.archived, deliverable.published, ..."
    )
    sentence_en = models.TextField(_("what, in English"))
    sentence_id = models.TextField(_("what, in Indonesian"))
    subject = models.CharField(_("about"), max_length=80, blank=True, help_text="crm.influencer:12")
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True, help_text='{"field": [old, new]}')
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True, default=Channel.MITRA)
    quote = models.TextField(_("their words"), blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("file"),
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline")
        indexes = [
            models.Index(fields=["influencer", "-at", "-id"], name="entry_story"),
            models.Index(fields=["subject", "-at"], name="entry_subject"),
            models.Index(fields=["brand", "-at"], name="entry_brand"),
        ]

    def __str__(self) -> str:
        return self.sentence

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A timeline entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A timeline entry is never deleted.")

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        return self.sentence_id if get_language() == "id" else self.sentence_en


class Erasing(models.Model):
    """The one door through the append-only guards: while a row stands here, its transaction may empty ledgers."""

    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "crm_erasing"

    def __str__(self) -> str:
        return self.reason
