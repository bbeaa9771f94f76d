"""What a batch of decisions comes to in rows of every table, and writing them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from crm.base.bulk import reserve_ids
from crm.influencers.imports.facts import Facts, Figures
from crm.influencers.imports.known import FIGURE_FIELDS
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.tables import BARRED, MAIN, Tables
from crm.influencers.imports.values import Account
from crm.influencers.imports.verdicts import CONTACT_FIELDS, Decision, KnownPerson
from crm.influencers.models import (
    ImportRow,
    ImportRun,
    Influencer,
    Note,
    RateCard,
    SocialAccount,
)
from crm.influencers.places import DeclaredBar, declared_bars
from crm.outbox.models import Contact
from crm.timeline.record import Actor, entry

Changes = dict[str, tuple[Any, Any]]


class Stored(NamedTuple):
    """What the rehearsal kept of a row and its writing needs."""

    pk: int
    line: int
    reasons: list[list[str]]
    facts: dict[str, Any]
    chosen_ref: int | None


@dataclass(slots=True)
class Item:
    """A row of the file on its way into the tables."""

    row: Stored
    facts: Facts
    decision: Decision


class Batch:
    """Turns decisions into rows and writes them in the running transaction, with one statement per table."""

    def __init__(self, run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> None:
        assert run.counted_at is not None
        self._run, self._reference, self._now = run, reference, now
        self._counted_at = run.counted_at
        self._told_new = entry(
            "influencer.imported", _("Imported from “%(file)s”"), at=now, actor=actor, params={"file": run.file_name}
        )
        self._told_update = entry(
            "influencer.updated", _("Updated from “%(file)s”"), at=now, actor=actor, params={"file": run.file_name}
        )
        self._tables, self._bars, self._actor = Tables(), list[DeclaredBar](), actor

    def write(self, items: list[Item]) -> None:
        """Write every item and note on its row what it changed."""
        new = [item for item in items if item.decision.verdict == ImportRow.Verdict.NEW]
        people = iter(reserve_ids(Influencer, len(new)))
        contacts = iter(reserve_ids(Contact, len(items)))
        self._account_ids = iter(reserve_ids(SocialAccount, sum(len(item.decision.accounts) for item in items)))
        self._note_ids = iter(reserve_ids(Note, sum(_notes_of(item.decision) for item in items)))
        self._rate_ids = iter(reserve_ids(RateCard, sum(item.decision.price for item in items)))
        for item in items:
            changed: dict[str, Any] = {}
            if item.decision.verdict == ImportRow.Verdict.NEW:
                self._new(item, next(people), contacts, changed)
            elif item.decision.verdict == ImportRow.Verdict.UPDATE:
                self._update(item, contacts, changed)
            self._row(item, changed)
        self._tables.write(self._now, told_new=self._told_new, told_update=self._told_update)
        for placed in declared_bars.all() if self._bars else ():
            placed.call().keep(self._bars, self._run, at=self._now, actor=self._actor)

    def _new(self, item: Item, pk: int, contacts: Iterator[int], changed: dict[str, Any]) -> None:
        facts, decision = item.facts, item.decision
        decision.person = KnownPerson(pk, facts.name)
        zone, language = self._reference.zone_of(facts.city), self._reference.language_of(facts.country)
        self._tables.people.append(
            (
                pk,
                facts.name,
                facts.legal_name,
                language,
                zone,
                _day(facts.birth_on),
                facts.city,
                facts.country,
                self._reference.niches[facts.niches[0]] if facts.niches else None,
                *self._barred(decision, facts),
                *self._main_of_new(facts),
            )
        )
        changed["created"] = {"influencer": pk}
        if facts.email or facts.phone:
            self._contact(pk, facts, zone, language, contacts, changed)
        self._rest(item, pk, changed)
        self._tables.told_new.append((pk, facts.name, {}))

    def _barred(self, decision: Decision, facts: Facts) -> tuple[dt.datetime | None, str]:
        if not decision.do_not_contact:
            return None, ""
        return self._now, next(iter(facts.notes), "")[:200]

    def _main_of_new(self, facts: Facts) -> tuple[Any, ...]:
        counted = zip(facts.accounts, facts.figures, strict=True)
        return self._main([(account, _followers(figures), "") for account, figures in counted])

    def _main(self, accounts: list[tuple[Account, int | None, str]]) -> tuple[Any, ...]:
        """Platform, handle, followers and tier of the largest account."""
        if not accounts:
            return None, "", None, ""
        account, followers, tier = accounts[0] if len(accounts) == 1 else min(accounts, key=self._rank)
        tier = tier or self._reference.tier(followers)
        return self._reference.platforms[account.platform], account.handle, followers, tier

    def _rank(self, known: tuple[Account, int | None, str]) -> tuple[int, int]:
        """The most followers first, an unknown count last; among equals as platforms stand in lists."""
        account, followers, _tier = known
        return -1 if followers is None else -followers - 2, self._reference.positions[account.platform]

    def _contact(
        self, person: int, facts: Facts, zone: str, language: str, contacts: Iterator[int], changed: dict[str, Any]
    ) -> None:
        pk = next(contacts)
        whatsapp = facts.phone if facts.is_whatsapp else ""
        prefers = Contact.Prefers.WHATSAPP if whatsapp and not facts.email else Contact.Prefers.EMAIL
        self._tables.contacts.append((pk, facts.name, facts.email, facts.phone, whatsapp, prefers, language, zone))
        self._tables.representations.append((person, pk))
        changed.setdefault("created", {})["contact"] = pk

    def _update(self, item: Item, contacts: Iterator[int], changed: dict[str, Any]) -> None:
        facts, decision, person = item.facts, item.decision, item.decision.person
        assert person is not None
        values: dict[str, Any] = {
            name: new for name, (_old, new) in decision.fields.items() if name not in CONTACT_FIELDS
        }
        if "birth_on" in values:
            values["birth_on"] = _day(values["birth_on"])
        if decision.do_not_contact:
            values |= dict(zip(BARRED, self._barred(decision, facts), strict=True))
        if decision.accounts or decision.recounted:
            accounts = [(known.account, known.followers, known.tier_override) for known in person.accounts]
            values |= dict(zip(MAIN, self._main(accounts), strict=True))
        if values:
            self._tables.people_changed.setdefault(person.pk, {}).update(values)
        self._update_contact(person, item, contacts, changed)
        self._rest(item, person.pk, changed)
        fields: Changes = dict(decision.fields)
        if decision.do_not_contact:
            fields["do_not_contact"] = (False, True)
        changed["fields"] = {name: list(pair) for name, pair in fields.items()}
        self._tables.told_update.append((person.pk, person.name, fields))

    def _update_contact(
        self, person: KnownPerson, item: Item, contacts: Iterator[int], changed: dict[str, Any]
    ) -> None:
        values = {name: new for name, (_old, new) in item.decision.fields.items() if name in CONTACT_FIELDS}
        if not values:
            return
        if person.contact_pk is None:
            zone, language = self._reference.zone_of(item.facts.city), self._reference.language
            self._contact(person.pk, item.facts, zone, language, contacts, changed)
            person.contact_pk = changed["created"]["contact"]
            return
        if "phone" in values and item.facts.is_whatsapp:
            values["whatsapp"] = values["phone"]
            changed["whatsapp"] = person.values.get("whatsapp", "")
        self._tables.contacts_changed.setdefault(person.contact_pk, {}).update(values)

    def _rest(self, item: Item, person: int, changed: dict[str, Any]) -> None:
        """Accounts, figures, niches, notes and prices: the same for somebody new and somebody known."""
        facts, decision = item.facts, item.decision
        pks = self._accounts(item, person, changed)
        for at in decision.figures:
            self._snapshot(pks[at], facts.figures[at])
        for at in decision.recounted:
            self._tables.recounted.append((pks[at], int(facts.figures[at]["followers"]), self._counted_at))
        if decision.recounted:
            before = zip(decision.recounted, decision.counted_before, strict=True)
            changed["recounted"] = [[pks[at], followers, counted_at] for at, (followers, counted_at) in before]
        self._tables.niches.extend((person, self._reference.niches[code]) for code in decision.niches)
        created = changed.setdefault("created", {})
        if decision.niches:
            created["niches"] = decision.niches
        notes = self._notes(item, person)
        if notes:
            created["notes"] = notes
        if decision.bar and facts.bar:
            brand, until_on, text = facts.bar
            self._bars.append(DeclaredBar(person, brand, dt.date.fromisoformat(until_on), text))
            created["bar"] = text
        if decision.price:
            created["rate"] = self._rate(facts, person)

    def _accounts(self, item: Item, person: int, changed: dict[str, Any]) -> dict[int, int]:
        """Where each account of the row is, by its place in the row; the new ones are made."""
        facts, decision = item.facts, item.decision
        known = decision.person.accounts if decision.person else []
        pks = {at: mine.pk for at, account in enumerate(facts.accounts) for mine in known if mine.account == account}
        for at in decision.accounts:
            account, figures = facts.accounts[at], facts.figures[at]
            pks[at] = next(self._account_ids)
            followers = _followers(figures)
            counted_at = self._counted_at if followers is not None else None
            platform = self._reference.platforms[account.platform]
            self._tables.accounts.append((pks[at], person, platform, account.handle, followers, counted_at))
            for mine in known:
                if mine.account == account:
                    mine.pk = pks[at]
        if decision.accounts:
            changed.setdefault("created", {})["accounts"] = [pks[at] for at in decision.accounts]
        return pks

    def _snapshot(self, account: int, figures: Figures) -> None:
        values = [figures.get(name) for name in FIGURE_FIELDS]
        self._tables.snapshots.append((account, self._counted_at, self._run.file_name, self._run.pk, *values))

    def _notes(self, item: Item, person: int) -> list[int]:
        decision = item.decision
        said: list[tuple[str, str, dict[str, str]]] = [(Note.Kind.NOTE, text, {}) for text in decision.notes]
        if decision.lines:
            said.append((Note.Kind.UNREAD, "\n".join(decision.lines), {}))
        pks = []
        for kind, text, details in said:
            pks.append(next(self._note_ids))
            self._tables.notes.append((pks[-1], person, kind, text, details, self._run.started_by_id))
        return pks

    def _rate(self, facts: Facts, person: int) -> int:
        assert facts.price is not None
        pk, price = next(self._rate_ids), facts.price
        formats = (self._reference.formats.get((account.platform, price.content)) for account in facts.accounts)
        content = next((found for found in formats if found), None)
        price_to = price.high if price.high != price.low else None
        on = self._counted_at.date()
        self._tables.rates.append((pk, person, content, price.low, price.currency, price_to, facts.price_said, on))
        return pk

    def _row(self, item: Item, changed: dict[str, Any]) -> None:
        row, decision = item.row, item.decision
        said = [list(remark) for remark in decision.remarks]
        reasons = row.reasons + [reason for reason in said if reason not in row.reasons]
        person = decision.person.pk if decision.person else None
        self._tables.rows.append((row.pk, decision.verdict, reasons, changed, person, self._now))


def _notes_of(decision: Decision) -> int:
    return len(decision.notes) + bool(decision.lines)


def _followers(figures: Figures) -> int | None:
    return int(figures["followers"]) if "followers" in figures else None


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
