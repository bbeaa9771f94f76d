"""What one row says, in the product's terms, and the reader that gets there from its cells."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from crm.influencers.imports.mapping import COUNTS, ColumnMap, Meaning, names_whatsapp, rate_habit, read_platform
from crm.influencers.imports.reading import SourceRow, Table
from crm.influencers.imports.remarks import Remark
from crm.influencers.imports.values import (
    Account,
    Price,
    Reading,
    is_blank,
    read_account,
    read_birth_date,
    read_city,
    read_count_cell,
    read_country,
    read_email,
    read_name,
    read_niches,
    read_notes,
    read_phone,
    read_price,
    read_rate,
    tidy,
)

Figures = dict[str, str]
LONGEST_LEGAL_NAME = 160
LONGEST_HANDLE = 120
LONGEST_EMAIL = 254


@dataclass(slots=True)
class Facts:
    """A row as it was read. `figures` stand beside `accounts`, one for each; `lines` are what is kept as a note."""

    name: str = ""
    legal_name: str = ""
    accounts: list[Account] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    niches: list[str] = field(default_factory=list)
    city: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    birth_on: str = ""
    price: Price | None = None
    price_said: str = ""
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    do_not_contact: bool = False
    bar: tuple[str, str, str] | None = None
    is_whatsapp: bool = False

    def stored(self) -> dict[str, Any]:
        """The facts as JSON, without what is empty."""
        price = self.price and [str(self.price.low), str(self.price.high), self.price.content, self.price.currency]
        every = {
            "name": self.name,
            "legal_name": self.legal_name,
            "accounts": self.accounts,
            "figures": self.figures if any(self.figures) else None,
            "niches": self.niches,
            "city": self.city,
            "country": self.country,
            "phone": self.phone,
            "email": self.email,
            "birth_on": self.birth_on,
            "price": price,
            "price_said": self.price_said,
            "lines": self.lines,
            "notes": self.notes,
            "do_not_contact": self.do_not_contact,
            "bar": self.bar,
            "is_whatsapp": self.is_whatsapp,
        }
        return {key: value for key, value in every.items() if value}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Facts":
        """The facts back from JSON."""
        facts = cls(**{key: value for key, value in stored.items() if key not in {"accounts", "price", "bar"}})
        facts.accounts = [Account(*account) for account in stored.get("accounts", ())]
        facts.figures = facts.figures or [{} for _account in facts.accounts]
        if price := stored.get("price"):
            facts.price = Price(Decimal(price[0]), Decimal(price[1]), price[2], price[3])
        if bar := stored.get("bar"):
            facts.bar = (bar[0], bar[1], bar[2])
        return facts


CellReader = Callable[[str, str, Facts, list[Remark]], None]


class RowReader:
    """Reads the rows of one table by one column map. Built once for a table, since columns have habits."""

    def __init__(
        self,
        table: Table,
        columns: ColumnMap,
        *,
        platforms: Collection[str],
        niches: Mapping[str, str],
        today: date,
        region: str,
    ) -> None:
        self._width = len(table.header)
        self._platforms = platforms
        self._niches, self._today, self._region = niches, today, region
        self._short_rows_count = bool(table.encoding)
        self._platform_column = next((index for index, _platform in columns.columns(Meaning.PLATFORM)), None)
        self._accounts = [(index, table.header[index], platform) for index, platform in columns.columns(Meaning.HANDLE)]
        self._figures: list[tuple[int, str, str, str]] = []
        self._others: list[tuple[int, str, CellReader]] = []
        self._habits = {index: rate_habit(table.column(index)) for index, _ in columns.columns(Meaning.ENGAGEMENT_RATE)}
        for index, target in enumerate(columns.targets):
            heading = table.header[index]
            if target.meaning in COUNTS or target.meaning == Meaning.ENGAGEMENT_RATE:
                self._figures.append((index, heading, target.meaning.value, target.platform))
            elif target.meaning in CELL_READERS:
                self._others.append((index, heading, getattr(self, CELL_READERS[target.meaning])))

    def read(self, row: SourceRow) -> tuple[Facts, list[Remark]]:
        """The facts of a row and what there is to remark about its cells."""
        cells, facts, remarks = row.cells, Facts(), list[Remark]()
        width = len(cells)
        for index, heading, platform in self._accounts:
            if index < width and cells[index]:
                self._account(cells, index, heading, platform, facts, remarks)
        for index, heading, reader in self._others:
            if index < width and cells[index]:
                reader(cells[index], heading, facts, remarks)
        facts.figures = [{} for _account in facts.accounts]
        for index, heading, meaning, platform in self._figures:
            if index < width and cells[index]:
                self._figure(cells[index], index, heading, meaning, platform, facts, remarks)
        self._shape(cells, facts, remarks)
        if not facts.name and facts.accounts:
            facts.name = facts.accounts[0].handle
            remarks.append(Remark("handle-as-name"))
        return facts, remarks

    def _shape(self, cells: Sequence[str], facts: Facts, remarks: list[Remark]) -> None:
        if len(cells) < self._width and self._short_rows_count:
            remarks.append(Remark("short-row"))
        surplus = [tidy(cell) for cell in cells[self._width :] if not is_blank(cell)]
        if surplus:
            facts.lines.extend(surplus)
            remarks.append(Remark("long-row", text=", ".join(surplus)))

    def _account(
        self, cells: Sequence[str], index: int, heading: str, platform: str, facts: Facts, remarks: list[Remark]
    ) -> None:
        if self._platform_column is not None and self._platform_column < len(cells):
            platform = read_platform(cells[self._platform_column]) or platform
        account = taken(read_account(cells[index], platform), cells[index], heading, facts, remarks)
        if account is None:
            return
        if account.platform not in self._platforms or len(account.handle) > LONGEST_HANDLE:
            keep(cells[index], heading, "account", facts, remarks)
        elif account not in facts.accounts:
            facts.accounts.append(account)

    def _figure(
        self, cell: str, index: int, heading: str, meaning: str, platform: str, facts: Facts, remarks: list[Remark]
    ) -> None:
        if is_blank(cell):
            return
        reading: Reading[Any]
        reading = read_rate(cell, self._habits[index]) if meaning == Meaning.ENGAGEMENT_RATE else read_count_cell(cell)
        value = taken(reading, cell, heading, facts, remarks)
        at = next((at for at, account in enumerate(facts.accounts) if platform in {"", account.platform}), None)
        if value is None:
            return
        if at is None:
            keep(cell, heading, "no-account", facts, remarks)
        else:
            facts.figures[at].setdefault(meaning, str(value))

    def _name(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        facts.name = taken(read_name(cell), cell, heading, facts, remarks) or ""

    def _legal_name(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        name = taken(read_name(cell, LONGEST_LEGAL_NAME), cell, heading, facts, remarks)
        facts.legal_name = name or ""

    def _niche(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        found = read_niches(cell, self._niches)
        facts.niches.extend(code for code in found.codes if code not in facts.niches)
        for word in found.unknown:
            keep(word, heading, "niche", facts, remarks)

    def _city(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        facts.city = taken(read_city(cell), cell, heading, facts, remarks) or ""

    def _country(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        facts.country = taken(read_country(cell), cell, heading, facts, remarks) or ""

    def _phone(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        number = taken(read_phone(cell, self._region), cell, heading, facts, remarks)
        self._first(number, "phone", heading, facts)
        facts.is_whatsapp = facts.is_whatsapp or (number == facts.phone != "" and names_whatsapp(heading))

    def _email(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        self._first(taken(read_email(cell), cell, heading, facts, remarks), "email", heading, facts)

    def _first(self, value: str | None, field_name: str, heading: str, facts: Facts) -> None:
        """A second column of the same meaning adds a note where it says something else."""
        known = getattr(facts, field_name)
        if value and not known:
            setattr(facts, field_name, value)
        elif value and value != known:
            facts.lines.append(f"{heading}: {value}")

    def _rate_card(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        price = taken(read_price(cell), cell, heading, facts, remarks)
        if price and facts.price:
            facts.lines.append(f"{heading}: {tidy(cell)}")
        elif price:
            facts.price, facts.price_said = price, tidy(cell)[:160]

    def _born_on(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        on = taken(read_birth_date(cell, self._today), cell, heading, facts, remarks)
        facts.birth_on = on.isoformat() if on else ""

    def _notes(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        notes = read_notes(cell, self._today)
        if not notes.text:
            return
        if notes.bar:
            until = notes.bar.until_on.isoformat()
            facts.bar = (notes.bar.brand, until, notes.text)
            remarks.append(Remark("declared-bar", heading, f"{notes.bar.brand}, {until}"))
        else:
            facts.notes.append(notes.text)
        if notes.do_not_contact:
            facts.do_not_contact = True
            remarks.append(Remark("do-not-contact", heading))

    def _keep(self, cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> None:
        if not is_blank(cell):
            facts.lines.append(f"{heading}: {tidy(cell)}")


CELL_READERS = {
    Meaning.NAME: "_name",
    Meaning.LEGAL_NAME: "_legal_name",
    Meaning.NICHE: "_niche",
    Meaning.CITY: "_city",
    Meaning.COUNTRY: "_country",
    Meaning.PHONE: "_phone",
    Meaning.EMAIL: "_email",
    Meaning.RATE_CARD: "_rate_card",
    Meaning.BORN_ON: "_born_on",
    Meaning.NOTES: "_notes",
    Meaning.KEEP: "_keep",
}


def taken(reading: Reading[Any], cell: str, heading: str, facts: Facts, remarks: list[Remark]) -> Any:
    """The value of a reading; its remark is noted, and the cell's text kept where not all of it became the value."""
    if not reading.remark:
        return reading.value
    remarks.append(Remark(reading.remark, heading, reading.text))
    if reading.value is None or reading.remark in {"several", "too-long"}:
        facts.lines.append(f"{heading}: {tidy(cell)}")
    return reading.value


def keep(text: str, heading: str, code: str, facts: Facts, remarks: list[Remark]) -> None:
    """Text that means nothing to us: kept as a note, with the reason."""
    facts.lines.append(f"{heading}: {tidy(text)}")
    remarks.append(Remark(code, heading, tidy(text)))
