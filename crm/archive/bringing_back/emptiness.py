"""Whether anybody has used this installation yet: reference rows do not count, `migrate` laid them."""

from crm.archive.everything.tables import carried
from crm.base.models import Organisation
from crm.base.seeding import SEEDS


def tables_in_use() -> list[tuple[str, int]]:
    """The tables with rows that no installation begins with, and how many those are."""
    laid = {seed.model for seed in SEEDS} | {Organisation}
    mine = [table for table in carried() if table.model not in laid]
    found = [(table.label, table.model._base_manager.count()) for table in mine]
    found += [("crm.Organisation", 1)] if Organisation.objects.filter(opened_at__isnull=False).exists() else []
    return [(label, rows) for label, rows in found if rows]
