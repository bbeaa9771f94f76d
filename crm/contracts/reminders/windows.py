"""What ends: rights to use content, access to an account, the day for notice, a term, and a contract itself."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.zones import end_of_day, local_midnight
from crm.contracts.actions.deciding import Decision, decided
from crm.contracts.models import Contract, Party, UsageRight
from crm.contracts.models.going_on import GOING_ON, LENGTHS
from crm.contracts.reminders.right_rows import RightRow, called, rows_of
from crm.contracts.reminders.told import OPTION, facts_of_contract, facts_of_right
from crm.reminders.registry import Asked, Due, due
from crm.timeline.record import subject_of

RIGHT, ACCESS, NOTICE, RENEWAL, ENDS = (
    "right.end",
    "right.access",
    "contract.notice",
    "contract.renewal",
    "contract.end",
)
BACK, FAR, A_DAY = dt.timedelta(days=120), dt.timedelta(days=60), dt.timedelta(days=1)
DOWN, REVOKED, VOID = _("It is taken down"), _("The access is revoked"), _("The contract is void")
NOT_IN_FORCE, NOTICED, SETTLED = _("The contract is not in force"), _("Notice is given"), _("It is decided")
FOLLOWED, RESTS = _("Another contract follows"), _("It rests, and its last day moves")
NEEDED = (
    "title", "zone", "status", "start_on", "end_on", "signed_at", "updated_at", "renewal", "renew_months", "notice_value",
    "notice_span", "notice_on", "most_renewals", "renewed", "rests_since_on", "shifted_days", "decision", "decided_for_on",
    "brand", "owner",
)  # fmt: skip
"""The columns a window is told from: thousands are read for a clock, and what is not read is not built."""


@due(RIGHT, label=_("Usage right ends"), of="crm.UsageRight", order=40, clock=True)
def rights(asked: Asked) -> Iterator[Due]:
    """The last day of what may be used, until it goes on or is taken down."""
    yield from (_of_right(one) for one in _rights(asked) if not one.is_access and _in_time(asked, one))


@due(ACCESS, label=_("Ads from her account end"), of="crm.UsageRight", order=41, clock=True)
def accesses(asked: Asked) -> Iterator[Due]:
    """The last day on which we may act from somebody's account."""
    yield from (_of_right(one) for one in _rights(asked) if one.is_access and _in_time(asked, one))


@due(NOTICE, label=_("Notice"), of="crm.Contract", order=42, clock=True)
def notices(asked: Asked) -> Iterator[Due]:
    """The last day on which notice keeps a contract from going on by itself, or on which our option lets it go on."""
    return _of_contracts(NOTICE, asked, lambda one: one.term.notice_until() if one.term else None, _notice_stopped,
                         lambda one: one.renewal in GOING_ON and one.renewals_left != 0)  # fmt: skip


@due(RENEWAL, label=_("Go on or not"), of="crm.Contract", order=43, clock=True)
def renewals(asked: Asked) -> Iterator[Due]:
    """The last day of a term after which we decide ourselves."""
    return _of_contracts(RENEWAL, asked, lambda one: one.end_on, _decided,
                         lambda one: one.renewal == Contract.Renewal.MANUAL)  # fmt: skip


@due(ENDS, label=_("Contract ends"), of="crm.Contract", order=44, clock=True)
def endings(asked: Asked) -> Iterator[Due]:
    """The last day of what surely ends. Nobody has to do anything, so it is no line on Today."""
    if asked.user is None or asked.calendar or asked.subjects is not None:
        yield from _of_contracts(ENDS, asked, lambda one: one.end_on, _not_in_force, _surely_ends)


# ---- rights ------------------------------------------------------------------------------------------------------------
def _rights(asked: Asked) -> list[RightRow]:
    return list(asked.once("rights", lambda: list(_read_rights(asked))))


def _read_rights(asked: Asked) -> Iterator[RightRow]:
    rows = UsageRight.objects.visible_to(asked.user) if asked.user is not None else UsageRight.objects.all()
    if asked.subjects is not None:
        return rows_of(rows.filter(pk__in=asked.subjects), _people("contract_id"))
    return rows_of(rows.running().ending(*_days(asked)), _people("contract_id"))


def _of_right(right: RightRow) -> Due:
    who = _whom(right) if right.person is None else (right.person, right.person_name or "")
    return _due(
        ACCESS if right.is_access else RIGHT,
        right,
        right.end_on,
        subject=f"{UsageRight._meta.label_lower}:{right.pk}",
        title=_title(right.kind, is_access=right.is_access),
        who=who,
        url=f"{address(right.contract_id)}#rights",
        verb=_("Revoke access") if right.is_access else _("Extend or take down"),
        icon="broadcast" if right.is_access else "camera",
        stopped_why=_right_stopped(right),
        born_at=_known_since(right),
        facts=facts_of_right(right),
    )


def _due(kind: str, row: Any, on: dt.date, *, who: tuple[int | None, str], **more: Any) -> Due:
    """`row`: a right or a contract, with the names of brand and owner as columns."""
    return Due(
        kind=kind, due_on=on, due_at=end_of_day(on, row.zone), zone=row.zone, influencer_id=who[0], influencer_label=who[1],
        brand_id=row.brand_id, brand_label=row.brand_name, owner_id=row.owner_id, detail=f"{row.brand_name}, {row.title}",
        entered_at=row.signed_at, changed_at=row.updated_at, **more,
    )  # fmt: skip


@cache
def _title(kind: str, *, is_access: bool) -> Any:
    return _("Ads from her account end") if is_access else format_lazy(_("Right ends: {right}"), right=called(kind))


def address(contract: int) -> str:
    """Where it stands. Thousands of them stand on one clock: the pattern is looked up once."""
    before, after = _around_number()
    return f"{before}{contract}{after}"


@cache
def _around_number() -> list[str]:
    return reverse("contract", args=[0]).rsplit("0", 1)


def _right_stopped(right: RightRow) -> Any:
    if right.down_at is not None:
        return REVOKED if right.is_access else DOWN
    if right.status == Contract.Status.VOID:
        return VOID
    return "" if right.signed_at is not None else NOT_IN_FORCE


def _known_since(right: RightRow) -> dt.datetime | None:
    """From when on anybody could be asked: a right that has only just begun is not yet about to end."""
    begun = right.start_on if right.counted_from != UsageRight.From.FIXED else None
    moments = [right.signed_at, local_midnight(begun + A_DAY, right.zone) if begun else None]
    return max((at for at in moments if at is not None), default=None)


def _in_time(asked: Asked, right: RightRow) -> bool:
    return _is_asked(asked, end_of_day(right.end_on, right.zone))


# ---- contracts ---------------------------------------------------------------------------------------------------------
def _of_contracts(
    kind: str,
    asked: Asked,
    last_day: Callable[[Contract], dt.date | None],
    stopped: Callable[[Contract], Any],
    wanted: Callable[[Contract], bool],
) -> Iterator[Due]:
    for one in asked.once("contracts", lambda: _read_contracts(asked)):
        on = last_day(one) if wanted(one) else None
        why = stopped(one)
        if on is None or not _is_asked(asked, end_of_day(on, one.zone)) or (why and asked.subjects is None):
            continue
        said = WORDS[OPTION if kind == NOTICE and one.renewal == Contract.Renewal.OPTION else kind]
        yield _due(
            kind, one, on, subject=subject_of(one), title=said[0], who=_whom(one), url=address(one.pk), verb=said[1],
            icon=said[2], stopped_why=why, born_at=one.signed_at, facts=facts_of_contract(kind, one, one.owner_name),
        )  # fmt: skip


WORDS: dict[str, tuple[Any, Any, str]] = {
    NOTICE: (_("Last day for notice"), _("Decide"), "hourglass-split"),
    OPTION: (_("Last day for our option"), _("Decide"), "hourglass-split"),
    RENEWAL: (_("Does it go on?"), _("Decide"), "arrow-repeat"),
    ENDS: (_("Contract ends"), _("Open"), "file-earmark-text"),
}


def _read_contracts(asked: Asked) -> list[Contract]:
    rows = Contract.objects.visible_to(asked.user) if asked.user is not None else Contract.objects.all()
    if asked.subjects is not None:
        rows = rows.filter(pk__in=asked.subjects, end_on__isnull=False)
    else:
        rows = rows.in_force().filter(_near(*_days(asked)))
    # A look-up in one list: joining the follower of each is a search without an index where most have none.
    followed = Contract.objects.filter(replaces__isnull=False, signed_at__isnull=False).values("replaces")
    rows = rows.filter(amends__isnull=True).annotate(is_followed=Q(pk__in=followed))
    # Names as columns: a brand and a colleague of their own for each would be as much work as the contracts.
    names = {"brand_name": F("brand__name"), "owner_name": F("owner__name")}
    return list(rows.only(*NEEDED).annotate(**names, **_people("pk")))


def _near(first_on: dt.date, last_on: dt.date) -> Q:
    """Contracts whose last day, or day for notice, may lie between these two."""
    near = Q(end_on__gte=first_on, end_on__lte=last_on)
    auto, longer = Q(renewal__in=GOING_ON, end_on__gte=first_on), Q()
    for span, value, days in LENGTHS:
        near |= auto & Q(notice_span=span, notice_value__lte=value, end_on__lte=last_on + dt.timedelta(days=days))
        longer |= Q(notice_span=span, notice_value__lte=value)
    return Q(end_on__gte=first_on) & (near | (auto & ~longer))


def _notice_stopped(contract: Contract) -> Any:
    return NOTICED if contract.is_in_notice else _decided(contract)


def _decided(contract: Contract) -> Any:
    if getattr(contract, "is_followed", False):
        return FOLLOWED
    if contract.rests_since_on is not None:
        return RESTS
    return _not_in_force(contract) or (SETTLED if decided(contract) else "")


def _not_in_force(contract: Contract) -> Any:
    return "" if contract.is_in_force else NOT_IN_FORCE


def _surely_ends(contract: Contract) -> bool:
    by_itself = contract.renewal == Contract.Renewal.NONE or contract.is_in_notice
    return by_itself or decided(contract) == Decision.ENDS


# ---- both --------------------------------------------------------------------------------------------------------------
def _people(contract: str) -> dict[str, Any]:
    """The first of the people of a contract, and how many there are."""
    theirs = Party.objects.talents().filter(contract=OuterRef(contract)).order_by("pk")
    many = theirs.order_by().values("contract").annotate(many=Count("pk")).values("many")
    return {
        "talent": Subquery(theirs.values("influencer_id")[:1]),
        "talent_name": Subquery(theirs.values("influencer__stage_name")[:1]),
        "talents_many": Subquery(many),
    }


def _whom(row: Any) -> tuple[int | None, str]:
    """The one person it is about; of several, the first name and how many more."""
    more = (row.talents_many or 1) - 1
    return (row.talent if not more else None, f"{row.talent_name or ''}{f' +{more}' if more else ''}")


def _days(asked: Asked) -> tuple[dt.date, dt.date]:
    """The days asked for; one more on each side, because days begin at different hours."""
    first, last = asked.from_at or asked.now - BACK, asked.to_at or asked.now + FAR
    return (first - A_DAY).date(), (last + A_DAY).date()


def _is_asked(asked: Asked, due_at: dt.datetime) -> bool:
    return asked.subjects is not None or (asked.from_at or due_at) <= due_at <= (asked.to_at or due_at)
