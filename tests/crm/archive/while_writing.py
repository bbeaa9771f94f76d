"""Takes backups of a house while three people write pairs of rows into it; prints what came of each copy.

python -m tests.crm.archive.while_writing FOLDER ROUNDS      on the database of DATABASE_URL
"""

import json
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()

    import datetime as dt

    from django.db import DatabaseError, connection, connections, transaction

    from crm.archive.backups.database import opened_file, restored_aside
    from crm.archive.backups.writing import write_backup
    from crm.base.outcomes import Outcome
    from crm.reminders.models import Beat

    NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
    done = threading.Event()
    committed: list[int] = [0, 0, 0]

    def write_pairs(who: int) -> None:
        """Both rows or none: half of a pair in a copy is half a transaction."""
        while not done.is_set():
            name = f"pair-{who}-{committed[who]}"
            with transaction.atomic():
                Beat.objects.create(name=name, rang_at=NOW, said={"padding": "x" * 3000})
                Outcome.objects.create(name=name, said={"padding": "x" * 3000})
            committed[who] += 1
        connections.close_all()

    def held(line: Any) -> tuple[int, int]:
        with line.cursor() as cursor:
            if line.vendor == "sqlite":
                cursor.execute("PRAGMA integrity_check")
                if cursor.fetchone() != ("ok",):
                    raise DatabaseError("not whole")
            cursor.execute("SELECT count(*) FROM crm_beat WHERE name LIKE 'pair-%%'")
            beats = int(cursor.fetchone()[0])
            cursor.execute("SELECT count(*) FROM crm_outcome WHERE name LIKE 'pair-%%'")
            return beats, int(cursor.fetchone()[0])

    def is_true(line: Any, before: int) -> bool:
        """Whole pairs, and everything that was stored before the copy began."""
        try:
            beats, outcomes = held(line)
        except DatabaseError:
            return False
        return beats == outcomes and beats >= before

    def of_backup(folder: Path, number: int) -> bool:
        before = sum(committed)
        backup = write_backup(folder, NOW + dt.timedelta(seconds=number))
        with tempfile.TemporaryDirectory() as workshop:
            file = backup.folder / str(backup.manifest.database["file"])
            with restored_aside(file, Path(workshop)) as line:
                rows = backup.manifest.rows
                return is_true(line, before) and rows["crm_beat"] == rows["crm_outcome"]

    def of_plain_copy(folder: Path, number: int) -> bool:
        before, target = sum(committed), folder / f"plain-{number}.sqlite3"
        shutil.copyfile(connection.settings_dict["NAME"], target)
        with opened_file(target) as line:
            return is_true(line, before)

    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    writers = [threading.Thread(target=write_pairs, args=[who]) for who in range(3)]
    for writer in writers:
        writer.start()
    try:
        while min(committed) < 5:
            done.wait(0.05)
        backups = [of_backup(folder, number) for number in range(rounds)]
        plain = [of_plain_copy(folder, number) for number in range(rounds)] if connection.vendor == "sqlite" else []
    finally:
        done.set()
        for writer in writers:
            writer.join()
    print(json.dumps({"backups": backups, "plain": plain, "pairs": sum(committed)}))
