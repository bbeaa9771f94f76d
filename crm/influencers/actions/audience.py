"""Audiences and reply counts: written down, corrected, taken away, each with its line in the story."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.brands.models import Persona
from crm.influencers.models import Audience, AudienceShare, ReplyCount
from crm.influencers.shares import write_shares
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, record

Shares = Sequence[AudienceShare]


def _said(shares: Shares) -> str:
    return ", ".join(str(share) for share in shares)


told_shares = lazy(_said, str)
"""The parts in the language of whoever reads the story."""


def add_audience(
    audience: Audience, shares: Shares, personas: Collection[Persona], *, at: dt.datetime, actor: Actor
) -> Audience:
    """Keep a count of who follows. Earlier counts stay."""
    with transaction.atomic():
        audience.save(force_insert=True)
        audience.personas.set(personas)
        _put(audience, shares)
        record(
            "audience.added",
            _("Counted the audience: %(shares)s"),
            params={"shares": told_shares(shares)},
            at=at,
            actor=actor,
            subject=audience,
            influencer=audience.influencer_id,
        )
    return audience


def change_audience(
    audience: Audience,
    shares: Shares,
    personas: Collection[Persona],
    *,
    seen: dt.datetime,
    at: dt.datetime,
    actor: Actor,
) -> None:
    """Correct a count. Raises `ChangedMeanwhile`."""
    verb, sentence = "audience.changed", _("Corrected the audience of %(day)s")
    with transaction.atomic():
        params = {"day": audience.counted_on.isoformat()}
        save_edit(
            audience,
            seen=seen,
            fields=("account", "counted_on", "source"),
            sets={"personas": personas},
            params=params,
            at=at,
            actor=actor,
            influencer=audience.influencer_id,
            verb=verb,
            sentence=sentence,
        )
        before, after = write_shares(in_order(audience.shares.all())), write_shares(shares)
        if before != after:
            audience.shares.all().delete()
            _put(audience, shares)
            audience.save(update_fields=["updated_at"])
            changes = {"shares": (before, after)}
            record(
                verb, sentence, params=params, changes=changes, at=at, actor=actor, subject=audience,
                influencer=audience.influencer_id,
            )  # fmt: skip


def remove_audience(audience: Audience, *, at: dt.datetime, actor: Actor) -> None:
    """Take a count away. The story keeps what it said."""
    with transaction.atomic():
        record(
            "audience.removed",
            _("Removed the audience of %(day)s"),
            params={"day": audience.counted_on.isoformat()},
            changes={"shares": (write_shares(in_order(audience.shares.all())), "")},
            at=at,
            actor=actor,
            subject=audience,
            influencer=audience.influencer_id,
        )
        audience.delete()


def _put(audience: Audience, shares: Shares) -> None:
    for share in shares:
        share.pk, share.audience = None, audience
    AudienceShare.objects.bulk_create(shares)


def in_order(shares: Iterable[AudienceShare]) -> list[AudienceShare]:
    """Ages from the youngest, then genders and places, the largest first."""
    kinds = list(AudienceShare.Kind.values)
    return sorted(shares, key=lambda share: (kinds.index(share.kind), _place(share), share.label))


def _place(share: AudienceShare) -> float:
    if share.kind == AudienceShare.Kind.AGE:
        return float(share.label.rstrip("+").partition("-")[0])
    return -float(share.percent)


def add_reply_count(count: ReplyCount, *, at: dt.datetime, actor: Actor) -> ReplyCount:
    """Keep how many comments she answers. Earlier counts stay."""
    with transaction.atomic():
        count.save(force_insert=True)
        record(
            "reply_count.added",
            _("Answers %(percent)s %% of the comments, by the last %(posts)s posts"),
            params={"percent": f"{count.percent.normalize():f}", "posts": count.posts},
            at=at,
            actor=actor,
            subject=count,
            influencer=count.influencer_id,
        )
    return count


def remove_reply_count(count: ReplyCount, *, at: dt.datetime, actor: Actor) -> None:
    """It was counted wrongly."""
    with transaction.atomic():
        record(
            "reply_count.removed",
            _("Removed a count of answered comments"),
            changes={"percent": (count.percent, ""), "posts": (count.posts, "")},
            at=at,
            actor=actor,
            subject=count,
            influencer=count.influencer_id,
        )
        count.delete()
