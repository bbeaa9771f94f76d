"""What a row comes to: new, an update, unchanged, a duplicate, a case for a person, rejected. Pure: asks nobody."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from crm.influencers.imports.facts import Facts, Figures
from crm.influencers.imports.remarks import Remark
from crm.influencers.imports.values import Account, Price, is_blank
from crm.influencers.models import ImportRow

Verdict = ImportRow.Verdict

PERSON_FIELDS = ("legal_name", "city", "country", "birth_on")
CONTACT_FIELDS = ("phone", "email")
FIELDS = ("stage_name", *PERSON_FIELDS, *CONTACT_FIELDS)
COMPARED = ("name", *PERSON_FIELDS, *CONTACT_FIELDS, "niches", "figures", "price_said", "notes", "lines")


@dataclass(slots=True)
class KnownAccount:
    """An account on file, with the figures it has for the moment the file's numbers are from."""

    pk: int
    account: Account
    followers: int | None = None
    followers_at: dt.datetime | None = None
    tier_override: str = ""
    figures: list[Figures] = field(default_factory=list)


@dataclass(slots=True)
class KnownPerson:
    """Somebody on file, as far as a row could change her."""

    pk: int
    name: str
    values: dict[str, str] = field(default_factory=dict)
    contact_pk: int | None = None
    do_not_contact: bool = False
    accounts: list[KnownAccount] = field(default_factory=list)
    niches: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    prices: set[Price] = field(default_factory=set)
    prices_said: set[str] = field(default_factory=set)
    priced: set[tuple[str, str]] = field(default_factory=set)
    """Platform and format of every price that begins on the day the file speaks of."""

    def account(self, account: Account) -> KnownAccount | None:
        """Her account of that platform and handle, if she has it."""
        return next((known for known in self.accounts if known.account == account), None)


@dataclass(slots=True)
class Known:
    """Everybody on file whom some rows could mean."""

    by_account: dict[Account, KnownPerson] = field(default_factory=dict)
    by_name: dict[str, list[KnownPerson]] = field(default_factory=dict)
    chosen: dict[int, KnownPerson] = field(default_factory=dict)

    def people(self, facts: Facts) -> list[KnownPerson]:
        """Who the row's accounts belong to, or, without accounts, the one person the row must mean."""
        owners = [self.by_account[account] for account in facts.accounts if account in self.by_account]
        if facts.accounts:
            return list({person.pk: person for person in owners}.values())
        alike = [person for person in self.by_name.get(facts.name.casefold(), ()) if _is_meant(person, facts)]
        return alike if len(alike) == 1 else []


def _is_meant(person: KnownPerson, facts: Facts) -> bool:
    """A row without any account means a namesake who has none either, or the same phone number or address."""
    shared = any(getattr(facts, name) and person.values.get(name) == getattr(facts, name) for name in CONTACT_FIELDS)
    return shared or not person.accounts


@dataclass(slots=True)
class Decision:
    """A verdict and what would be written for it."""

    verdict: Verdict
    person: KnownPerson | None = None
    remarks: list[Remark] = field(default_factory=list)
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    do_not_contact: bool = False
    accounts: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    recounted: list[int] = field(default_factory=list)
    counted_before: list[tuple[int | None, dt.datetime | None]] = field(default_factory=list)
    niches: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bar: bool = False
    price: bool = False

    @property
    def changes_something(self) -> bool:
        return bool(
            self.fields
            or self.do_not_contact
            or self.accounts
            or self.figures
            or self.niches
            or self.lines
            or self.notes
            or self.bar
            or self.price
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """How a run treats who is already known: when its numbers are from, and whether it overrules what is on file."""

    counted_at: dt.datetime
    replaces_known: bool = False


def decide(facts: Facts, known: Known, policy: Policy, chosen: int | None = None) -> Decision:
    """The verdict on a row that the file itself does not settle; `chosen` is whose it is, as somebody settled it."""
    people = known.people(facts)
    if len(people) > 1:
        picked = next((person for person in people if person.pk == chosen), None)
        if picked is None:
            names = ", ".join(f"{person.name} (#{person.pk})" for person in people)
            return Decision(Verdict.CONFLICT, remarks=[Remark("two-people", text=names)])
        return _update(facts, picked, policy, [Remark("chosen", text=picked.name)], known)
    if people:
        return _update(facts, people[0], policy, [], known)
    if chosen in known.chosen:
        return _update(facts, known.chosen[chosen], policy, [Remark("chosen", text=known.chosen[chosen].name)], known)
    return _new(facts, known)


def _new(facts: Facts, known: Known) -> Decision:
    namesakes = known.by_name.get(facts.name.casefold(), ())
    return Decision(
        Verdict.NEW,
        remarks=[Remark(_why_new(facts, namesakes=bool(namesakes)))],
        do_not_contact=facts.do_not_contact,
        accounts=list(range(len(facts.accounts))),
        figures=[at for at, figures in enumerate(facts.figures) if figures],
        niches=facts.niches,
        lines=facts.lines,
        notes=facts.notes,
        bar=facts.bar is not None,
        price=facts.price is not None,
    )


def _why_new(facts: Facts, *, namesakes: bool) -> str:
    if namesakes:
        return "same-name-existing"
    return "nobody-yet" if facts.accounts else "nobody-called"


def _update(facts: Facts, person: KnownPerson, policy: Policy, remarks: list[Remark], known: Known) -> Decision:
    decision = Decision(Verdict.UPDATE, person, remarks)
    _fields(decision, facts, person, policy)
    for at, account in enumerate(facts.accounts):
        _account(decision, at, facts, person, policy, free=account not in known.by_account)
    decision.do_not_contact = facts.do_not_contact and not person.do_not_contact
    decision.niches = [code for code in facts.niches if code not in person.niches]
    decision.lines = [line for line in facts.lines if line not in person.lines]
    decision.notes = [note for note in facts.notes if note not in person.lines]
    decision.bar = facts.bar is not None and facts.bar[2] not in person.lines
    _price(decision, facts, person)
    if not decision.changes_something:
        decision.verdict = Verdict.UNCHANGED
        remarks.append(Remark("nothing-new"))
    return decision


def _fields(decision: Decision, facts: Facts, person: KnownPerson, policy: Policy) -> None:
    said: dict[str, list[str]] = {"fills": [], "replaces": [], "keeps": []}
    handles = {account.handle for account in (*facts.accounts, *(known.account for known in person.accounts))}
    for name in FIELDS:
        value, old = facts.name if name == "stage_name" else getattr(facts, name), person.values.get(name, "")
        if not value or value == old or (name == "stage_name" and value in handles):
            continue
        stands_in = name == "stage_name" and old in handles
        how = "fills" if not old or stands_in else "replaces" if policy.replaces_known else "keeps"
        said[how].append(name)
        if how != "keeps":
            decision.fields[name] = (old, value)
    decision.remarks.extend(Remark(how, text=",".join(names)) for how, names in said.items() if names)


def _account(decision: Decision, at: int, facts: Facts, person: KnownPerson, policy: Policy, *, free: bool) -> None:
    account, figures = facts.accounts[at], facts.figures[at]
    known = person.account(account)
    if known is None:
        if free:
            decision.accounts.append(at)
            decision.remarks.append(Remark("new-account", text=f"@{account.handle} ({account.platform})"))
            decision.figures.extend([at] if figures else [])
        return
    if not figures or figures in known.figures:
        return
    decision.figures.append(at)
    if known.followers_at and known.followers_at > policy.counted_at:
        decision.remarks.append(Remark("older-figures"))
        return
    decision.remarks.append(Remark("figures"))
    if "followers" in figures:
        decision.recounted.append(at)
        decision.counted_before.append((known.followers, known.followers_at))


def _price(decision: Decision, facts: Facts, person: KnownPerson) -> None:
    """A price nobody has yet; of two for the same from one day the first counts, and the other is kept as a note."""
    is_known = facts.price in person.prices or facts.price_said in (*person.prices_said, *person.lines)
    if facts.price is None or is_known:
        return
    decision.price = not _priced_as(facts) & person.priced
    if not decision.price:
        decision.lines = [*decision.lines, facts.price_said]
        decision.remarks.append(Remark("price-same-day", text=facts.price_said))


def _priced_as(facts: Facts) -> set[tuple[str, str]]:
    content = facts.price.content if facts.price else ""
    return {(account.platform, content) for account in facts.accounts} if content else {("", "")}


def apply(decision: Decision, facts: Facts, policy: Policy) -> None:
    """Let what is known of the person follow the decision, for later rows about her."""
    person = decision.person
    if person is None or decision.verdict != Verdict.UPDATE:
        return
    person.values |= {name: new for name, (_old, new) in decision.fields.items()}
    person.do_not_contact = person.do_not_contact or decision.do_not_contact
    person.accounts.extend(KnownAccount(0, facts.accounts[at]) for at in decision.accounts)
    for at in decision.figures:
        known = person.account(facts.accounts[at])
        if known is not None:
            known.figures.append(facts.figures[at])
    for at in {*decision.recounted, *decision.accounts}:
        known = person.account(facts.accounts[at])
        if known is not None and "followers" in facts.figures[at]:
            known.followers, known.followers_at = int(facts.figures[at]["followers"]), policy.counted_at
    person.niches.update(decision.niches)
    person.lines.update(decision.lines, decision.notes, [facts.bar[2]] if facts.bar else [])
    if facts.price:
        person.prices.add(facts.price)
        person.priced |= _priced_as(facts) if decision.price else set()


class FileVerdicts:
    """What the file alone settles, row by row in its order: empty rows, duplicates, namesakes."""

    def __init__(self) -> None:
        self._accounts: dict[Account, int] = {}
        self._without_account: dict[tuple[str, ...], int] = {}
        self._names: dict[str, int] = {}
        self._facts: dict[int, Facts] = {}

    def settle(self, line: int, facts: Facts, cells: Iterable[str]) -> Decision | None:
        """A final verdict, or None when it depends on who is on file; remarks of the file are added either way."""
        if not facts.name and not facts.accounts:
            code = "empty" if all(is_blank(cell) for cell in cells) else "no-name-no-handle"
            return Decision(Verdict.REJECTED, remarks=[Remark(code)])
        earlier = next((self._accounts[account] for account in facts.accounts if account in self._accounts), None)
        if earlier is not None:
            return Decision(Verdict.DUPLICATE, remarks=self._duplicate(earlier, facts))
        if not facts.accounts:
            same = self._without_account.setdefault((facts.name.casefold(), facts.phone, facts.email), line)
            if same != line:
                return Decision(Verdict.DUPLICATE, remarks=[Remark("duplicate-name-of", text=str(same))])
        self._accounts |= dict.fromkeys(facts.accounts, line)
        self._facts[line] = facts
        return None

    def namesake(self, line: int, facts: Facts) -> list[Remark]:
        """A remark when an earlier row has the same name for another account."""
        first = self._names.setdefault(facts.name.casefold(), line)
        return [] if first == line else [Remark("same-name", text=str(first))]

    def _duplicate(self, earlier: int, facts: Facts) -> list[Remark]:
        first = self._facts[earlier]
        remarks = [Remark("duplicate-of", text=str(earlier))]
        differs = [name for name in COMPARED if getattr(facts, name) and getattr(facts, name) != getattr(first, name)]
        if differs:
            remarks.append(Remark("differs", text=",".join(differs)))
        others = [
            f"@{account.handle} ({account.platform})" for account in facts.accounts if account not in first.accounts
        ]
        if others:
            remarks.append(Remark("also-names", text=", ".join(others)))
        return remarks
