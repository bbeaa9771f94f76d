"""What stands on this machine: the secret, folders, the store, a broker, compiled words, and promises that meet."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from crm.base.files.store import check_store
from crm.config.serving import broker
from crm.exclusivity import guard
from crm.exclusivity.clashes import guarded_clashes
from crm.watch.findings import Finding


def looked_at() -> Iterator[Finding]:
    yield secret()
    yield files()
    yield store()
    yield servers()
    yield words()


def secret() -> Finding:
    if settings.SECRET_KEY == settings.PLACEHOLDER_SECRET:
        return Finding(
            "secret", settings.DEMO or settings.DEBUG, "the placeholder: set SECRET_KEY before anybody uses this"
        )
    return Finding(
        "secret", len(settings.SECRET_KEY) >= 40, f"{len(settings.SECRET_KEY)} characters (40 or more are needed)"
    )


def files() -> Finding:
    folders = [Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)]
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".doctor"
            probe.touch()
            probe.unlink()
    except OSError as error:
        return Finding(
            "files", False, f"{error.filename} cannot be written", mend="Give it to the user who runs Mitra."
        )
    return Finding("files", True, ", ".join(map(str, folders)))


def store() -> Finding:
    """Where kept files stand; a bucket is written to once, for keys and rights show only then."""
    if not settings.MEDIA_STORE:
        return Finding("store", True, "kept files stand in MEDIA_ROOT")
    wrong = [f"{one.msg} {one.hint}" for one in check_store()]
    if wrong:
        return Finding("store", False, wrong[0])
    try:
        default_storage.delete(default_storage.save("doctor.txt", ContentFile(b"Mitra")))
    except OSError as error:
        return Finding("store", False, f"{error} (does it say AccessControlListNotSupported? Then add acl=none)")
    return Finding("store", True, "the bucket takes files")


def words() -> Finding:
    missing = [
        path
        for folder in settings.LOCALE_PATHS
        for path in Path(folder).rglob("*.po")
        if not path.with_suffix(".mo").exists()
    ]
    said = "run scripts/compile_messages.py: pages are in English only" if missing else "compiled"
    return Finding("translations", not missing, said, is_vital=False)


def servers() -> Finding:
    if settings.GIVEN_BROKER_URL:
        return Finding("broker", True, "given in the environment")
    found = broker.servers()
    return Finding("broker", bool(found), str(found[0]) if found else broker.WARNING, is_vital=False)


def promises() -> Finding:
    """Claims the guard should have kept apart: rows may come while it is away, from a file for example."""
    try:
        found = guarded_clashes() if guard.present(connection) else None
    except DatabaseError:
        return Finding("promises", False, "not looked at: the database is not ready", is_vital=False)
    if found is None:
        return Finding("promises", False, "nothing guards them: run manage.py migrate --skip-checks")
    rows = ", ".join(f"{bar} and {work}" for bar, work in found[:3])
    said = f"{len(found)} promises meet work they bar; see claims {rows} in the admin" if found else "kept apart"
    return Finding("promises", not found, said, is_vital=False)
