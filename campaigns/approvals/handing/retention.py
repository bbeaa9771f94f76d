"""How long files of drafts are kept once the post is out: as long as the house says; what they were stays on record."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import ContentAsset, Deviation
from crm.base.files.letting_go import let_bytes_go
from crm.base.models import Organisation, StoredFile
from crm.base.places import Outlived, kept_for


def _days() -> int | None:
    return Organisation.load().drafts_kept_days


@kept_for(
    "draft_files", label=_("Files of drafts that were posted"), days=365, set_by=_days, order=120,
    goes=_("Pictures and films of a draft go; its checksum, its caption and who approved it stay."),
)  # fmt: skip
def old_files(before: dt.datetime, now: dt.datetime) -> Outlived:
    """What was approved is kept while a deviation of its post is open: it is what the post is compared with."""
    disputed = Deviation.objects.filter(
        post__deliverable=OuterRef("version__deliverable"), closed_at__isnull=True
    )  # fmt: skip
    rows = ContentAsset.objects.filter(
        version__deliverable__published_at__lt=before, version__deliverable__status="published"
    ).exclude(file__file="")
    rows = rows.exclude(Exists(disputed), version__review__status="approved")
    return Outlived(StoredFile.objects.filter(pk__in=rows.order_by().values("file")), _take)


def _take(pks: Sequence[int]) -> int:
    return let_bytes_go(pks)
