"""Files from outside: the one door in (`accept_upload`, `SafeFileField`) and the one door out (`serve_file`)."""

from crm.base.files.fields import SafeFileField
from crm.base.files.kinds import DOCUMENTS, EVERY_KIND, IMAGES, VIDEOS, Family, Kind, UploadRefused
from crm.base.files.serving import POLICY, Disposition, serve_file
from crm.base.files.upload import Quota, SafeFile, accept_upload, at_most, clean_label, keep

__all__ = [
    "DOCUMENTS",
    "EVERY_KIND",
    "IMAGES",
    "POLICY",
    "VIDEOS",
    "Disposition",
    "Family",
    "Kind",
    "Quota",
    "SafeFile",
    "SafeFileField",
    "UploadRefused",
    "accept_upload",
    "at_most",
    "clean_label",
    "keep",
    "serve_file",
]
