"""What waits for a word of this colleague, by where it is said."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.queries import waiting_for
from campaigns.samples.models import SampleRequest
from crm.ambassadors.models import DealReview
from crm.base.zones import local_date
from crm.contracts.models import Contract, Party
from crm.exclusivity.models import Finding
from crm.payments.models import LedgerLine
from crm.payments.queries import free_amounts

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Waiting:
    """So many of one sort, and the page where they are settled."""

    label: Any
    count: int
    url: str
    icon: str


Count = Callable[["User", dt.datetime], int]


def drafts(user: "User", now: dt.datetime) -> int:
    return waiting_for(user, now).count()


def contracts(user: "User", now: dt.datetime) -> int:
    """Those everybody else has signed."""
    seen = Contract.objects.visible_to(user)
    return seen.filter(pk__in=Party.objects.last_to_sign().values("contract")).count()


def deals(user: "User", now: dt.datetime) -> int:
    return DealReview.objects.visible_to(user).open().filter(due_on__lte=local_date(now, user.zone)).count()


def samples(user: "User", now: dt.datetime) -> int:
    return SampleRequest.objects.visible_to(user).to_approve().count()


def findings(user: "User", now: dt.datetime) -> int:
    return Finding.objects.visible_to(user).open().worse_than_a_remark().count()


def money(user: "User", now: dt.datetime) -> int:
    """Amounts whose day has come and that nobody has let go yet."""
    today = local_date(now, user.zone)
    lines = list(LedgerLine.objects.visible_to(user).due().asked_by(today))
    return sum(1 for free in free_amounts(lines).values() if free > 0)


SORTS: tuple[tuple[Any, str, str, str, Count], ...] = (
    (_("Drafts to look at"), "reviews", "images", "campaigns.review", drafts),
    (_("Contracts to sign"), "contracts", "file-earmark-text", "crm.sign_contract", contracts),
    (_("Payments to release"), "payments", "cash-stack", "crm.release_payment", money),
    (_("Deals to look at"), "ambassador-renewals", "person-heart", "crm.decide_ambassadordeal", deals),
    (_("Samples to approve"), "samples", "box-seam", "campaigns.approve_sample", samples),
    (_("Conflicts to decide"), "findings", "lock", "crm.view_finding", findings),
)
"""Label, page, icon, who may, and how many."""
TABS = {"contracts": "?tab=ours"}


def decisions(user: "User", now: dt.datetime) -> list[Waiting]:
    """Those with something in them; one query each, two for money."""
    return list(_decisions(user, now))


def _decisions(user: "User", now: dt.datetime) -> Iterator[Waiting]:
    for label, page, icon, permission, count in SORTS:
        number = count(user, now) if user.has_perm(permission) else 0
        if number and (url := _address(page)):
            yield Waiting(label, number, f"{url}{TABS.get(page, '')}", icon)


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
