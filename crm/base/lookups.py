"""Ids from outside that no row could have: SQLite fails on them where PostgreSQL just finds nothing."""

from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In

SMALLEST, LARGEST = -(2**63), 2**63 - 1


@IntegerField.register_lookup
class InRange(In):
    """`id IN (...)` without the numbers a column cannot hold, as the framework does for `id = ...`."""

    def get_prep_lookup(self) -> Any:
        prepared = super().get_prep_lookup()
        if not isinstance(prepared, list):
            return prepared
        return [value for value in prepared if not isinstance(value, int) or SMALLEST <= value <= LARGEST]
