"""Which store kept files stand in, and whether it can be used: on this machine unless MEDIA_STORE names a bucket."""

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from crm.base.files.address import UnreadableAddress, read_address

PACKAGES = ("storages", "boto3")


@register()
def check_store(**_options: Any) -> list[CheckMessage]:
    """An address nobody can read, or a package that is missing, is an error before the first file comes."""
    if not settings.MEDIA_STORE:
        return []
    try:
        read_address(settings.MEDIA_STORE)
    except UnreadableAddress as wrong:
        return [
            Error(
                f"MEDIA_STORE cannot be read. {wrong}",
                hint="Write s3://bucket/prefix?endpoint=https://host&region=name, or leave it out to keep files here.",
                id="crm.E004",
            )
        ]
    if all(find_spec(package) for package in PACKAGES):
        return []
    return [
        Error(
            "MEDIA_STORE is set, but the packages for it are not installed.",
            hint="Run `make install-s3`, or leave MEDIA_STORE out to keep files on this machine.",
            id="crm.E005",
        )
    ]
