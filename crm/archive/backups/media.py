"""Kept files beside the database: each copied once, and shared by all backups of a folder as long as it stays the same."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from crm.archive.backups.manifest import MEDIA, MEDIA_LIST, KeptFile, read_media, sum_of
from crm.base.files.streams import copied

ON_THE_WAY = "parts"
"""Uploads that are not here yet; nobody misses a half one."""


@dataclass
class Copying:
    """One backup's files. `before` is the backup of which unchanged ones are shared."""

    folder: Path
    before: Path | None = None
    size: int = 0
    files: int = 0
    new: int = 0

    def run(self) -> dict[str, Any]:
        """Copy everything; what the manifest says of it."""
        if settings.MEDIA_STORE:
            return {"store": settings.MEDIA_STORE.split("?")[0], "files": 0, "bytes": 0}
        known = {one.name: one for one in read_media(self.before)} if self.before else {}
        path = self.folder / MEDIA_LIST
        with open(path, "w", encoding="utf-8", opener=for_me_alone) as lines:
            for name in kept_names(Path(settings.MEDIA_ROOT)):
                kept = self._keep(name, known)
                if kept is not None:
                    lines.write(f"{json.dumps(asdict(kept), ensure_ascii=False)}\n")
            flush(lines.fileno(), lines)
        return {"store": "", "files": self.files, "bytes": self.size, "new_bytes": self.new, "sha256": sum_of(path)}

    def _keep(self, name: str, known: Mapping[str, KeptFile]) -> KeptFile | None:
        """None when it went away meanwhile: its row did, too."""
        source, target = Path(settings.MEDIA_ROOT) / name, self.folder / MEDIA / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            found = source.stat()
            last = known.get(name)
            if last and (last.size, last.changed) == (found.st_size, found.st_mtime_ns) and self._share(name, target):
                kept = last
            else:
                size, digest = put_on_disk(source, target)
                kept, self.new = KeptFile(name, size, found.st_mtime_ns, digest), self.new + size
        except FileNotFoundError:
            return None
        self.files, self.size = self.files + 1, self.size + kept.size
        return kept

    def _share(self, name: str, target: Path) -> bool:
        """A second name for the file of the backup before; not every disk has such."""
        try:
            os.link((self.before or self.folder) / MEDIA / name, target)
        except OSError:
            return False
        return True


def kept_names(root: Path) -> Iterator[str]:
    """Every file under the folder, in order, without what is on its way."""
    for folder, folders, files in os.walk(root):
        here = Path(folder).relative_to(root)
        folders[:] = sorted(one for one in folders if (here / one).as_posix() != ON_THE_WAY)
        for name in sorted(files):
            yield (here / name).as_posix()


def put_on_disk(source: Path, target: Path) -> tuple[int, str]:
    """Bytes and checksum of what was written, to the disk and not only towards it."""
    with source.open("rb") as kept, open(target, "wb", opener=for_me_alone) as to:
        came_to = copied(kept, to)
        flush(to.fileno(), to)
    return came_to


def flush(number: int, to: Any) -> None:
    to.flush()
    os.fsync(number)


def for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
