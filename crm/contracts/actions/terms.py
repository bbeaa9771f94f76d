"""Lines, posts and rights of a contract that nobody outside has seen yet."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.contracts.actions.drafting import hold_editable, tell
from crm.contracts.models import Contract, PayLine, PromisedPost, UsageRight
from crm.timeline.record import Actor

ADDED: dict[type[models.Model], Any] = {
    PayLine: _("Contract %(contract)s: %(what)s added"),
    PromisedPost: _("Contract %(contract)s: %(what)s added"),
    UsageRight: _("Contract %(contract)s: right “%(what)s” added"),
}
TAKEN: Any = _("Contract %(contract)s: %(what)s taken out")


def add_term(row: "PayLine | PromisedPost | UsageRight", *, at: dt.datetime, actor: Actor, count: int = 1) -> None:
    """Put a line, a post (`count` of them alike) or a right into a contract. Raises NotEditable."""
    with transaction.atomic():
        contract = hold_editable(row.contract_id)
        for _number in range(count):
            row.pk = None
            row.save(force_insert=True)
        what = format_lazy("{} × {}", count, called(row)) if count > 1 else called(row)
        tell(contract, "contract.term_added", ADDED[type(row)], at=at, actor=actor, params={"what": what})


def take_out(row: "PayLine | PromisedPost | UsageRight", *, at: dt.datetime, actor: Actor) -> None:
    """Take it out again. Raises NotEditable."""
    with transaction.atomic():
        contract: Contract = hold_editable(row.contract_id)
        tell(contract, "contract.term_removed", TAKEN, at=at, actor=actor, params={"what": called(row)})
        row.delete()


def called(row: models.Model) -> Any:
    """The same, said in the language of whoever reads."""
    return lazy(label_of, str)(row)


def label_of(row: models.Model) -> str:
    """What it is called in a story, short."""
    return row.get_kind_display() if isinstance(row, UsageRight) else str(row)
