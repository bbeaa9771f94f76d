"""Takes a backup of a house, works on, brings the backup back, and prints what is there then.

python -m tests.crm.archive.back_again FOLDER      on the database of DATABASE_URL
"""

import json
import os
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()

    from django.conf import settings
    from django.core.management import CommandError, call_command
    from django.db import connection

    from crm.archive.backups.database import at_server, beside
    from crm.archive.models import BackupRun
    from crm.base.models import Organisation
    from crm.config.serving.running import stay_locked
    from crm.exclusivity import guard
    from crm.influencers.models import Influencer, Tag
    from crm.privacy.asking import Said, ask
    from crm.privacy.beside import NAME
    from crm.privacy.erasing import forget
    from crm.timeline import guards
    from crm.timeline.record import SYSTEM
    from tests.conftest import NOW
    from tests.factories import InfluencerFactory, SocialAccountFactory

    folder, media = Path(sys.argv[1]), Path(settings.MEDIA_ROOT) / "kept"
    found: dict[str, Any] = {}

    def said_by(*words: str) -> str:
        heard = StringIO()
        try:
            call_command(*words, stdout=heard)
        except CommandError as error:
            return str(error)
        return heard.getvalue()

    def tags() -> list[str]:
        return sorted(Tag.objects.values_list("name", flat=True))

    media.mkdir(parents=True)
    for name in ("lost", "changed", "same"):
        (media / name).write_text("as it was")
    Organisation.load()
    Tag.objects.create(name="before")
    people = [InfluencerFactory(stage_name=name) for name in ("Sekar Wulan", "Vina Paramitha")]
    for person in people:
        SocialAccountFactory(influencer=person, handle=person.stage_name.replace(" ", ".").lower())
    found["backup"] = said_by("backup", str(folder))
    (backup,) = folder.iterdir()
    Tag.objects.create(name="after")
    forget(ask(people[0], Said("erasure", NOW), at=NOW, actor=SYSTEM), at=NOW, actor=SYSTEM)
    found["beside"] = (Path(settings.VAR_DIR) / NAME).read_text()
    (media / "lost").unlink()
    (media / "changed").write_text("otherwise")
    (media / "new").write_text("since then")

    lock = stay_locked(Path(settings.VAR_DIR))
    found["while a part runs"] = said_by("restore", str(backup))
    os.close(lock)
    found["tags while refused"] = tags()
    other: Any = beside(str(connection.settings_dict["NAME"]))
    other.ensure_connection()
    if connection.vendor == "sqlite":
        other.cursor().execute("SELECT count(*) FROM crm_tag").fetchone()
    found["while others look"] = said_by("restore", str(backup))
    other.close()

    found["restored"] = said_by("restore", str(backup))
    house = Organisation.load()
    run = BackupRun.objects.get()
    found |= {
        "tags": tags(),
        "people": [person.stage_name for person in Influencer.objects.order_by("pk")],
        "number": people[0].pk,
        "files": {path.name: path.read_text() for path in sorted(media.iterdir())},
        "paused": house.mail_paused_why,
        "guarded": guards.present(connection) and guard.present(connection),
        "known": [run.place == str(backup), run.finished_at is not None, run.verified_at is not None],
    }
    if connection.vendor == "sqlite":
        (aside,) = [path for path in Path(settings.VAR_DIR).glob("*.before_*") if path.suffix.startswith(".before_")]
        line = beside(str(aside))
        line.cursor().execute("SELECT count(*) FROM crm_tag")
    else:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{connection.settings_dict['NAME']}_before%"]
            )
            (aside,) = [name for (name,) in cursor.fetchall()]
        line = beside(str(aside))
    with line.cursor() as cursor:
        cursor.execute("SELECT name FROM crm_tag ORDER BY name")
        found["aside"] = [name for (name,) in cursor.fetchall()]
    line.close()
    if connection.vendor == "postgresql":
        at_server(f"DROP DATABASE {aside}")
    print(json.dumps(found))
