"""What somebody decided about a term that comes to its end, before the calendar decides by itself."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words
from crm.contracts.actions.drafting import tell
from crm.contracts.models import Contract
from crm.timeline.record import Actor

Decision = Contract.Decision
SENTENCES: dict[str, Any] = {
    Decision.GOES_ON: _("Contract %(contract)s: it was decided to let it go on after %(last)s"),
    Decision.ENDS: _("Contract %(contract)s: it was decided to let it end on %(last)s"),
}
NOTHING = _("This contract has no last day in front of it about which to decide.")
GIVE_NOTICE = _("It goes on unless somebody gives notice. To let it end, give notice.")

USE_THE_OPTION = _("It goes on only if we say so in time. To let it go on, use the option.")


def decided(contract: Contract) -> str:
    """What was decided about the last day it has now; a decision about an earlier term no longer counts."""
    return contract.decision if contract.end_on is not None and contract.decided_for_on == contract.end_on else ""


def decide(contract: Contract, decision: str, *, at: dt.datetime, actor: Actor) -> bool:
    """Keep what was decided, so that nobody is asked again about this term; False when it was known already.

    Raises ValidationError where there is nothing to decide, and where letting it end takes a notice.
    """
    with transaction.atomic():
        stored = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if not may_decide(stored):
            raise ValidationError(NOTHING, code="nothing")
        if decision == Decision.ENDS and stored.renewal == Contract.Renewal.AUTO:
            raise ValidationError(GIVE_NOTICE, code="notice")
        if decision == Decision.GOES_ON and stored.renewal == Contract.Renewal.OPTION:
            raise ValidationError(USE_THE_OPTION, code="option")
        if decided(stored) == decision:
            return False
        was, stored.decision, stored.decided_for_on = decided(stored), decision, stored.end_on
        stored.save(update_fields=["decision", "decided_for_on", "updated_at"])
        last_on = stored.end_on
        params = {"last": lazy(lambda: day_words(last_on, "short") if last_on else "", str)()}
        told: dict[str, Any] = {"params": params, "changes": {"decision": (was, decision)}}
        tell(stored, "contract.decided", SENTENCES[decision], at=at, actor=actor, **told)
    return True


def may_decide(contract: Contract) -> bool:
    """Whether it comes to an end about which somebody has a say."""
    is_open = contract.status in (Contract.Status.SIGNED, Contract.Status.ACTIVE)
    return is_open and contract.end_on is not None and contract.renewal != Contract.Renewal.NONE
