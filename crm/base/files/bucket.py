"""Kept files in a bucket. Reached through STORAGES alone: its packages come with the extra `[s3]`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NoReturn

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from crm.base.files.address import read_address

GONE = 404
PATIENCE = {"connect_timeout": 3, "read_timeout": 20, "retries": {"total_max_attempts": 2, "mode": "standard"}}
"""In seconds: a page waits for a bucket as long as for a disk, not for minutes."""


@contextmanager
def told_as_a_disk_would() -> Iterator[None]:
    """Whoever opens a kept file expects OSError when it cannot be had, and FileNotFoundError when it is gone."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == GONE:
            raise FileNotFoundError("There is no such file in the bucket.") from error
        raise OSError(f"The bucket refused: {error}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(f"The bucket cannot be reached: {error}") from error


class BucketStorage(S3Storage):
    """A private bucket: files leave it through our views alone, so there are no addresses of them."""

    def __init__(self, address: str) -> None:
        super().__init__(**read_address(address).options(), client_config=Config(**PATIENCE))

    def url(self, name: str, *_args: object, **_kwargs: object) -> NoReturn:
        raise NotImplementedError("Kept files have no address of their own; a view serves them to who may see them.")

    def exists(self, name: str) -> bool:
        with told_as_a_disk_would():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with told_as_a_disk_would():
            super().delete(name)

    def stretch(self, name: str, start: int, end: int) -> IO[bytes]:
        """So many bytes of a file and no more: a player asks for seconds of a film, not for all of it each time."""
        with told_as_a_disk_would():
            kept = self.bucket.Object(self._normalize_name(clean_name(name)))
            body: IO[bytes] = kept.get(Range=f"bytes={start}-{end - 1}")["Body"]
            return body

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with told_as_a_disk_would():
            opened: File[Any] = super()._open(name, mode)
            opened.file  # noqa: B018  fetched now, so that it fails here and not at the first read
            return opened

    def _save(self, name: str, content: "File[Any]") -> str:
        with told_as_a_disk_would():
            return str(super()._save(name, content))
