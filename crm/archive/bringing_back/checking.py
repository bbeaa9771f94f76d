"""Whether a file may be brought in here: whole, unchanged, of this very release, and into an empty house."""

import json
from collections.abc import Mapping
from typing import Any

from crm.archive.bringing_back.emptiness import tables_in_use
from crm.archive.everything import describing, media
from crm.archive.everything.actions import path_of
from crm.archive.everything.boxes import Source
from crm.archive.everything.describing import FORMAT, KIND, MANIFEST, SCHEMA
from crm.archive.everything.rows import Summed
from crm.archive.everything.tables import carried
from crm.archive.refusals import Refused

BLOCK = 1024 * 1024


def manifest_of(source: Source) -> dict[str, Any]:
    """What the file says about itself. Refused when it is no export, or one this release cannot read."""
    with source.read(MANIFEST) as file:
        try:
            said = json.load(file)
        except ValueError:
            raise Refused(f"{MANIFEST} cannot be read. Copy the file again, or export again.") from None
    if not isinstance(said, dict) or said.get("kind") != KIND:
        raise Refused("This is not an export of Mitra.")
    if said.get("format") != FORMAT:
        raise Refused(
            f"The file has format {said.get('format')}; this Mitra reads format {FORMAT}. "
            f"Install Mitra {said.get('mitra')}, import the file there, then upgrade that installation."
        )
    return said


def check(source: Source, said: Mapping[str, Any]) -> None:
    """Read all of it before anything is written. Refused with what is wrong, and what to do."""
    _same_schema(source, said)
    _empty_here()
    for table in carried():
        told = said["tables"].get(table.label)
        if told is None:
            raise Refused(f"The manifest does not speak of {table.label}. Export again.")
        _unchanged(source, path_of(table), told["sha256"])
    _unchanged(source, media.LIST, said["media"]["sha256_of_list"])
    with source.read(media.LIST) as lines:
        for one in media.read(lines):
            if not one.is_missing:
                _unchanged(source, f"{media.FOLDER}/{one.name}", one.sha256)


def _same_schema(source: Source, said: Mapping[str, Any]) -> None:
    here, there = describing.migrations(), dict(said.get("migrations", {}))
    apart = sorted(app for app in here.keys() | there.keys() if here.get(app) != there.get(app))
    if apart:
        told = "; ".join(f"{app}: {there.get(app, 'none')} in the file, {here.get(app, 'none')} here" for app in apart)
        raise Refused(
            f"The file was written by Mitra {said.get('mitra')}, whose tables differ ({told}). Install that release, run "
            "`migrate` and `import_all` there, then upgrade it: migrations carry the rows on."
        )
    with source.read(SCHEMA) as file:
        columns = {label: set(table["columns"]) for label, table in json.load(file).items()}
    for table in carried():
        if columns.get(table.label) != {column.name for column in table.columns}:
            raise Refused(f"The columns of {table.label} differ from those of this release, so nothing was brought in.")


def _empty_here() -> None:
    full = tables_in_use()
    if full:
        told = ", ".join(f"{label} ({rows})" for label, rows in full[:5])
        raise Refused(
            f"This installation is in use: {told}{' and more' if len(full) > 5 else ''}. A file of everything is brought "
            "into an empty one only: choose another DATABASE_URL, run `migrate`, and import there."
        )


def _unchanged(source: Source, name: str, wanted: str) -> None:
    summed = Summed()
    with source.read(name) as file:
        try:
            for block in iter(lambda: file.read(BLOCK), b""):
                summed.add(block, 0)
        except Exception as error:  # the ZIP's own checksum, or a broken stream: each has an error of its own
            raise Refused(f"{name} is damaged ({error}). Copy the file again, or export again.") from error
    if summed.written.sha256 != wanted:
        raise Refused(f"{name} is not as it was written: its SHA-256 differs. Copy the file again, or export again.")
