"""What a version is bound by: one checksum over everything somebody looks at before saying yes."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.approvals.models import ContentAsset, ContentCaption, ContentVersion
from campaigns.planning.models import Deliverable
from campaigns.tracking.models import TrackedLink, VoucherCode


@dataclass(frozen=True)
class Given:
    """The code and the link she has at this moment."""

    code: str = ""
    link: str = ""


def given_to(deliverable: Deliverable) -> Given:
    """Her voucher code and the tracked link of this deliverable, as they stand."""
    codes = VoucherCode.objects.standing().filter(collaboration=deliverable.collaboration_id)
    links = TrackedLink.objects.filter(deliverable=deliverable.pk, closed_at__isnull=True)
    return Given(codes.values_list("code", flat=True).first() or "", links.values_list("slug", flat=True).first() or "")


def checksum(
    version: ContentVersion, assets: Sequence[ContentAsset], captions: Sequence[ContentCaption], given: Given
) -> str:
    """SHA-256 over canonical JSON (sorted keys, UTF-8): another word, file, order, label, code or link is another checksum."""
    bound = {
        "stage": version.stage,
        "number": version.number,
        "caption": version.caption,
        "alt_text": version.alt_text,
        "link": version.link,
        "planned_at": version.planned_at.astimezone(dt.UTC).isoformat() if version.planned_at else None,
        "label_on": version.label_on,
        "captions": {str(one.platform_id): one.caption for one in captions},
        "assets": [[one.sha256, one.alt_text] for one in sorted(assets, key=lambda one: one.position)],
        "code": given.code,
        "tracked_link": given.link,
    }
    written = json.dumps(bound, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
