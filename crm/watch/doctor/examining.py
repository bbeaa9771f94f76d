"""Everything the doctor looks at, one after the other. It brings the libraries of names and addresses, so nobody else reads it."""

import datetime as dt
from collections.abc import Iterator

from crm.watch.doctor import house, mail, times, versions, ways, workers
from crm.watch.doctor.names import Names
from crm.watch.findings import Finding, look


def examined(now: dt.datetime, names: Names) -> Iterator[Finding]:
    """Everything, one after the other; a part that needs the database is left out while there is none."""
    yield from house.looked_at()
    yield from ways.looked_at()
    yield from mail.looked_at(names)
    here = look(now)
    yield from here
    yield from versions.looked_at(has_database=here[0].is_well)
    if here[0].is_well:
        yield house.promises()
        yield from times.looked_at(now)
        yield workers.answering()
