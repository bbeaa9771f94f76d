"""The columns by which two writings of one name find each other."""

from typing import Any

from django.db import models

from crm.influencers.keys import name_keys

KEYS = ("name_alike", "name_sounds", "keys_of")


class Keyed(models.Model):
    """Rows with a stage name: what it has in common with other writings of it, and the name that was written for."""

    name_alike = models.CharField(max_length=120, blank=True, default="", editable=False)
    name_sounds = models.CharField(max_length=120, blank=True, default="", editable=False)
    keys_of = models.CharField(max_length=120, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The keys follow the name. A name that changes by another way is found by `without_keys`."""
        name: str = getattr(self, "stage_name", "")
        if self.keys_of != name:
            self.name_alike, self.name_sounds = name_keys(name)
            self.keys_of = name
            fields = kwargs.get("update_fields")
            if fields is not None and "stage_name" in fields:
                kwargs["update_fields"] = {*fields, *KEYS}
        super().save(*args, **kwargs)
