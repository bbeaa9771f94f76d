"""What is due while a contract waits for somebody's yes: her signature, and an answer before the offer ends.

Both are about the same side of the contract and take turns in one series. A question or another price of hers holds them
until we have answered.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.zones import end_of_day, local_date
from crm.contracts.actions.answers import ASKED
from crm.contracts.actions.sending import routes_of, until_in_both
from crm.contracts.models import Contract, Party
from crm.influencers.queries.mail import Route
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

SIGN, OFFER = "contract.sign", "contract.offer"
SHOWN_AFTER = dt.timedelta(days=7)
"""From when on a contract nobody signs stands on Today; until then she is reminded."""
SIGNED, DECLINED, CLOSED = _("It is signed"), _("It was declined"), _("It is not open for signing")
WAITS_FOR_US, TOGETHER = _("She waits for our answer"), _("It is asked together with somebody else's")


@dataclass(frozen=True)
class Waiting:
    """One side of a contract, who is asked about it, and what stops that."""

    party: Party
    route: Route
    people: str
    stopped_why: Any
    on_hold: bool
    went_on_at: dt.datetime | None


@due(SIGN, label=_("Signatures"), of="crm.Party", order=20, clock=True, on_calendar=False)
def signatures(asked: Asked) -> Iterator[Due]:
    """From the day it was sent, until she has signed or said no. On Today only once reminding did not help."""
    for waiting in _waiting(asked):
        contract = waiting.party.contract
        if contract.sent_at is None:
            continue
        if asked.calendar and contract.offer_until_on is not None:
            continue  # its last day stands there already
        is_young = asked.now < contract.sent_at + SHOWN_AFTER
        if asked.user is not None and asked.subjects is None and is_young and not asked.calendar:
            continue
        yield from wanted(_due(SIGN, waiting, local_date(contract.sent_at, contract.zone)), asked)


@due(OFFER, label=_("Offers"), of="crm.Party", order=21, clock=True)
def offers(asked: Asked) -> Iterator[Due]:
    """The last day of an offer that nobody has answered."""
    for waiting in _waiting(asked):
        on = waiting.party.contract.offer_until_on
        if on is not None:
            yield from wanted(_due(OFFER, waiting, on), asked)


def _waiting(asked: Asked) -> Sequence[Waiting]:
    """The sides asked for, read once for both kinds."""
    read = _seen_waiting if asked.calendar else _read_waiting
    return asked.once("waiting", lambda: list(read(asked)))  # type: ignore[no-any-return]


def _read_waiting(asked: Asked) -> Iterator[Waiting]:
    """In a fixed number of queries; of several with the same contact the first speaks for all."""
    parties = list(_parties(asked))
    routes = routes_of(parties, asked.now)
    answers = _answers({party.contract_id for party in parties})
    told: dict[int, set[int]] = defaultdict(set)
    sides: dict[int, list[Party]] = defaultdict(list)
    for party in parties:
        sides[party.contract_id].append(party)
    for party in parties:
        route, spoken = routes[party.pk], told[party.contract_id]
        is_open = not _closed(party)
        fresh = tuple(contact for contact in route.to if contact not in spoken)
        if is_open:
            spoken.update(route.everybody)
        if asked.subjects is not None and party.pk not in asked.subjects:
            continue
        open_asks, answered_at = answers.get(party.contract_id, (False, None))
        why = _closed(party) or (WAITS_FOR_US if open_asks else "") or (TOGETHER if route.to and not fresh else "")
        people = ", ".join(_together(party, sides[party.contract_id], routes))
        copies = tuple(contact for contact in route.copies if contact not in fresh)
        yield Waiting(party, Route(fresh, copies), people, why, why == WAITS_FOR_US, answered_at)


def _seen_waiting(asked: Asked) -> Iterator[Waiting]:
    """For those who only look: nobody is written to, so nobody's address is asked for. One query."""
    for party in _parties(asked):
        yield Waiting(party, Route((), ()), party.name, "", on_hold=False, went_on_at=None)


def _parties(asked: Asked) -> QuerySet[Party]:
    rows = Party.objects.talents().select_related("contract__brand", "contract__owner", "influencer", "signature")
    rows = rows.order_by("contract_id", "pk")
    if asked.user is not None:
        rows = rows.filter(pk__in=Party.objects.visible_to(asked.user).values("pk"))
    if asked.subjects is not None:
        return rows.filter(contract__in=Party.objects.filter(pk__in=asked.subjects).values("contract"))
    return rows.filter(contract__status=Contract.Status.SENT, signature__isnull=True)


def _closed(party: Party) -> Any:
    if hasattr(party, "signature"):
        return SIGNED
    status = party.contract.status
    return DECLINED if status == Contract.Status.DECLINED else "" if status == Contract.Status.SENT else CLOSED


def _answers(contracts: set[int]) -> dict[int, tuple[bool, dt.datetime | None]]:
    """For each contract whether something of hers waits for us, and when we answered last."""
    subjects = {f"{Contract._meta.label_lower}:{pk}": pk for pk in contracts}
    rows = Todo.objects.filter(key__startswith=ASKED, subject__among=sorted(subjects)) if subjects else ()
    found: dict[int, tuple[bool, dt.datetime | None]] = {}
    for todo in rows:
        is_open, last = found.get(subjects[todo.subject], (False, None))
        done = [at for at in (last, todo.done_at) if at is not None]
        found[subjects[todo.subject]] = (is_open or todo.done_at is None, max(done, default=None))
    return found


def _together(party: Party, sides: Sequence[Party], routes: dict[int, Route]) -> list[str]:
    """Everybody this side's contacts are asked for in the same contract."""
    mine = set(routes[party.pk].to)
    same = [one for one in sides if not _closed(one)]
    return [one.name for one in same if one == party or mine & set(routes[one.pk].to)]


def _due(kind: str, waiting: Waiting, on: dt.date) -> Due:
    party, contract = waiting.party, waiting.party.contract
    title = _("Signature of “{title}”") if kind == SIGN else _("Answer to the offer “{title}”")
    return Due(
        kind=kind,
        subject=subject_of(party),
        due_on=on,
        due_at=end_of_day(on, contract.zone),
        zone=contract.zone,
        title=format_lazy(title, title=contract.title),
        influencer_id=party.influencer_id,
        influencer_label=party.name,
        brand_id=contract.brand_id,
        brand_label=contract.brand.name,
        owner_id=contract.owner_id,
        contact_ids=waiting.route.to,
        copy_ids=waiting.route.copies,
        url=reverse("contract", args=[contract.pk]),
        verb=_("Look at it"),
        icon="file-earmark-text",
        detail=contract.brand.name,
        stopped_why=waiting.stopped_why,
        on_hold=waiting.on_hold,
        went_on_at=waiting.went_on_at,
        born_at=contract.sent_at,
        changed_at=contract.updated_at,
        facts=_facts(waiting),
    )


def _facts(waiting: Waiting) -> dict[str, Any]:
    party, contract = waiting.party, waiting.party.contract
    owner = contract.owner
    return {
        "person": party.name,
        "form_of_address": contract.brand.form_of_address,
        "brand": contract.brand.name,
        "owner": owner.name,
        "owner_phone": str(owner.phone or ""),
        "owner_email": owner.email,
        "page": {"influencer": party.influencer_id, "brand": contract.brand_id},
        "words": {
            "title": contract.title,
            "people": waiting.people,
            "until": until_in_both(contract.offer_until_on),
        },
    }
