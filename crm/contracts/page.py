"""One contract's page, in a fixed number of queries."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm.base.text import markdown_html
from crm.base.zones import local_date
from crm.contracts.actions.signing import needs_approval
from crm.contracts.actions.words import right_in_words, words_of
from crm.contracts.diff import Difference, Paragraph, differences_of, words_apart
from crm.contracts.ending import tail_of
from crm.contracts.models import Bid, Contract, Notice, Party, PayLine, PromisedPost, UsageRight
from crm.contracts.verbs import verbs_for
from crm.contracts.works import conflicts_of, refs_of
from crm.contracts.worth import Worth, worth_of
from crm.exclusivity.explaining import Explained, explain
from crm.exclusivity.models import Clause, ClauseRest
from crm.exclusivity.renewing import ends_on_its_anniversary
from crm.exclusivity.terms import Standing
from crm.exclusivity.words import allowed_in_words, sentence_of
from crm.timeline.models import Entry
from crm.timeline.queries import lines_of
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

RECENT = 12


@dataclass(frozen=True)
class Side:
    """One party and whether it has signed."""

    party: Party
    signature: Any
    must_sign: bool


@dataclass(frozen=True)
class PostLine:
    """Posts alike, as one line."""

    post: PromisedPost
    count: int


@dataclass(frozen=True)
class Amendment:
    """One amendment with what it changes, term by term."""

    contract: Contract
    changes: list[Difference]


@dataclass(frozen=True)
class ContractPage:
    """Everything on a contract's page."""

    contract: Contract
    sides: list[Side]
    lines: list[PayLine]
    sums: list[Worth]
    posts: list[PostLine]
    rights: list[tuple[UsageRight, str]]
    clauses: list[tuple[Clause, str, str]]
    against: list[Explained]
    bids: list[Bid]
    words: Any
    story: Any
    waits_for_approval: bool
    notice_until: dt.date | None
    notices: list[Notice]
    odd_end: bool
    verbs: Sequence[Any]
    changes: list[Difference]
    amendments: list[Amendment]
    apart: list[Paragraph]

    @property
    def talents(self) -> list[Party]:
        return [side.party for side in self.sides if side.party.is_talent]

    @property
    def may_be_sent(self) -> bool:
        """Sending it is the next step: it says something, somebody has to sign it, and nobody has to approve it first."""
        says = bool(self.words or self.contract.is_theirs)
        is_waited_for = any(side.party.is_talent and side.signature is None for side in self.sides)
        return self.contract.is_editable and says and is_waited_for and not self.waits_for_approval

    @property
    def own_refs(self) -> list[str]:
        """Where promises are kept that are changed here; those of what is done under it are changed there."""
        return [subject_of(party) for party in self.talents]

    @property
    def may_be_signed(self) -> bool:
        """Somebody's yes can be put on file now."""
        is_open = self.contract.is_editable or self.contract.status == Contract.Status.SENT
        return is_open and not self.waits_for_approval


def page_of(contract: Contract, user: "User", now: dt.datetime) -> ContractPage:
    """Read it whole."""
    parties, lines = list(contract.parties.all()), list(contract.lines.all())
    waits = contract.is_editable and needs_approval(contract)
    clauses = _clauses(parties)
    story = Entry.objects.visible_to(user).filter(subject=subject_of(contract)).newest_first()[:RECENT]
    return ContractPage(
        contract=contract,
        sides=[Side(one, getattr(one, "signature", None), one.role in Party.SIGNING) for one in parties],
        lines=lines,
        sums=worth_of(lines),
        posts=_posts(contract),
        rights=[(one, right_in_words(one)) for one in contract.rights.all()],
        clauses=[
            (one, sentence_of(one), f"{allowed_in_words(one)} {tail_of(one)}".strip())
            for one in clauses
            if one.standing != Standing.VOID
        ],
        against=explain(conflicts_of(contract, now), user, now) if contract.is_editable else [],
        bids=list(contract.bids.select_related("noted_by")),
        words=markdown_html(words_of(contract)),
        story=lines_of(_once(story), user.zone),
        waits_for_approval=waits,
        notice_until=_notice_until(contract, local_date(now, contract.zone)),
        notices=list(contract.notices.select_related("document")) if contract.signed_at else [],
        odd_end=bool(
            contract.start_on and contract.end_on and ends_on_its_anniversary(contract.start_on, contract.end_on)
        ),
        verbs=verbs_for(contract, user, waits=waits, may_rest=_may_rest(clauses), rests=_rests(clauses)),
        changes=differences_of(contract.changes.all()) if contract.amends_id else [],
        amendments=amendments_of(contract, user),
        apart=_apart(contract),
    )


def _once(story: Any) -> list[Entry]:
    """What was told to several people's stories at once is read once here."""
    seen: dict[tuple[Any, ...], Entry] = {}
    for entry in story:
        seen.setdefault((entry.at, entry.verb, entry.sentence_en), entry)
    return list(seen.values())


def _posts(contract: Contract) -> list[PostLine]:
    rows = contract.owed
    alike = Counter((row.party_id, row.format_id, row.due_on, row.note) for row in rows)
    first: dict[tuple[Any, ...], PromisedPost] = {}
    for row in rows:
        first.setdefault((row.party_id, row.format_id, row.due_on, row.note), row)
    return [PostLine(row, alike[key]) for key, row in first.items()]


def amendments_of(contract: Contract, user: "User") -> list[Amendment]:
    """What amends a signed contract, the oldest first, each with what it changes. Two queries at most."""
    if contract.signed_at is None or contract.amends_id:
        return []
    rows = contract.amendments.visible_to(user).prefetch_related("changes").order_by("pk")
    return [Amendment(row, differences_of(row.changes.all())) for row in rows]


def _apart(contract: Contract) -> list[Paragraph]:
    """Where its words differ from those of the contract it comes after."""
    if not contract.replaces_id or contract.replaces is None or not contract.replaces.text:
        return []
    return words_apart(contract.replaces.text, words_of(contract))


def _may_rest(clauses: list[Clause]) -> bool:
    return any(one.suspend_during_pause and one.standing == Standing.ACTIVE for one in clauses)


def _rests(clauses: list[Clause]) -> bool:
    return _may_rest(clauses) and ClauseRest.objects.filter(clause__in=clauses, last_on__isnull=True).exists()


def _clauses(parties: list[Party]) -> list[Clause]:
    return list(Clause.objects.filter(work_ref__in=refs_of(parties)).select_related("influencer").with_scope())


def _notice_until(contract: Contract, today: dt.date) -> dt.date | None:
    """The last day on which notice is in time, while it still is."""
    if contract.term is None or not contract.notice_value or not contract.is_in_force:
        return None
    deadline = contract.term.notice_until()
    return deadline if deadline >= today else None
