"""What reviewers say about a place in a picture, a moment of a video, a few words, or the whole."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.seen import OfVersion
from campaigns.approvals.models.versions import ContentAsset, ContentVersion
from campaigns.briefs.models import BriefItem
from crm.base.models import Stamped


class NoteQuerySet(OfVersion):
    def unsent(self) -> Self:
        return self.filter(sent_at__isnull=True)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def open(self) -> Self:
        """Sent, asking for something, and not solved yet."""
        return self.sent().filter(solved_in__isnull=True).exclude(level=Note.Level.GOOD)

    def in_order(self) -> Self:
        """What is good first, then what has to change, then the rest (look: words)."""
        ranks = [models.When(level=level, then=rank) for rank, level in enumerate(Note.Level.values)]
        return self.order_by(models.Case(*ranks, output_field=models.IntegerField()), "pk")


class Note(Stamped):
    """One note on a version. All unsent notes leave together with the decision; a sent one never changes, only its end does.

    Places are shares of the picture's width and height from 0 to 1; times milliseconds; text counts code points of the caption.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", _("On the whole")
        PIN = "pin", _("A point")
        BOX = "box", _("A part")
        TIME = "time", _("A moment")
        TEXT = "text", _("Words")

    class Level(models.TextChoices):
        GOOD = "good", _("This is good")
        MUST = "must", _("Must")
        SHOULD = "should", _("If you can")
        NICE = "nice", _("Up to you")

    version = models.ForeignKey(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="notes", verbose_name=_("version")
    )
    asset = models.ForeignKey(
        ContentAsset, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="notes",
        verbose_name=_("file"),
    )  # fmt: skip
    kind = models.CharField(_("on what"), max_length=5, choices=Kind, default=Kind.WHOLE)
    level = models.CharField(_("how binding"), max_length=6, choices=Level, default=Level.SHOULD)
    body = models.TextField(_("note"))
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    w = models.FloatField(null=True, blank=True)
    h = models.FloatField(null=True, blank=True)
    start_ms = models.PositiveIntegerField(_("from, milliseconds"), null=True, blank=True)
    end_ms = models.PositiveIntegerField(_("to, milliseconds"), null=True, blank=True)
    start = models.PositiveIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True)
    quoted = models.CharField(_("words it is about"), max_length=300, blank=True)
    brief_item = models.ForeignKey(
        BriefItem, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("item of the brief")
    )
    rule = models.CharField(_("rule"), max_length=20, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    author_label = models.CharField(_("name"), max_length=160)
    guest = models.PositiveBigIntegerField(_("guest"), null=True, blank=True)
    channel = models.CharField(_("heard by"), max_length=12, blank=True)
    is_for_us = models.BooleanField(_("only for colleagues"), default=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    solved_in = models.PositiveSmallIntegerField(_("solved in version"), null=True, blank=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(x__isnull=True) | Q(x__range=(0, 1)))
                & (Q(y__isnull=True) | Q(y__range=(0, 1)))
                & (Q(w__isnull=True) | Q(w__range=(0, 1)))
                & (Q(h__isnull=True) | Q(h__range=(0, 1))),
                name="note_within_picture",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["pin", "box"]) | Q(x__isnull=False, y__isnull=False), name="note_has_place"
            ),
            models.CheckConstraint(
                condition=~Q(kind="box") | Q(w__isnull=False, h__isnull=False), name="note_box_has_size"
            ),
            models.CheckConstraint(
                condition=~Q(kind="time")
                | (Q(start_ms__isnull=False) & (Q(end_ms__isnull=True) | Q(end_ms__gte=F("start_ms")))),
                name="note_time_forward",
            ),
            models.CheckConstraint(
                condition=~Q(kind="text") | Q(start__isnull=False, end__gt=F("start")), name="note_text_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]
