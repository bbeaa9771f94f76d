"""The archive itself: a page to read, a table of each kind, everything for a machine, her files with their checksums."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.base.csv_out import BYTE_ORDER_MARK, escape_cell
from crm.base.hers import Her
from crm.base.models import Organisation, StoredFile
from crm.privacy.own.rows import Table, file_name, tables_about

BLOCK = 1024 * 1024


def write_archive(target: IO[bytes], her: Her, language: str, now: dt.datetime) -> int:
    """Write everything about her in her language; how many rows it tells."""
    files: dict[int, StoredFile] = {}
    with override(language), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        tables = list(tables_about(her, files))
        words = {"house": Organisation.load(), "tables": tables, "files": len(files), "now": now}
        box.writestr("README.txt", render_to_string("crm/privacy/own/readme.txt", words))
        box.writestr(
            "everything.html", render_to_string("crm/privacy/own/everything.html", {**words, "lang": language})
        )
        box.writestr("data.json", _json(tables, now))
        for table in tables:
            box.writestr(f"tables/{table.key}.csv", _csv(table))
        box.writestr("files/SHA256SUMS", "".join(_put(box, stored) for _pk, stored in sorted(files.items())))
    return sum(len(table.rows) for table in tables)


def _json(tables: Iterable[Table], now: dt.datetime) -> str:
    told = {table.key: {"title": table.title, "rows": table.rows} for table in tables}
    return json.dumps({"written_at": now.isoformat(), "tables": told}, ensure_ascii=False, indent=1)


def _csv(table: Table) -> str:
    out = io.StringIO()
    heads = list(table.rows[0])
    writer = csv.writer(out)
    writer.writerow([escape_cell(head) for head in heads])
    writer.writerows([escape_cell(_cell(row[head])) for head in heads] for row in table.rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _put(box: zipfile.ZipFile, stored: StoredFile) -> str:
    """One file of hers and its line; one that is gone from the store says so."""
    if not stored.file or not stored.file.storage.exists(str(stored.file.name)):
        gone = _("no longer kept")
        return f"{stored.sha256 or '-'}  {file_name(stored)}  ({gone})\n"
    with stored.file.open("rb") as kept, box.open(file_name(stored), "w") as entry:
        while block := kept.read(BLOCK):
            entry.write(block)
    return f"{stored.sha256}  {file_name(stored)}\n"
