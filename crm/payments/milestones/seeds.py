"""What is usually still paid when work is called off. Custom, not law: each house says its own."""

from collections.abc import Iterator
from typing import Any

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.payments.models import KillFee

Stage = KillFee.Stage
CUSTOM: dict[str, Any] = {
    "source": "Half once filmed, all of it once approved: the custom as creators tell it; the rest is ours",
    "source_url": "https://public.tg/post/40107-btodays-term-the-kill-feeb-deals-fall-apart-the-question-is-",
    "source_year": 2026,
    "grade": Grade.HOUSE,
}
SHARES = {Stage.SIGNED: 0, Stage.MAKING: 2_500, Stage.SUBMITTED: 5_000, Stage.APPROVED: 10_000, Stage.PUBLISHED: 10_000}


@seed(KillFee, "stage", "valid_from")
def kill_fees() -> Iterator[KillFee]:
    for stage, share in SHARES.items():
        yield KillFee(stage=stage, share_bp=share, **CUSTOM)
