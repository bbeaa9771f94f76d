"""Handing in a version: a draft, or the idea before it. Everything is kept in one go, while the card is held."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.approvals.deciding.actions import open_review
from campaigns.approvals.handing.keeping import keep_version
from campaigns.approvals.handing.said import Package, Said
from campaigns.approvals.models import ContentVersion
from campaigns.approvals.places import version_handed_in
from campaigns.planning.models import Deliverable, Refused
from campaigns.planning.places import Came
from crm.base.models import StoredFile
from crm.outbox.models import Contact
from crm.outbox.tasks import ring_on_commit
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record

DRAFT, CONCEPT = ContentVersion.Stage.DRAFT, ContentVersion.Stage.CONCEPT


def hand_in(
    deliverable: Deliverable,
    said: Said,
    *,
    files: Sequence[StoredFile] = (),
    stage: str = DRAFT,
    at: dt.datetime,
    actor: Actor,
    contact: Contact | None = None,
    channel: str = "",
    quote: str = "",
) -> ContentVersion:
    """Keep what was handed in as the next version and put it before those who say yes.

    What waited or was approved before is replaced by it. Raises TransitionRefused when it is out or dropped, and Refused
    when there is nothing to look at; then nothing is kept.
    """
    if said.is_empty and not files:
        raise Refused(deliverable, _("There is nothing in it yet. Add a file, a link or a caption."))
    package = Package(said, files, contact, channel)
    if stage == CONCEPT:
        return _tell_idea(deliverable, package, at, actor, quote)
    deliverable.submit(
        at=at, actor=actor, draft_url=said.link, carries=package, channel=channel or Channel.MITRA,
        quote=quote or said.words, file=files[0] if files else None,
    )  # fmt: skip
    kept: ContentVersion = ContentVersion.objects.drafts().get(deliverable=deliverable, number=deliverable.drafts)
    return kept


def keep_draft(deliverable: Deliverable, came: Came) -> ContentVersion:
    """The version of a draft that has just come, however it was told: with everything, or only a link and a few words."""
    package = came.carries if isinstance(came.carries, Package) else _only_told(came)
    return _take_in(deliverable, DRAFT, deliverable.drafts, package, came.at, came.actor)


def _only_told(came: Came) -> Package:
    file, channel = came.told.get("file"), came.told.get("channel", "")
    return Package(
        Said(link=came.draft_url, words=came.told.get("quote", "")),
        [file] if file is not None else [],
        channel="" if channel == Channel.MITRA else channel,
    )


def _tell_idea(deliverable: Deliverable, package: Package, at: dt.datetime, actor: Actor, quote: str) -> ContentVersion:
    """An idea has its own numbers, and the deliverable waits for its draft as before."""
    with deliverable.collaboration.held():
        deliverable.refresh_from_db(fields=["status"])
        if not deliverable.is_draft_open:
            raise Refused(deliverable, _("“%(what)s” has moved on. Reload the page.") % {"what": deliverable})
        last = deliverable.versions.concepts().aggregate(last=Max("number"))["last"] or 0
        version = _take_in(deliverable, CONCEPT, last + 1, package, at, actor)
        campaign = deliverable.collaboration.campaign
        record(
            "version.concept", gettext_lazy("Idea for %(what)s arrived for %(campaign)s"), at=at, actor=actor,
            subject=deliverable, params={"what": deliverable, "campaign": campaign},
            influencer=deliverable.collaboration.influencer_id, brand=campaign.brand_id,
            channel=package.channel or Channel.MITRA, quote=quote or package.said.words,
        )  # fmt: skip
    ring_on_commit()
    return version


def _take_in(
    deliverable: Deliverable, stage: str, number: int, package: Package, at: dt.datetime, actor: Actor
) -> ContentVersion:
    """Keep it, and let everybody know who waits for it. The card is held."""
    version = keep_version(deliverable, stage, number, package, at, actor)
    open_review(version, at=at, actor=actor)
    for placed in version_handed_in.all():
        placed.call(version, at, actor)
    return version
