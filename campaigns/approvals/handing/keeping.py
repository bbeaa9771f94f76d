"""Writing a version down: its row, its files and captions, and the checksum over all of it."""

import datetime as dt

from campaigns.approvals.handing.binding import checksum, given_to
from campaigns.approvals.handing.said import Package
from campaigns.approvals.models import ContentAsset, ContentCaption, ContentVersion
from campaigns.briefs.models import BriefAck
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from crm.timeline.record import Actor


def keep_version(
    deliverable: Deliverable, stage: str, number: int, package: Package, at: dt.datetime, actor: Actor
) -> ContentVersion:
    """The version with its files and captions, bound by its checksum. Call it while the card is held."""
    version = _row(deliverable, stage, number, package, at, actor)
    assets = [_asset(file, position, package) for position, file in enumerate(package.files, 1)]
    captions = [ContentCaption(platform_id=pk, caption=words) for pk, words in sorted(package.said.captions.items())]
    version.sha256 = checksum(version, assets, captions, given_to(deliverable))
    version.save(force_insert=True)
    for asset in assets:
        asset.version = version
        asset.save(force_insert=True)
    for caption in captions:
        caption.version = version
        caption.save(force_insert=True)
    return version


def _row(
    deliverable: Deliverable, stage: str, number: int, package: Package, at: dt.datetime, actor: Actor
) -> ContentVersion:
    said, accepted = package.said, accepted_by(deliverable)
    return ContentVersion(
        deliverable=deliverable, stage=stage, number=number, caption=said.caption, alt_text=said.alt_text,
        link=said.link, planned_at=said.planned_at, words=said.words, label_on=said.label_on,
        brief_version=accepted.version_id if accepted else None, brief_revision=accepted.revision if accepted else 0,
        submitted_at=at, submitted_by=actor.label[:160], by_user=actor.user_id,
        contact_id=package.contact.pk if package.contact else actor.contact_id, channel=package.channel,
    )  # fmt: skip


def accepted_by(deliverable: Deliverable) -> BriefAck | None:
    """What she said yes to last: a draft is judged by that, whatever was released since."""
    mine = BriefAck.objects.filter(collaboration=deliverable.collaboration_id)
    return mine.order_by("-version__number", "-revision").first()


def _asset(file: StoredFile, position: int, package: Package) -> ContentAsset:
    width, height = measured(file)
    return ContentAsset(
        position=position, file=file, label=file.label, mime=file.mime, size=file.size, sha256=file.sha256,
        width=width, height=height, alt_text=package.alt_of(position - 1)[:300],
    )  # fmt: skip


def measured(file: StoredFile) -> tuple[int | None, int | None]:
    """Width and height of a picture, read from its head; of anything else, and of what is gone from the disk, nothing."""
    if not file.mime.startswith("image/"):
        return None, None
    from PIL import Image  # with the library of pictures, like all of crm.base.files.images

    from crm.base.files.images import PARSER_ERRORS

    try:
        with file.file.open("rb") as content, Image.open(content) as picture:
            return picture.size
    except PARSER_ERRORS:
        return None, None
