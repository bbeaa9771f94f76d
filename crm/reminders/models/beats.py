"""The clock's own mark."""

from django.db import models


class Beat(models.Model):
    """When the tick last ran, for the health page."""

    name = models.CharField(max_length=20, primary_key=True)
    rang_at = models.DateTimeField()
    said = models.JSONField(default=dict)

    class Meta:
        db_table = "crm_beat"

    def __str__(self) -> str:
        return self.name
