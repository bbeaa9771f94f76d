"""What a row of monthly numbers comes to: whose account it is, and which months are not on file yet."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Value
from django.db.models.functions import Upper

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.imports.mapping import FIGURES, Meaning, rate_habit, read_platform
from crm.influencers.imports.reading import SourceRow, Table
from crm.influencers.imports.values import RateHabit, is_blank, read_account, read_count_cell, read_rate, tidy
from crm.influencers.models import MetricSnapshot, SocialAccount
from crm.intake.kinds import Judged, Reason
from crm.intake.models import Intake, IntakeLine
from crm.intake.monthly.words import Month, end_of, month_in, read_month

V = IntakeLine.Verdict
NAMES = {meaning.value: meaning for meaning in Meaning if meaning in FIGURES}


class Column(NamedTuple):
    """One column that counts something."""

    at: int
    heading: str
    figure: str
    month: Month | None
    habit: RateHabit


class Holder(NamedTuple):
    """An account on file and whose it is."""

    account: int
    person: int
    name: str
    handle: str
    platform: str


@dataclass(slots=True)
class Row:
    """What a row says: of whom, and its numbers by month."""

    handle: str = ""
    platform: str = ""
    name: str = ""
    months: dict[Month, dict[str, str]] = field(default_factory=dict)
    remarks: list[Reason] = field(default_factory=list)


class Judging:
    """Judges the rows of one file, part by part; remembers which months earlier rows brought."""

    def __init__(self, run: Intake, table: Table, now: dt.datetime) -> None:
        self._zone = Organisation.load().zone
        self._now, self._today = now, local_date(now, self._zone)
        self._platform = str(run.choices.get("platform") or "")
        self._targets: list[str] = run.columns["targets"]
        self._header: list[str] = run.columns["header"]
        self._columns = [
            Column(index, heading, target, month_in(heading, self._today)[0], rate_habit(table.column(index)))
            for index, (heading, target) in enumerate(zip(self._header, self._targets, strict=True))
            if target in NAMES
        ]
        self._seen: set[tuple[int, Month]] = set()

    def __call__(self, rows: Sequence[SourceRow]) -> list[Judged]:
        read = [self._read(row) for row in rows]
        holders = holders_of(read)
        meant = [found_in(holders, row) for row in read]
        accounts = {one.account for found in meant for one in found}
        known = on_file(accounts, {end_of(month, self._zone) for row in read for month in row.months})
        return [self._judged(*three, known) for three in zip(rows, read, meant, strict=True)]

    def _read(self, source: SourceRow) -> Row:
        row = Row(platform=self._platform)
        month: Month | None = None
        for heading, target, cell in zip(self._header, self._targets, source.cells, strict=False):
            if is_blank(cell):
                continue
            if target == "account" and not row.handle:
                named = read_platform(heading.casefold().replace("akun", "").strip()) or row.platform
                account = read_account(cell, named).value
                if account is not None:
                    row.handle, row.platform = account.handle, account.platform
            elif target == "platform":
                row.platform = read_platform(cell) or row.platform
            elif target == "name" and not row.name:
                row.name = tidy(cell)[:120]
            elif target == "month":
                month = read_month(cell, self._today)
                if month is None:
                    row.remarks.append(("no-month", heading, tidy(cell)))
        self._figures(row, source, month)
        return row

    def _figures(self, row: Row, source: SourceRow, month: Month | None) -> None:
        for column in self._columns:
            cell = source.cells[column.at] if column.at < len(source.cells) else ""
            of = column.month or month
            if is_blank(cell):
                continue
            if of is None:
                row.remarks.append(("which-month", column.heading, tidy(cell)))
                continue
            value = number(cell, column)
            if value is None:
                row.remarks.append(("no-number", column.heading, tidy(cell)))
            elif end_of(of, self._zone) > self._now:
                row.remarks.append(("month-open", column.heading, month_words(of)))
            else:
                row.months.setdefault(of, {})[column.figure] = value

    def _judged(
        self,
        source: SourceRow,
        row: Row,
        found: Sequence[Holder],
        known: Mapping[tuple[int, dt.datetime], dict[str, str]],
    ) -> Judged:
        who = f"{row.name} @{row.handle}".strip() if row.handle else row.name
        judged = Judged(source.number, V.REJECTED, who, "", [*row.remarks], cells=source.cells)
        if not who:
            judged.reasons.insert(0, ("nobody", "", ""))
        elif not found:
            judged.verdict = V.UNKNOWN
            judged.reasons.insert(0, ("not-known", "", who))
        elif len(found) > 1:
            judged.verdict = V.CONFLICT
            judged.reasons.insert(0, ("several", "", who))
        elif not row.months:
            judged.reasons.insert(0, ("no-numbers", "", ""))
        else:
            self._settle(judged, row, found[0], known)
        return judged

    def _settle(
        self, judged: Judged, row: Row, holder: Holder, known: Mapping[tuple[int, dt.datetime], dict[str, str]]
    ) -> None:
        judged.who = f"{holder.name} · @{holder.handle} ({holder.platform})"
        new: list[tuple[str, dict[str, str]]] = []
        for month, figures in sorted(row.months.items()):
            taken_at, words = end_of(month, self._zone), month_words(month)
            there = known.get((holder.account, taken_at))
            if (holder.account, month) in self._seen:
                judged.reasons.append(("twice", "", words))
            elif there is not None:
                same = all(there.get(name) == value for name, value in figures.items())
                judged.reasons.append(("there" if same else "other-numbers", "", words))
            else:
                new.append((taken_at.isoformat(), figures))
            self._seen.add((holder.account, month))
        judged.verdict = V.NEW if new else V.UNCHANGED
        judged.what = ", ".join(month_words(month) for month in sorted(row.months))
        judged.facts = {"account": holder.account, "person": holder.person, "months": new}


def number(cell: str, column: Column) -> str | None:
    """The number a cell says, as JSON keeps it; None when it says none."""
    if column.figure == Meaning.ENGAGEMENT_RATE:
        rate = read_rate(cell, column.habit).value
        return None if rate is None else str(rate)
    count = read_count_cell(cell).value
    return None if count is None else str(count)


def month_words(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"


def holders_of(rows: Iterable[Row]) -> list[Holder]:
    """The accounts these rows could mean, in two queries."""
    rows = list(rows)
    fields = ("pk", "influencer_id", "influencer__stage_name", "handle", "platform__code")
    living = SocialAccount.objects.filter(influencer__archived_at=None, influencer__merged_into=None)
    handles = {row.handle for row in rows if row.handle}
    names = [Upper(Value(name)) for name in {row.name for row in rows if row.name and not row.handle}]
    found = list(living.filter(handle__in=handles).order_by("pk").values_list(*fields))
    if names:
        found += living.filter(influencer__name_key__in=names).order_by("pk").values_list(*fields)
    return [Holder(*values) for values in dict.fromkeys(found)]


def found_in(holders: Sequence[Holder], row: Row) -> list[Holder]:
    """Which of them a row means: the handle on its platform, else wherever it is hers alone; else by name."""
    if row.handle:
        alike = [one for one in holders if one.handle == row.handle]
        exact = [one for one in alike if one.platform == row.platform]
        return exact or alike
    named = [one for one in holders if one.name.casefold() == row.name.casefold()] if row.name else []
    return [one for one in named if one.platform == row.platform] or named


def on_file(
    accounts: Collection[int], moments: Collection[dt.datetime]
) -> dict[tuple[int, dt.datetime], dict[str, str]]:
    """Numbers these accounts have for these moments, as a row would say them."""
    rows = MetricSnapshot.objects.standing().filter(
        account_id__among=list(accounts), taken_at__in=moments, nature=MetricSnapshot.Nature.OVERALL
    )
    found = {}
    for account, taken_at, *values in rows.values_list("account_id", "taken_at", *NAMES):
        said = {}
        for name, value in zip(NAMES, values, strict=True):
            if value is not None:
                said[name] = format(value.normalize(), "f") if name == Meaning.ENGAGEMENT_RATE else str(value)
        found[account, taken_at] = said
    return found
