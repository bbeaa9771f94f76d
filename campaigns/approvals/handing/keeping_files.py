"""How long files of drafts are kept once the post is out: as long as the house says; what they were stays on record."""

import datetime as dt

from django.db.models import Exists, OuterRef

from campaigns.approvals.models import ContentAsset, Deviation
from crm.base.models import Organisation, StoredFile

AT_ONCE = 200


def remove_old_files(now: dt.datetime) -> int:
    """Remove files of what was posted longer ago than the house keeps them; their rows and checksums stay.

    What was approved is kept while a deviation of its post is open: it is what the post is compared with.
    """
    days = Organisation.load().drafts_kept_days
    if days is None:
        return 0
    disputed = Deviation.objects.filter(
        post__deliverable=OuterRef("version__deliverable"), closed_at__isnull=True
    )  # fmt: skip
    rows = ContentAsset.objects.filter(
        version__deliverable__published_at__lt=now - dt.timedelta(days=days),
        version__deliverable__status="published",
    ).exclude(file__file="")
    rows = rows.exclude(Exists(disputed), version__review__status="approved")
    found = list(StoredFile.objects.filter(pk__in=rows.values("file")).order_by("pk")[:AT_ONCE])
    for stored in found:
        stored.file.delete(save=False)
        StoredFile.objects.filter(pk=stored.pk).update(file="")
    return len(found)
