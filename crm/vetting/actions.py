"""Checking, rating, overriding, counting by hand, clearing signs: each kept beside what it replaces, each told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.windows import months_later
from crm.influencers.models import Influencer, SocialAccount
from crm.team.models import User
from crm.timeline.record import Actor, record
from crm.vetting.models import Check, CheckItem, Clearance, HoldOverride, ProfileSample, Rating, Threshold

AUTHENTICITY = "authenticity"
"""The checklist item that large offers need."""


class VettingRefused(Exception):
    """Nothing was changed; `str(error)` says why and what to do."""


class CheckedMeanwhile(VettingRefused):
    """Somebody else checked the same items after the page was opened."""

    def __init__(self, newer: Mapping[int, Check]) -> None:
        self.newer = newer
        names = ", ".join(str(check.item) for check in newer.values())
        super().__init__(
            _now("Somebody checked this while the page was open: %(items)s. Compare, then save again.")
            % {"items": names}
        )


@dataclass(frozen=True)
class Finding:
    """What a colleague found out about one item. `seen` is the check the page showed, 0 for none."""

    item: CheckItem
    verdict: str
    evidence: str = ""
    link: str = ""
    file: SafeFile | None = None
    seen: int = 0


def record_checks(
    person: Influencer, findings: Sequence[Finding], *, on: dt.date, user: User, at: dt.datetime
) -> list[Check]:
    """Keep what was found; older checks of the same items become history. All of them, or none.

    Raises CheckedMeanwhile when somebody was faster.
    """
    with transaction.atomic():
        hold(person)
        standing = standing_checks(person, [finding.item for finding in findings])
        newer = {item: check for item, check in standing.items() if check.pk != seen_of(findings, item)}
        if newer:
            raise CheckedMeanwhile(newer)
        Check.objects.filter(pk__in=[check.pk for check in standing.values()]).update(superseded_at=at, updated_at=at)
        made = [keep_check(person, finding, on, user) for finding in findings]
        tell_checks(person, made, standing, at, Actor.user(user))
    return made


def seen_of(findings: Sequence[Finding], item: int) -> int:
    return next(finding.seen for finding in findings if finding.item.pk == item)


def standing_checks(person: Influencer, items: Sequence[CheckItem]) -> dict[int, Check]:
    rows = Check.objects.standing().filter(influencer=person, item__in=items).select_related("item")
    return {check.item_id: check for check in rows}


def keep_check(person: Influencer, finding: Finding, on: dt.date, user: User) -> Check:
    return Check.objects.create(
        influencer=person,
        item=finding.item,
        verdict=finding.verdict,
        evidence=finding.evidence,
        link=finding.link,
        file=keep(finding.file, by=user.get_short_name()) if finding.file else None,
        checked_by=user,
        checked_on=on,
        expires_on=months_later(on, finding.item.valid_months),
    )


def tell_checks(
    person: Influencer, made: Sequence[Check], before: Mapping[int, Check], at: dt.datetime, actor: Actor
) -> None:
    """The story says items and verdicts; what was seen stays on the vetting page. A hard fail has a line of its own."""
    failed = [check for check in made if check.is_hard_fail]
    rest = [check for check in made if not check.is_hard_fail]
    for check in failed:
        tell_some("vetting.failed", person, [check], before, at, actor)
    if rest:
        tell_some("vetting.checked", person, rest, before, at, actor)


def tell_some(
    verb: str, person: Influencer, checks: list[Check], before: Mapping[int, Check], at: dt.datetime, actor: Actor
) -> None:
    record(
        verb,
        _("Vetting: %(found)s"),
        params={"found": Found(checks)},
        at=at,
        actor=actor,
        subject=checks[0],
        influencer=person,
        changes={
            check.item.code: (before[check.item_id].get_verdict_display(), check.get_verdict_display())
            for check in checks
            if check.item_id in before
        },
    )


class Found:
    """Items with their verdicts, in the language that is active when the story is written."""

    def __init__(self, checks: list[Check]) -> None:
        self.checks = checks

    def __str__(self) -> str:
        return ", ".join(f"{check.item}: {check.get_verdict_display()}" for check in self.checks)


class ItemName:
    """An item's name in the language that is active when somebody reads it."""

    def __init__(self, item: CheckItem) -> None:
        self.item = item

    def __str__(self) -> str:
        return str(self.item)


def override_hold(check: Check, why: str, *, user: User, at: dt.datetime) -> HoldOverride:
    """Let offers go ahead although this check failed. Raises VettingRefused unless it fails, stands and still holds."""
    with transaction.atomic():
        hold(check.influencer)
        stored = Check.objects.select_related("item").get(pk=check.pk)
        if stored.superseded_at is not None or stored.verdict != Check.Verdict.FAIL:
            raise VettingRefused(_now("Somebody checked this again. Look at the page, then decide."))
        if HoldOverride.objects.filter(failed_check=stored).exists():
            raise VettingRefused(_now("Somebody has logged a reason already. Offers may go ahead."))
        made = HoldOverride.objects.create(failed_check=stored, why=why, decided_by=user, decided_at=at)
        record(
            "vetting.override",
            _("Offers may go ahead although “%(item)s” failed: %(why)s"),
            params={"item": ItemName(stored.item), "why": why},
            at=at,
            actor=Actor.user(user),
            subject=stored,
            influencer=stored.influencer_id,
        )
    return made


def rate(person: Influencer, marks: Mapping[str, int], note: str, *, user: User, at: dt.datetime) -> Rating:
    """Keep a colleague's opinion; her or his older one becomes history."""
    with transaction.atomic():
        hold(person)
        Rating.objects.standing().filter(influencer=person, rater=user).update(superseded_at=at, updated_at=at)
        rating = Rating.objects.create(
            influencer=person, rater=user, rater_name=user.get_short_name(), note=note, rated_at=at, **marks
        )
        record(
            "vetting.rated",
            _("Rated %(mean)s of 5"),
            params={"mean": rating.mean},
            at=at,
            actor=Actor.user(user),
            subject=rating,
            influencer=person,
        )
    return rating


def keep_sample(sample: ProfileSample, *, at: dt.datetime, actor: Actor) -> None:
    """Keep what was read off a profile; older samples stay."""
    with transaction.atomic():
        sample.save(force_insert=True)
        record(
            "vetting.sampled",
            _("Looked through the profile of @%(handle)s"),
            params={"handle": sample.account.handle},
            at=at,
            actor=actor,
            subject=sample.account,
            influencer=sample.account.influencer_id,
        )


@dataclass(frozen=True)
class Looked:
    """Why a sign means nothing here."""

    evidence: str
    link: str = ""
    file: SafeFile | None = None


def clear_sign(
    account: SocialAccount,
    code: str,
    seen: str,
    looked: Looked,
    *,
    rule: Threshold | None,
    on: dt.date,
    user: User,
    at: dt.datetime,
) -> Clearance:
    """Let a sign rest for as long as the rule says. Raises VettingRefused when it rests already or no rule is valid."""
    if rule is None:
        raise VettingRefused(_now("No threshold says how long a cleared sign rests. An admin can add one."))
    with transaction.atomic():
        hold(account.influencer)
        if Clearance.objects.standing(on).filter(account=account, code=code).exists():
            raise VettingRefused(_now("Somebody has cleared this sign already."))
        made = Clearance.objects.create(
            account=account,
            code=code,
            seen=seen[:400],
            evidence=looked.evidence,
            link=looked.link,
            file=keep(looked.file, by=user.get_short_name()) if looked.file else None,
            cleared_by=user,
            cleared_on=on,
            expires_on=on + dt.timedelta(days=int(rule.limit)),
        )
        tell_clearance(made, "vetting.cleared", _("Looked into a sign and cleared it: %(sign)s"), at, Actor.user(user))
    return made


def withdraw_clearance(clearance: Clearance, *, at: dt.datetime, actor: Actor) -> bool:
    """The sign shows again; False when it did already."""
    with transaction.atomic():
        if not Clearance.objects.filter(pk=clearance.pk, withdrawn_at__isnull=True).update(
            withdrawn_at=at, updated_at=at
        ):
            return False
        tell_clearance(clearance, "vetting.uncleared", _("A cleared sign shows again: %(sign)s"), at, actor)
    return True


def tell_clearance(clearance: Clearance, verb: str, sentence: Any, at: dt.datetime, actor: Actor) -> None:
    record(
        verb,
        sentence,
        params={"sign": Threshold.Code(clearance.code).label},
        at=at,
        actor=actor,
        subject=clearance.account,
        influencer=clearance.account.influencer_id,
    )


def hold(person: Influencer) -> None:
    """Hold the person's row, so that two colleagues at once are told one after the other.

    Raises VettingRefused when she was merged meanwhile: what is written to her then would be read by nobody.
    """
    rows = Influencer.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk)
    if rows.values_list("merged_into", flat=True).first() is not None:
        raise VettingRefused(
            _now("She goes on as somebody else: two entries were merged. Open her page and go on there.")
        )
