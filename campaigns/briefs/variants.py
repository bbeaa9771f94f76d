"""What differs for one person: field by field on top of the brief, and when that asks her again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.briefs.acceptance import NO_BRIEF
from campaigns.briefs.content import content_of, merged
from campaigns.briefs.diff import binding_changes
from campaigns.briefs.models import BriefVariant, BriefVersion
from campaigns.planning.models import Collaboration, Refused
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import Actor, record

MAY_DIFFER = (
    "key_messages", "items", "colour_tone", "pose", "caption", "hashtags", "mentions", "upload_time", "embargo_at",
    "use_days", "claims", "forbidden", "disclosure", "link", "rights_note",
)  # fmt: skip
"""What may be different for one person. Who the brand is and what the product does is the same for everybody."""


def set_overrides(card: Collaboration, overrides: Mapping[str, Any], *, at: dt.datetime, actor: Actor) -> BriefVariant:
    """From now on these fields are different for her, and nothing else. A binding one asks her again.

    Raises Refused while no brief was released. The same again changes nothing.
    """
    with transaction.atomic():
        list(Collaboration.objects.select_for_update().filter(pk=card.pk).values_list("pk"))
        version = (
            BriefVersion.objects.released().filter(brief__campaign=card.campaign_id).newest_first().whole().first()
        )
        if version is None:
            raise Refused(card, NO_BRIEF)
        row = BriefVariant.objects.filter(collaboration=card).first()
        before, after = dict(row.overrides) if row is not None else {}, dict(overrides)
        if before == after:
            return row or BriefVariant(brief=version.brief, collaboration=card, revision=0, released_at=at)
        content = content_of(version)
        asks = bool(binding_changes(merged(content, before), merged(content, after)))
        row = _write(row, version, card, after, asks=asks, at=at)
        _tell(card, row, asks, at, actor)
        ring_on_commit()
    return row


def _write(
    row: BriefVariant | None, version: BriefVersion, card: Collaboration, overrides: dict[str, Any], *, asks: bool, at: dt.datetime
) -> BriefVariant:  # fmt: skip
    revision = row.revision + 1 if row is not None else 1
    row = row or BriefVariant(brief=version.brief, collaboration=card, asks_again_from=0)
    row.overrides, row.revision, row.released_at = overrides, revision, at
    if asks:
        row.asks_again_from = revision
    row.save()
    return row


def _tell(card: Collaboration, row: BriefVariant, asks: bool, at: dt.datetime, actor: Actor) -> None:
    many = len(row.overrides)
    sentence = _("Her brief for %(campaign)s differs in: %(count)s fields")
    record(
        "brief.variant", sentence, at=at, actor=actor, subject=card,
        params={"campaign": card.campaign, "count": many}, influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip


def in_words(overrides: Mapping[str, Any]) -> str:
    """Her brief differs in two fields."""
    many = len(overrides)
    if not many:
        return _now("She has the brief as it is.")
    return ngettext("Her brief differs in %(n)d field.", "Her brief differs in %(n)d fields.", many) % {"n": many}
