"""Which column means what: by its heading, or as somebody chose for the same headings before."""

import hashlib
import re
from collections.abc import Callable, Sequence

from crm.influencers.imports.reading import Table, read_table
from crm.influencers.imports.values import is_blank, tidy
from crm.intake.kinds import IntakeKind
from crm.intake.models import Intake

KEEP = ""
SAMPLES = 3
SAMPLED = 200


def bare(heading: str) -> str:
    """A heading as it is compared: lower case, letters and figures only."""
    return re.sub(r"[^\w#%]+", " ", heading.casefold().replace("_", " ")).strip()


def fingerprint(header: Sequence[str]) -> str:
    """A set of headings, whatever their order."""
    return hashlib.sha256("\n".join(sorted(map(bare, header))).encode()).hexdigest()


def recogniser(kind: IntakeKind) -> Callable[[Sequence[str]], int]:
    """Counts the headings in a row that this kind knows: how much a row looks like a header."""
    return lambda cells: sum(1 for cell in cells if cell and len(cell) <= 60 and kind.target_of(cell))


def guess(kind: IntakeKind, header: Sequence[str], like: Intake | None) -> list[str]:
    """A target for every column: as chosen before for these headings, else by its heading, else left out."""
    chosen: dict[str, str] = {}
    if like is not None:
        chosen = dict(zip(map(bare, like.columns["header"]), like.columns["targets"], strict=True))
    known = [chosen.get(bare(heading), kind.target_of(heading)) for heading in header]
    return [target if target in kind.meanings else KEEP for target in known]


def read(kind: IntakeKind, data: bytes, *, sheet: str = "", most: int = 0) -> Table:
    """The file as a table. Raises UnreadableFile."""
    return read_table(data, recognise=recogniser(kind), sheet=sheet, most=most)


def table_of(kind: IntakeKind, run: Intake, most: int = 0) -> Table:
    """The run's file, read again. Raises UnreadableFile."""
    with run.file.open("rb") as file:
        return read(kind, file.read(), sheet=run.sheet, most=most)


def samples_of(table: Table) -> list[list[str]]:
    """The first few different cells of each column that say something."""
    samples: list[list[str]] = [[] for _heading in table.header]
    for row in table.rows[:SAMPLED]:
        for found, cell in zip(samples, row.cells, strict=False):
            shown = tidy(cell)[:60]
            if len(found) < SAMPLES and not is_blank(cell) and shown not in found:
                found.append(shown)
    return samples


def cells_by_meaning(run: Intake, cells: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """What a row says about each meaning: (heading, cell) of its columns, blank cells left out."""
    said: dict[str, list[tuple[str, str]]] = {}
    for heading, target, cell in zip(run.columns["header"], run.columns["targets"], cells, strict=False):
        if target and not is_blank(cell):
            said.setdefault(target, []).append((heading, tidy(cell)))
    return said
