"""Where kept files stand when not on this machine: `s3://bucket/prefix?endpoint=https://...&region=...&acl=...`."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
STEP = re.compile(r"[A-Za-z0-9!_.*'()-]+")
REGION = re.compile(r"[a-z0-9-]{1,40}")
WORDS = ("endpoint", "region", "acl")
ACLS = ("private", "none")
IN_MEMORY = 2 * 1024 * 1024


class UnreadableAddress(ValueError):
    """The address names no bucket we can find; the sentence says what is wrong, and never repeats the address."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and the part of it that is ours. `acl` "none" sends no list of rights, for buckets that take none."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    acl: str = "private"

    def options(self) -> dict[str, Any]:
        """The same in the words of django-storages. Keys are not among them: it reads AWS_* by itself."""
        return {
            "bucket_name": self.name,
            "location": self.prefix,
            "endpoint_url": self.endpoint or None,
            "region_name": self.region or None,
            "default_acl": self.acl if self.acl != "none" else None,
            "file_overwrite": False,
            "gzip": False,
            "custom_domain": None,
            "max_memory_size": IN_MEMORY,
        }


def read_address(address: str) -> Bucket:
    """Raises UnreadableAddress."""
    parts = _split(address, "The address")
    if parts.scheme != "s3":
        raise UnreadableAddress("It has to begin with s3://.")
    if "@" in parts.netloc:
        raise UnreadableAddress("Keys do not belong into it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    if not BUCKET.fullmatch(parts.netloc):
        raise UnreadableAddress("After s3:// comes the name of a bucket: 3 to 63 small letters, digits, dots, hyphens.")
    if parts.fragment:
        raise UnreadableAddress("Nothing may follow a #.")
    said = _words(parts.query)
    return Bucket(
        parts.netloc, _prefix(parts.path), _endpoint(said.get("endpoint", "")), _region(said.get("region", "")),
        _acl(said.get("acl", "private")),
    )  # fmt: skip


def _split(address: str, what: str) -> SplitResult:
    try:
        return urlsplit(address.strip())
    except ValueError:
        raise UnreadableAddress(f"{what} is none.") from None


def _prefix(path: str) -> str:
    steps = path.strip("/").split("/")
    if steps == [""]:
        return ""
    if any(not STEP.fullmatch(step) or step in {".", ".."} for step in steps):
        raise UnreadableAddress(
            "The prefix after the bucket takes letters, digits and -_.!*'() between single slashes."
        )
    return "/".join(steps)


def _words(query: str) -> dict[str, str]:
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _value in pairs]
    if set(names) - set(WORDS) or len(names) != len(set(names)):
        raise UnreadableAddress("After the ? stand endpoint, region and acl, each at most once, and nothing else.")
    if not all(value for _name, value in pairs):
        raise UnreadableAddress("Each of endpoint, region and acl needs a value, or is left out.")
    return dict(pairs)


def _endpoint(text: str) -> str:
    parts = _split(text, "The endpoint")
    if text and (parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or "@" in parts.netloc):
        raise UnreadableAddress("The endpoint is the address of a server: https://host, with a port where it has one.")
    return text.rstrip("/")


def _region(text: str) -> str:
    if text and not REGION.fullmatch(text):
        raise UnreadableAddress("The region is a name such as ap-southeast-3.")
    return text


def _acl(text: str) -> str:
    if text not in ACLS:
        raise UnreadableAddress("acl is private (sent with each file) or none (for buckets that take no such list).")
    return text
