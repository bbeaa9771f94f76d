"""A stretch of a kept file, wherever it stands."""

from typing import IO

from crm.base.models import StoredFile


class Stretch:
    """So many bytes of an open file, and no more."""

    def __init__(self, content: IO[bytes], left: int) -> None:
        self.content, self.left = content, left

    def read(self, size: int = -1) -> bytes:
        data = self.content.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.content.close()


def open_stretch(stored: StoredFile, start: int, end: int) -> Stretch:
    """From the first byte to before the last. Raises FileNotFoundError when the file is gone.

    A store far away offers `stretch(name, start, end)`, so that only these bytes travel.
    """
    asked = getattr(stored.file.storage, "stretch", None)
    if asked is not None:
        return Stretch(asked(stored.file.name, start, end), end - start)
    content = stored.file.open("rb")
    content.seek(start)
    return Stretch(content, end - start)
