"""Accounts and their counted numbers, and the main account's facts on the person."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from crm.influencers.tiers import ladder
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, record

ACCOUNT_FIELDS = ("platform", "handle", "followers", "followers_at", "tier_override")


def refresh_main_account(person: Influencer, on: dt.date | None = None) -> None:
    """Bring platform, handle, followers and tier of the person in step with her largest account.

    The tier is that of the organisation's scheme on the day (default: the day the followers were counted), unless one
    was set by hand. Without any account all four are empty.
    """
    main = person.accounts.select_related("platform").largest_first().first()
    facts: dict[str, Any] = {"main_platform": None, "main_handle": "", "followers": None, "tier_code": ""}
    if main is not None:
        day = on or (main.followers_at or main.updated_at).date()
        facts = {
            "main_platform": main.platform,
            "main_handle": main.handle,
            "followers": main.followers,
            "tier_code": main.tier_override or _tier_code(main.followers, day),
        }
    for name, value in facts.items():
        setattr(person, name, value)
    Influencer.objects.filter(pk=person.pk).update(**facts)


def _tier_code(followers: int | None, on: dt.date) -> str:
    tier = ladder(Organisation.load().tier_scheme, on).tier(followers)
    return tier.code if tier else ""


def add_account(person: Influencer, account: SocialAccount, *, at: dt.datetime, actor: Actor) -> SocialAccount:
    """Give the person another account. Raises IntegrityError when somebody has that handle already."""
    with transaction.atomic():
        account.influencer = person
        account.followers_at = at if account.followers is not None else None
        account.save(force_insert=True)
        _snapshot_of_count(account, at)
        refresh_main_account(person, at.date())
        record(
            "account.added",
            _("Added the account @%(handle)s on %(platform)s"),
            params={"handle": account.handle, "platform": account.platform.name},
            at=at,
            actor=actor,
            subject=account,
            influencer=person,
        )
    return account


def change_account(
    account: SocialAccount, *, seen: dt.datetime, at: dt.datetime, actor: Actor, recounted: bool
) -> bool:
    """Save the account's new values. A new count is kept as a snapshot too, so that the development shows.

    Raises `ChangedMeanwhile`, and IntegrityError when somebody has that handle already.
    """
    with transaction.atomic():
        if recounted:
            account.followers_at = at if account.followers is not None else None
        changed = save_edit(
            account,
            seen=seen,
            fields=ACCOUNT_FIELDS,
            verb="account.changed",
            sentence=_("Changed the account @%(handle)s"),
            params={"handle": account.handle},
            at=at,
            actor=actor,
            influencer=account.influencer_id,
        )
        if recounted:
            _snapshot_of_count(account, at)
        refresh_main_account(account.influencer, at.date())
    return changed


def _snapshot_of_count(account: SocialAccount, at: dt.datetime) -> None:
    if account.followers is not None:
        MetricSnapshot.objects.create(account=account, taken_at=at, followers=account.followers, source="")


def remove_account(account: SocialAccount, *, at: dt.datetime, actor: Actor) -> None:
    """Take an account away, with the numbers counted for it. The story keeps that it was there."""
    person = account.influencer
    with transaction.atomic():
        record(
            "account.removed",
            _("Removed the account @%(handle)s on %(platform)s"),
            params={"handle": account.handle, "platform": account.platform.name},
            at=at,
            actor=actor,
            subject=account,
            influencer=person,
            changes={"followers": (account.followers, "")},
        )
        account.delete()
        refresh_main_account(person, at.date())


def add_snapshot(snapshot: MetricSnapshot, *, at: dt.datetime, actor: Actor) -> MetricSnapshot:
    """Keep numbers somebody counted by hand. A newer follower count becomes the account's own."""
    account = snapshot.account
    with transaction.atomic():
        snapshot.save(force_insert=True)
        is_newest = account.followers_at is None or snapshot.taken_at >= account.followers_at
        if snapshot.followers is not None and is_newest:
            account.followers, account.followers_at = snapshot.followers, snapshot.taken_at
            account.save(update_fields=["followers", "followers_at", "updated_at"])
            refresh_main_account(account.influencer, at.date())
        record(
            "snapshot.added",
            _("Counted @%(handle)s: %(nature)s"),
            params={"handle": account.handle, "nature": MetricSnapshot.Nature(snapshot.nature).label},
            at=at,
            actor=actor,
            subject=account,
            influencer=account.influencer_id,
        )
    return snapshot


def withdraw_snapshot(snapshot: MetricSnapshot, *, at: dt.datetime, actor: Actor) -> bool:
    """Say that numbers were wrong: they stay on file and count no more; the account follows what still stands."""
    account = snapshot.account
    with transaction.atomic():
        if not MetricSnapshot.objects.standing().filter(pk=snapshot.pk).update(withdrawn_at=at):
            return False
        counted = account.snapshots.standing().exclude(followers=None).newest_first().first()
        account.followers = counted.followers if counted else None
        account.followers_at = counted.taken_at if counted else None
        account.save(update_fields=["followers", "followers_at", "updated_at"])
        refresh_main_account(account.influencer, at.date())
        record(
            "snapshot.withdrawn",
            _("Withdrew numbers of @%(handle)s"),
            params={"handle": account.handle},
            at=at,
            actor=actor,
            subject=account,
            influencer=account.influencer_id,
        )
    return True
