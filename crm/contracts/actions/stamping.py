"""e-Meterai: the duty stamp of a contract, noted with its number, its day and the stamped file."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.contracts.actions.drafting import tell
from crm.contracts.actions.papers import put_on_file
from crm.contracts.models import Contract
from crm.contracts.paper import write_paper
from crm.timeline.record import Actor

STAMPED = _("Contract %(contract)s: e-Meterai %(serial)s")


def stamp(
    contract: Contract, serial: str, on: dt.date, file: SafeFile | None, *, at: dt.datetime, actor: Actor
) -> None:
    """Note the stamp, before or after it is signed; a paper that is on file already is written anew with it."""
    with transaction.atomic():
        held = Contract.objects.with_paper().select_for_update(of=("self",)).get(pk=contract.pk)
        was = {"stamp_serial": held.stamp_serial, "stamp_on": held.stamp_on}
        held.stamp_serial, held.stamp_on = serial, on
        if file is not None:
            held.stamp_file = keep(file, by=actor.label)
        changes = {name: (old, getattr(held, name)) for name, old in was.items() if old != getattr(held, name)}
        if not changes and file is None:
            return
        held.save(update_fields=["stamp_serial", "stamp_on", "stamp_file", "updated_at"])
        tell(held, "contract.stamped", STAMPED, at=at, actor=actor, params={"serial": serial}, changes=changes,
             file=held.stamp_file if file is not None else None)  # fmt: skip
        if held.document_id is not None:
            put_on_file(held, write_paper(held), at, actor=actor)
