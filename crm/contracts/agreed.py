"""What signed amendments will change on their day: promises are kept to it from the signature on."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from crm.contracts.models import Contract, PromisedPost, TermChange
from crm.contracts.models.changes import parsed_day
from crm.timeline.record import subject_of

What = TermChange.What


@dataclass(frozen=True)
class Ahead:
    """Last days and posts' days that are agreed and not yet in the rows of a contract."""

    ends: Mapping[dt.date | None, dt.date | None] = field(default_factory=dict)
    posts: Mapping[str, dt.date | None] = field(default_factory=dict)
    moved: Mapping[str, dt.datetime | None] = field(default_factory=dict)

    def end_of(self, contract: Contract) -> dt.date | None:
        """Its last day as it is agreed by now."""
        return self.ends.get(contract.end_on, contract.end_on)

    def day_of(self, post: PromisedPost) -> dt.date | None:
        """The day of a post as it is agreed by now."""
        return self.posts.get(subject_of(post), post.due_on) if self.posts else post.due_on

    def since(self, contract: Contract, post: PromisedPost) -> dt.datetime | None:
        """Since when the post is promised for the days it has now."""
        return self.moved.get(subject_of(post), contract.signed_at) if self.moved else contract.signed_at


NOTHING = Ahead()


def ahead_of(contracts: Collection[Contract]) -> dict[int, Ahead]:
    """What signed amendments make of each of these contracts. One query where one of them was signed, else none."""
    roots = {contract.pk: contract.amends_id or contract.pk for contract in contracts if contract.signed_at}
    found: dict[int, list[TermChange]] = {root: [] for root in roots.values()}
    for change in TermChange.objects.agreed_for(found) if found else ():
        found[change.amendment.amends_id or 0].append(change)
    made = {root: _ahead(changes) for root, changes in found.items() if changes}
    return {contract.pk: made.get(roots.get(contract.pk, 0), NOTHING) for contract in contracts}


def _ahead(changes: list[TermChange]) -> Ahead:
    moved = [one for one in changes if one.what == What.POST_MOVED]
    return Ahead(
        ends={_day(one.was): _day(one.becomes) for one in changes if one.what == What.LAST_DAY and not one.is_done},
        posts={one.target: parsed_day(one.becomes.get("due_on")) for one in moved if not one.is_done},
        moved={one.target: one.amendment.signed_at for one in moved},
    )


def _day(said: Mapping[str, str | None]) -> dt.date | None:
    return parsed_day(said.get("end_on"))
