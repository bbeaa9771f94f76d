"""Pasting a column: whose each line is, a verdict for it, and writing it through the same actions as the forms."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from crm.influencers.actions.cells import CellChanged, cell_value, change_cell
from crm.influencers.actions.details import add_detail
from crm.influencers.actions.people import bar_contact, lift_contact_bar
from crm.influencers.actions.tags import put_tag, tag_called, tag_words, tags_said, take_tag
from crm.influencers.bulk_runs.together import Result
from crm.influencers.imports.values.accounts import Account, read_account
from crm.influencers.imports.values.base import tidy
from crm.influencers.models import BulkRow, BulkRun, Influencer, Niche, Note, SocialAccount
from crm.influencers.pasting.fields import FIELDS, Cell, Wordlist, bar_cell, read_bar, read_cell
from crm.team.models import User
from crm.timeline.edits import shown
from crm.timeline.record import Actor

Outcome = BulkRow.Outcome
SEPARATORS = ("\t", ";", ",")
NO_REASON = "–"
LABEL = 200


class Line(NamedTuple):
    """One pasted line: whose it says it is, and the value; `person` once that is known."""

    key: str
    text: str
    person: int | None = None
    problem: str = ""


def pairs_in(text: str) -> list[Line]:
    """Two columns: who, and the value. A tab parts them, else the first semicolon or comma."""
    lines = [line for line in text.splitlines() if line.strip()]
    separator = next((one for one in SEPARATORS if any(one in line for line in lines)), "\t")
    split = (line.partition(separator) for line in lines)
    return [Line(tidy(who), value.strip().strip('"')) for who, _sign, value in split]


def column_in(text: str) -> list[Line]:
    """One column; an empty line keeps its place and leaves its person as she is."""
    return [Line("", line.strip().strip('"')) for line in text.rstrip().splitlines()]


def onto(lines: Sequence[Line], people: Sequence[tuple[int, str]]) -> Iterator[Line]:
    """The first line for the first person, and so on."""
    for place, line in enumerate(lines):
        if place < len(people):
            yield Line(people[place][1], line.text, people[place][0])
        else:
            yield line._replace(problem="nobody-left")


def find_people(lines: Sequence[Line]) -> Iterator[Line]:
    """Whose each line is: by handle or address of a profile, else by name."""
    accounts = {line.key: read_account(line.key, "").value for line in lines}
    by_handle = _by_handle([account for account in accounts.values() if account])
    by_name = _by_name({line.key for line in lines if line.key})
    for line in lines:
        account = accounts[line.key]
        handles = _owners(account, by_handle) if account else set()
        is_handle = line.key.startswith("@") or "/" in line.key
        found = handles if is_handle else by_name[line.key.casefold()] or handles
        match len(found):
            case 0:
                yield line._replace(problem="nobody-found")
            case 1:
                yield line._replace(person=next(iter(found)))
            case _:
                yield line._replace(problem="several-found")


def _by_handle(accounts: Sequence[Account]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = SocialAccount.objects.filter(handle__among=sorted({account.handle for account in accounts}))
    fields = ("platform__code", "handle", "influencer_id", "influencer__merged_into_id")
    for platform, handle, owner, merged in rows.values_list(*fields):
        found[handle][platform] = merged or owner
    return found


def _owners(account: Account, by_handle: dict[str, dict[str, int]]) -> set[int]:
    there = by_handle.get(account.handle, {})
    if account.platform:
        return {there[account.platform]} if account.platform in there else set()
    return set(there.values())


def _by_name(names: set[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    wanted: list[Any] = [Upper(Value(name)) for name in sorted(names)]
    for pk, name in Influencer.objects.present().filter(name_key__in=wanted).values_list("pk", "stage_name"):
        found[name.casefold()].add(pk)
    return found


def verdicts(field: str, lines: Iterable[Line], words: Wordlist, *, clears: bool = False) -> Iterator[BulkRow]:
    """What each line would do."""
    several = list(lines)
    people = Influencer.objects.unmerged().select_related("owner", "main_niche")
    if field == "tags":
        people = people.prefetch_related("tags")
    found = people.in_bulk([line.person for line in several if line.person])
    seen: set[int] = set()
    for line in several:
        person = found.get(line.person or 0)
        cell = read_cell(field, line.text, words, clears=clears)
        row = BulkRow(label=(line.key or line.text)[:LABEL], influencer_ref=line.person, outcome=Outcome.LEFT_OUT)
        was, old = _stands(person, field) if person else ("", "")
        if field == "tags" and cell.value:
            cell = _with_tags_there(cell, was)
        elif field == "bar" and cell.value and person:
            cell = _with_end_there(cell, person)
        row.data = {"value": cell.value, "was": was, "shown": _becomes(old, cell, line)}
        problem = line.problem or cell.problem or _trouble(person, seen, field)
        if problem:
            row.reason = [problem, {}]
        else:
            row.outcome = Outcome.SAME if cell.value == was and (was or clears) else Outcome.WAITING
        seen.add(line.person or 0)
        yield row


def count_emptied(rows: Iterable[BulkRow]) -> int:
    """How many people would lose what stands there."""
    return sum(row.outcome == Outcome.WAITING and not row.data["value"] for row in rows)


def _with_tags_there(cell: Cell, was: str) -> Cell:
    """Pasted tags come to those there are."""
    together = tags_said(tag_words(f"{cell.value}, {was}"))
    return Cell(together, together)


def _with_end_there(cell: Cell, person: Influencer) -> Cell:
    """Another reason without a day leaves the end as it is."""
    why, until = read_bar(cell.value)
    return bar_cell(why, until or person.do_not_contact_until)


def _trouble(person: Influencer | None, seen: set[int], field: str) -> str:
    if person is None:
        return "gone"
    return "twice" if person.pk in seen and field != "note" else ""


def _stands(person: Influencer, field: str) -> tuple[str, str]:
    """What the field holds now, for comparing and for reading."""
    if FIELDS[field].cell:
        return cell_value(person, field), shown(person, field)
    match field:
        case "bar" if person.do_not_contact_at:
            cell = bar_cell(person.do_not_contact_why or NO_REASON, person.do_not_contact_until)
            return cell.value, cell.shown
        case "tags":
            said = tags_said(tag.name for tag in person.tags.all())
            return said, said
    return "", ""


def _becomes(old: str, cell: Cell, line: Line) -> str:
    if not cell.problem and not cell.value:
        return f"{old} → –" if old else ""
    new = cell.shown or line.text
    return f"{old} → {new}" if old and new else new


def write_column(rows: Sequence[BulkRow], run: BulkRun, at: dt.datetime, actor: Actor) -> dict[int, Result]:
    """Write each row, in the order in which everybody locks people."""
    ordered = sorted(rows, key=lambda row: row.influencer_ref or 0)
    if run.data["field"] == "tags":
        # Before anybody is locked, as actions on many people do: nobody waits for somebody who waits for her.
        for name in sorted({name for row in rows for name in tag_words(row.data["value"])}, key=str.casefold):
            tag_called(name)
    return {row.place: _write(row, run.data["field"], at, actor) for row in ordered}


def _write(row: BulkRow, field: str, at: dt.datetime, actor: Actor) -> Result:
    try:
        with transaction.atomic():
            did = WRITERS.get(field, _write_cell)(row, field, at, actor)
    except Influencer.DoesNotExist:
        return Result(Outcome.REFUSED, ["gone", {}])
    except CellChanged as changed:
        return Result(Outcome.REFUSED, ["changed", {"now": _stands(changed.person, field)[1]}])
    return Result(Outcome.CHANGED if did else Outcome.SAME)


def _write_cell(row: BulkRow, field: str, at: dt.datetime, actor: Actor) -> bool:
    value: Any = row.data["value"]
    if field == "owner":
        value = User.objects.get(pk=int(value)) if value else None
    elif field == "main_niche":
        value = Niche.objects.get(pk=int(value)) if value else None
    return change_cell(row.influencer_ref or 0, field, value, was=row.data["was"], at=at, actor=actor)


def _write_note(row: BulkRow, field: str, at: dt.datetime, actor: Actor) -> bool:
    person = _locked(row)
    note = Note(influencer=person, kind=Note.Kind.NOTE, text=row.data["value"], author_id=actor.user_id)
    add_detail(note, at=at, actor=actor)
    return True


def _write_bar(row: BulkRow, field: str, at: dt.datetime, actor: Actor) -> bool:
    person = _locked(row)
    wanted, now = row.data["value"], _stands(person, "bar")[0]
    if now not in (row.data["was"], wanted):
        raise CellChanged(person, "do_not_contact_why")
    if now == wanted:
        return False
    why, until = read_bar(wanted)
    if wanted:
        bar_contact(person, why=why, until=until, seen=person.updated_at, at=at, actor=actor)
    else:
        lift_contact_bar(person, why=str(EMPTIED), seen=person.updated_at, at=at, actor=actor)
    return True


def _write_tags(row: BulkRow, field: str, at: dt.datetime, actor: Actor) -> bool:
    """Those that are there by now stay, unless the cell is empty."""
    person, wanted = _locked(row), tag_words(row.data["value"])
    if not wanted:
        return sum(take_tag(person, tag, at=at, actor=actor) for tag in person.tags.all()) > 0
    return sum(put_tag(person, name, at=at, actor=actor) for name in wanted) > 0


def _locked(row: BulkRow) -> Influencer:
    return Influencer.objects.unmerged().select_for_update().get(pk=row.influencer_ref or 0)


WRITERS = {"note": _write_note, "bar": _write_bar, "tags": _write_tags}
EMPTIED = _("the cell of a pasted column was empty")
