"""Where files stand: kept ones on this machine or in a bucket, static ones beside the code or collected."""

from typing import Any


def storages(address: str, *, collected: bool) -> dict[str, dict[str, Any]]:
    """STORAGES; `address` is MEDIA_STORE, which crm.base.files.store looks at."""
    here = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    bucket = {"BACKEND": "crm.base.files.bucket.BucketStorage", "OPTIONS": {"address": address}}
    gathered = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {"default": bucket if address else here, "staticfiles": {"BACKEND": gathered if collected else plain}}
