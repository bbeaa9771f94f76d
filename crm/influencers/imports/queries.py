"""What a run says about itself: its columns, its table, its file."""

from collections.abc import Sequence

from crm.influencers.imports.mapping import ColumnMap, fingerprint, parse_target, recognised
from crm.influencers.imports.reading import Table, read_table
from crm.influencers.imports.verdicts import Policy
from crm.influencers.models import ImportMapping, ImportRun

SAMPLED = 200


def columns_of(run: ImportRun) -> ColumnMap:
    """The column map of a run."""
    targets = tuple(parse_target(text) for text in run.columns["targets"])
    return ColumnMap(targets, run.platform.code if run.platform else "")


def table_of(run: ImportRun) -> Table:
    """The run's file, read again. Raises UnreadableFile."""
    return _read(run)


def beginning_of(run: ImportRun) -> Table:
    """The header and enough rows for samples. Raises UnreadableFile."""
    return _read(run, most=SAMPLED)


def _read(run: ImportRun, most: int = 0) -> Table:
    with run.file.open("rb") as file:
        return read_table(file.read(), recognise=recognised, sheet=run.sheet, most=most)


def policy_of(run: ImportRun) -> Policy:
    """How the run treats who is already known."""
    assert run.counted_at is not None
    return Policy(run.counted_at, run.replaces_known)


def same_file_before(run: ImportRun) -> ImportRun | None:
    """The last finished import of the very same file."""
    return ImportRun.objects.done_with(run.sha256).exclude(pk=run.pk).first()


def remembered(run: ImportRun) -> ImportMapping | None:
    """What was chosen for these headings before."""
    return ImportMapping.objects.filter(fingerprint=fingerprint(run.columns["header"])).first()


def stored_columns(header: Sequence[str], columns: ColumnMap) -> dict[str, list[str]]:
    """How a run keeps its columns."""
    return {"header": list(header), "targets": [str(target) for target in columns.targets]}
