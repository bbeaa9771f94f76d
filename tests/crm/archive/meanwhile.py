"""Exports a SQLite house while somebody else writes into it; prints how many tags are in the file and how many there are.

python -m tests.crm.archive.meanwhile FOLDER      on the database of DATABASE_URL
"""

import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import django

ONE_TAG = "INSERT INTO crm_tag (name, hue, created_at, updated_at) VALUES ('meanwhile', 1, '2026-11-24', '2026-11-24')"

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()

    from django.conf import settings
    from django.utils import timezone

    from crm.archive.everything.actions import export_all

    added: list[int] = []

    def add_one(done: int, of: int) -> None:
        """Written and committed at once: nobody waits for an export."""
        if not added:
            with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=1)) as beside, beside:
                beside.execute(ONE_TAG)
                added.extend(one for (one,) in beside.execute("SELECT count(*) FROM crm_tag"))

    target = Path(sys.argv[1])
    export_all(target, now=timezone.now(), told=add_one)
    told = json.loads((target / "manifest.json").read_text())
    print(told["tables"]["crm.Tag"]["rows"], *added)
