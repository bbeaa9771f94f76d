"""A contract as the exclusivity rooms see it: for each person what she promised, from when, and how far it has come."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crm.base.anchors import AnchorKind, Day
from crm.base.places import Place
from crm.base.windows import day_window
from crm.base.zones import local_date
from crm.contracts.agreed import NOTHING, Ahead, ahead_of
from crm.contracts.models import Contract, Party, PayLine, PromisedPost
from crm.contracts.rights import first_day, rights_follow
from crm.exclusivity.bars import bar_of, has_bars, sells_of
from crm.exclusivity.conflicts import Conflict, conflict_source, find_conflicts
from crm.exclusivity.gate import Door
from crm.exclusivity.models import Clause, Finding
from crm.exclusivity.promising import Work, keep_in_line
from crm.exclusivity.terms import Act, Certainty, Engagement, Standing
from crm.timeline.record import Actor, subject_of


@dataclass(frozen=True)
class Carried:
    """What another room makes of a person's contract: days and work, and the promised posts it has taken over.

    `works` are the names of what is done under it; what was promised there about other brands is promised under it, too.
    """

    days: tuple[Day, ...] = ()
    promised: tuple[Engagement, ...] = ()
    happened: tuple[Engagement, ...] = ()
    posts: frozenset[int] = field(default_factory=frozenset)
    works: tuple[str, ...] = ()

    def __add__(self, other: "Carried") -> "Carried":
        return Carried(
            self.days + other.days,
            self.promised + other.promised,
            self.happened + other.happened,
            self.posts | other.posts,
            self.works + other.works,
        )


carries_out: Place[Callable[[Collection[int]], Mapping[int, Carried]]] = Place("carries_out")
"""`@carries_out("planning")`: function(parties' ids) -> {party id: what is planned and done under her contract}."""

contract_moved: Place[Callable[[Contract, Door, Actor], list[Conflict]]] = Place("contract_moved")
"""`@contract_moved("planning")`: function(contract, door, actor), in the transaction that moved it, after its own claims:
what is done under it follows. Whatever is promised there may be refused."""

renewal_drafted: Place[Callable[[Contract, Contract, dt.datetime, Actor], None]] = Place("renewal_drafted")
"""`@renewal_drafted("ambassadors")`: function(former, fresh, at, actor), in the transaction that drafted the contract that comes
after another: what other rooms keep beside the former is drafted for the fresh one."""

STANDINGS: dict[str, Standing] = {
    Contract.Status.DRAFT: Standing.DRAFT,
    Contract.Status.IN_REVIEW: Standing.DRAFT,
    Contract.Status.SENT: Standing.PROPOSED,
}
OFF = (Contract.Status.DECLINED, Contract.Status.EXPIRED, Contract.Status.VOID, Contract.Status.SUPERSEDED)


def standing_of(contract: Contract) -> Standing:
    """Where its clauses belong."""
    if contract.status in OFF:
        return Standing.VOID
    return STANDINGS.get(contract.status, Standing.ACTIVE)


def works_of(contract: Contract) -> list[Work]:
    """One work for each person of the contract. A fixed number of queries."""
    return _works(contract, contract.talents, with_plans=standing_of(contract) == Standing.ACTIVE)


def follow_contract(
    contract: Contract, door: Door, *, actor: Actor, former: Collection[PromisedPost] = ()
) -> list[Conflict]:
    """Bring windows, clauses, claims and rights of everybody in line with it, inside the transaction that changed it.

    `former` are posts it no longer has. Raises PromiseRefused, and then nothing may stay changed.
    """
    _follow_rights(contract, door, actor)
    gone, taken = [subject_of(post) for post in former], _taken_over(contract)
    found = [
        one
        for work in works_of(contract)
        for one in keep_in_line(work, door, former=[*gone, *taken(work)], actor=actor)
    ]
    return found + tell_moved(contract, door, actor=actor)


def tell_moved(contract: Contract, door: Door, *, actor: Actor) -> list[Conflict]:
    """Let what is done under it follow, where its own promises have followed already. Raises PromiseRefused."""
    return [one for placed in contract_moved.all() for one in placed.call(contract, door, actor)]


def follow_party(party: Party, door: Door, *, actor: Actor, is_choice: bool = False) -> list[Conflict]:
    """The same for one of its people, when what is planned or done under it has changed. Raises PromiseRefused."""
    contract = Contract.objects.with_terms().get(pk=party.contract_id)
    _follow_rights(contract, door, actor)
    is_firm = standing_of(contract) == Standing.ACTIVE
    (work,) = _works(contract, [party], with_plans=is_firm)
    return keep_in_line(work, door, former=_taken_over(contract)(work), actor=actor, is_choice=is_choice)


def _follow_rights(contract: Contract, door: Door, actor: Actor) -> None:
    """Rights run from the first post that is out, of hers or of everybody's, wherever posts are seen."""
    carried = _carried({party.pk for party in contract.talents}) if contract.rights.from_posts().exists() else {}
    first_posts = {pk: first_day(more.happened, contract.zone) for pk, more in carried.items()}
    rights_follow(contract, {pk: on for pk, on in first_posts.items() if on}, at=door.now, actor=actor)


def _taken_over(contract: Contract) -> Callable[[Work], list[str]]:
    """Which posts of a work claim nothing of their own any more, because something that is planned stands for them."""
    people = {party.pk: party.influencer_id for party in contract.talents}
    refs = [(people.get(post.party_id), subject_of(post)) for post in contract.owed]

    def of(work: Work) -> list[str]:
        return sorted({ref for person, ref in refs if person == work.person} - {one.ref for one in work.promised})

    return of


def _works(contract: Contract, parties: Sequence[Party], *, with_plans: bool) -> list[Work]:
    """`with_plans`: what is planned and done elsewhere belongs to it; before it is signed, whoever plans answers for that."""
    carried = _carried({party.pk for party in parties})
    if not with_plans:
        carried = {pk: replace(more, promised=(), happened=()) for pk, more in carried.items()}
    ahead = ahead_of([contract])[contract.pk]
    posts = contract.owed
    is_paid = any(line.kind == PayLine.Kind.CASH_FEE and line.amount for line in contract.lines.all())
    company = sells_of({contract.brand_id}).get(contract.brand_id, frozenset())
    return [
        _work(
            contract,
            party,
            [post for post in posts if post.party_id == party.pk],
            carried[party.pk],
            is_paid,
            company,
            ahead,
        )
        for party in parties
    ]


def conflicts_of(contract: Contract, now: dt.datetime) -> list[Conflict]:
    """What it would hit, were it signed now, the worst first. One query where nobody of its people is barred."""
    people = contract.people
    if not has_bars(people):
        return []
    works = _works(contract, contract.talents, with_plans=True)
    clauses = list(Clause.objects.filter(work_ref__in=[work.ref for work in works]).speaking().with_scope())
    return find_conflicts(
        people,
        engagements=[one for work in works for one in work.promised],
        bars=[replace(bar_of(clause), standing=Standing.ACTIVE) for clause in clauses],
        now=now,
        is_signing=contract.signed_at is None,
        excused=Finding.objects.of_people(people).waived_pairs(),
    )


def _work(
    contract: Contract,
    party: Party,
    posts: list[PromisedPost],
    more: Carried,
    is_paid: bool,
    company: frozenset[int],
    ahead: Ahead,
) -> Work:
    own = [post for post in posts if post.pk not in more.posts]
    return Work(
        ref=subject_of(party),
        person=party.influencer_id or 0,
        standing=standing_of(contract),
        promised=[*(_engagement(contract, party, post, is_paid, company, ahead) for post in own), *more.promised],
        happened=more.happened,
        days=[*days_of(contract, party, own, ahead), *more.days],
    )


def days_of(contract: Contract, party: Party, posts: Iterable[PromisedPost], ahead: Ahead = NOTHING) -> list[Day]:
    """The days of the contract itself that something may be counted from, for one of its people and these posts of hers."""
    return [*_days(contract, party, ahead), *_post_days(contract, posts, ahead)]


def _days(contract: Contract, party: Party, ahead: Ahead) -> Iterable[Day]:
    ref, zone, last = subject_of(party), contract.zone, ahead.end_of(contract)
    if contract.start_on and last:
        yield Day(ref, AnchorKind.TERM, contract.start_on, last, zone)
    if contract.signed_at is not None:
        on = local_date(contract.signed_at, zone)
        yield Day(ref, AnchorKind.SIGNATURE, on, on, zone, contract.signed_at)


def _post_days(contract: Contract, posts: Iterable[PromisedPost], ahead: Ahead) -> Iterable[Day]:
    for post in posts:
        first, last = _spread(contract, post, ahead)
        if first and last:
            yield Day(subject_of(post), AnchorKind.POST, first, last, contract.zone)


def _engagement(
    contract: Contract, party: Party, post: PromisedPost, is_paid: bool, company: frozenset[int], ahead: Ahead = NOTHING
) -> Engagement:
    return Engagement(
        ref=subject_of(post),
        people=frozenset({party.influencer_id or 0}),
        brand=contract.brand_id,
        window=day_window(*_spread(contract, post, ahead), contract.zone),
        act=Act.PAID_POST if is_paid else Act.GIFTED_POST,
        certainty=CERTAINTIES[standing_of(contract)],
        categories=frozenset({contract.category_id}) if contract.category_id else None,
        company=company,
        platform=post.format.platform_id,
        format=post.format_id,
        territories=None,
        presence=None,
        committed_at=ahead.since(contract, post),
        label=f"{post} · {contract}",
    )


def _spread(contract: Contract, post: PromisedPost, ahead: Ahead) -> tuple[dt.date | None, dt.date | None]:
    """Between which days a post falls; one without a day of its own may come on any day of the term."""
    due = ahead.day_of(post)
    return due or contract.start_on, due or ahead.end_of(contract)


CERTAINTIES = {
    Standing.DRAFT: Certainty.DRAFT,
    Standing.PROPOSED: Certainty.PROPOSED,
    Standing.ACTIVE: Certainty.SIGNED,
    Standing.VOID: Certainty.DRAFT,
}


def refs_of(parties: Iterable[Party]) -> list[str]:
    """Where these people's promises about other brands are kept: with the contract itself, and with what is done under it."""
    own = {party.pk: subject_of(party) for party in parties if party.is_talent}
    return [*own.values(), *(ref for more in _carried(own).values() for ref in more.works)]


def _carried(parties: Collection[int]) -> dict[int, Carried]:
    found = {party: Carried() for party in parties}
    for placed in carries_out.all():
        for party, carried in placed.call(parties).items():
            found[party] += carried
    return found


def taken_over(parties: Collection[int]) -> frozenset[int]:
    """Promised posts of these parties that another room plans and follows now."""
    return frozenset(pk for carried in _carried(parties).values() for pk in carried.posts)


@conflict_source("contracts")
def promised_posts(people: Collection[int], now: dt.datetime) -> list[Engagement]:
    """Posts promised in contracts that are open, as far as no campaign has taken them over."""
    rows = PromisedPost.objects.standing().filter(
        party__influencer_id__among=set(people), contract__status__in=Contract.OPEN
    )
    found = list(rows.select_related("format", "contract", "party").prefetch_related("contract__lines").order_by("pk"))
    carried = _carried({post.party_id for post in found})
    sells = sells_of({post.contract.brand_id for post in found})
    ahead = ahead_of({post.contract for post in found})
    return [
        _engagement(
            post.contract, post.party, post,
            any(line.kind == PayLine.Kind.CASH_FEE for line in post.contract.lines.all()),
            sells.get(post.contract.brand_id, frozenset()), ahead[post.contract_id],
        )
        for post in found
        if post.pk not in carried[post.party_id].posts
    ]  # fmt: skip
