"""How a deal that is over came to its end, told from its contract."""

from crm.ambassadors.models import AmbassadorDeal, Termination
from crm.ambassadors.pay.ending import End
from crm.contracts.models import Contract, Notice

Kind, By = Termination.Kind, Termination.By


def how_it_ended(deal: AmbassadorDeal) -> End:
    """It ran out, one side had given notice, or it was ended before its day."""
    contract = deal.contract
    last_on = contract.last_on
    assert last_on is not None  # nothing without a last day is over
    if contract.status == Contract.Status.TERMINATED:
        return End(Kind.EARLY, By.BOTH, last_on, contract.closed_why)
    notice = contract.notices.ending_it().order_by("-pk").first() if contract.notice_on else None
    if notice is None:
        return End(Kind.EXPIRY, By.BOTH, last_on)
    return End(Kind.CONVENIENCE, By.HER if notice.given_by == Notice.From.HER else By.US, last_on, notice.note)
