"""A file that travels with a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import StoredFile
from crm.outbox.models.email import Email


class EmailFile(models.Model):
    """One file enclosed with one message, kept as it left."""

    email = models.ForeignKey(Email, models.CASCADE, related_name="files", verbose_name=_("e-mail"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of an e-mail")
        verbose_name_plural = _("files of e-mails")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["email", "file"], name="email_file_once")]

    def __str__(self) -> str:
        return self.file.label
