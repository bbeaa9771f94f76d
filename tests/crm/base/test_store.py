"""Where kept files stand: an address is read or refused in words, and files work on a store without paths."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.test import RequestFactory
from django.utils.functional import empty
from PIL import Image

from crm.base.files import Disposition, accept_upload, keep, serve_file
from crm.base.files.address import Bucket, UnreadableAddress, read_address
from crm.base.files.store import check_store
from crm.base.files.stretch import open_stretch
from crm.base.models import StoredFile
from tests.crm.base import corpus

ROOT = Path(house.BASE_DIR)


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("s3://mitra", Bucket("mitra")),
        ("  s3://mitra/  ", Bucket("mitra")),
        ("s3://mitra.files-2/a/b/", Bucket("mitra.files-2", "a/b")),
        ("s3://mitra?region=ap-southeast-3", Bucket("mitra", region="ap-southeast-3")),
        (
            "s3://mitra/kept?endpoint=http://minio:9000/&acl=none",
            Bucket("mitra", "kept", "http://minio:9000", "", "none"),
        ),
        (
            "s3://mitra?endpoint=https%3A%2F%2Fs3.example.com&region=id-jkt",
            Bucket("mitra", "", "https://s3.example.com", "id-jkt"),
        ),
    ],
)
def test_an_address_is_read(address: str, read: Bucket) -> None:
    assert read_address(address) == read


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mitra/kept", "It has to begin with s3://."),
        ("https://mitra", "It has to begin with s3://."),
        ("s3://[mitra", "The address is none."),
        ("s3://", "After s3:// comes the name of a bucket"),
        ("s3://Mitra", "After s3:// comes the name of a bucket"),
        ("s3://mitra:9000", "After s3:// comes the name of a bucket"),
        ("s3://key:secret@mitra", "Keys do not belong into it"),
        ("s3://mitra/a//b", "The prefix after the bucket takes"),
        ("s3://mitra/../b", "The prefix after the bucket takes"),
        ("s3://mitra#x", "Nothing may follow a #."),
        ("s3://mitra?regoin=x", "After the ? stand endpoint, region and acl"),
        ("s3://mitra?region=a&region=b", "After the ? stand endpoint, region and acl"),
        ("s3://mitra?region=", "Each of endpoint, region and acl needs a value"),
        ("s3://mitra?region=Jawa Barat", "The region is a name such as"),
        ("s3://mitra?endpoint=s3.example.com", "The endpoint is the address of a server"),
        ("s3://mitra?endpoint=https://key:secret@s3.example.com", "The endpoint is the address of a server"),
        ("s3://mitra?endpoint=https://[", "The endpoint is none."),
        ("s3://mitra?acl=public-read", "acl is private"),
    ],
)
def test_an_address_that_names_no_bucket_is_refused_in_words_that_repeat_no_secret(address: str, said: str) -> None:
    with pytest.raises(UnreadableAddress) as refused:
        read_address(address)
    assert str(refused.value).startswith(said)
    assert "secret" not in str(refused.value)


def test_what_is_kept_in_a_bucket_is_private_and_never_written_over() -> None:
    assert read_address("s3://mitra/kept?endpoint=https://s3.example.com").options() == {
        "bucket_name": "mitra", "location": "kept", "endpoint_url": "https://s3.example.com", "region_name": None,
        "default_acl": "private", "file_overwrite": False, "gzip": False, "custom_domain": None,
        "max_memory_size": 2 * 1024 * 1024,
    }  # fmt: skip
    assert read_address("s3://mitra?acl=none").options()["default_acl"] is None


@pytest.mark.parametrize(("address", "ids"), [("", []), ("s3://Mitra", ["crm.E004"]), ("s3://mitra", ["crm.E005"])])
def test_the_check_says_what_to_do(settings: Any, monkeypatch: Any, address: str, ids: list[str]) -> None:
    settings.MEDIA_STORE = address
    monkeypatch.setattr("crm.base.files.store.PACKAGES", ("a_package_nobody_has",))
    assert [found.id for found in check_store()] == ids


def test_the_check_is_silent_where_everything_is_there(settings: Any, monkeypatch: Any) -> None:
    settings.MEDIA_STORE = "s3://mitra"
    monkeypatch.setattr("crm.base.files.store.PACKAGES", ("django",))
    assert check_store() == []


def pins(name: str) -> dict[str, str]:
    rows = [row.split(" ")[0].split("==") for row in (ROOT / name).read_text().splitlines() if row[:1].isalpha()]
    return dict(rows)


def test_the_extra_pins_what_is_pinned_already_but_for_one_package() -> None:
    """botocore takes no python-dateutil from 3 on; everything here takes 2.9, too."""
    here, extra = pins("requirements.txt"), pins("requirements-s3.txt")
    assert {name for name in here.keys() & extra.keys() if here[name] != extra[name]} == {"python-dateutil"}
    assert extra["django-storages"] == "1.14.6"
    assert not {"django-storages", "boto3", "botocore"} & (here.keys() | pins("requirements-dev.txt").keys())


# ---- a store without paths -------------------------------------------------------------------------------------------


@pytest.fixture
def away(settings: Any) -> InMemoryStorage:
    """The default store in memory: it has no paths, and nothing of it is on the disk."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    default_storage._wrapped = empty
    yield default_storage
    default_storage._wrapped = empty


def brought(name: str, data: bytes) -> StoredFile:
    return StoredFile.objects.get(pk=keep(accept_upload(ContentFile(data, name)), by="Kirana").pk)


@pytest.mark.django_db
def test_a_photo_of_a_phone_is_kept_served_and_removed(away: InMemoryStorage) -> None:
    kept = brought("IMG_1.HEIC", corpus.apple_photo())
    answer = serve_file(RequestFactory().get("/"), kept, disposition=Disposition.INLINE)
    data = b"".join(answer.streaming_content)
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, kept.label, hashlib.sha256(data).hexdigest()) == ("JPEG", "IMG_1.jpg", kept.sha256)
    name = kept.file.name
    kept.file.delete(save=False)
    assert not away.exists(name)


@pytest.mark.django_db
def test_a_film_is_kept_without_its_place_and_read_in_stretches(away: InMemoryStorage) -> None:
    kept = brought("clip.mp4", corpus.video())
    with kept.file.open("rb") as content:
        whole = content.read()
    assert corpus.GPS_PLACE in corpus.video()
    assert corpus.GPS_PLACE not in whole
    stretch = open_stretch(kept, 4, 12)
    assert (stretch.read(5), stretch.read(), stretch.read()) == (whole[4:9], whole[9:12], b"")
    stretch.close()


@pytest.mark.django_db
def test_a_file_that_is_gone_from_the_store_is_not_found(away: InMemoryStorage) -> None:
    kept = brought("clip.mp4", corpus.video())
    away.delete(kept.file.name)
    with pytest.raises(FileNotFoundError):
        open_stretch(kept, 0, 5)
