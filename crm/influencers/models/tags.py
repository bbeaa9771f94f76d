"""Words a team sticks on people: its own, as many as it likes."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped

HUES, LONGEST = 8, 40


class Tag(Stamped):
    """A word of the house's own, with a colour. "Bali" and "bali" are one."""

    name = models.CharField(_("name"), max_length=LONGEST)
    hue = models.PositiveSmallIntegerField(
        _("colour"), default=1, choices=[(number, str(number)) for number in range(1, HUES + 1)]
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Upper("name"), name="tag_once"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
