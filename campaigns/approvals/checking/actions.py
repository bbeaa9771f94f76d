"""Looking at captions: of a version, with what is found kept, or of words somebody is still typing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from campaigns.approvals.checking.asked import FAIL, HAND, Asked, Finding, Seen
from campaigns.approvals.checking.asking import asked_of, foreign_codes, with_words
from campaigns.approvals.checking.rules import judge
from campaigns.approvals.models import CheckResult, ContentVersion, Review
from campaigns.planning.models import Deliverable, Refused
from crm.timeline.record import Actor, record

NOT_AGAIN = ("CAP-11", "CAP-15", "CAP-16", "VID-01", "STO-01")
"""What is about the post and not about its words: asked once, whatever further platforms it goes out on."""
BY_EYE = ("VID-01", "STO-01")
TICKED = "ticked"
KEPT = ("outcome", "holds", "start", "end", "quoted", "said_en", "said_id", "source", "source_url", "updated_at")
WAIVER = ("waived_by", "waived_at", "waive_reason")


def check(version: ContentVersion, *, now: dt.datetime) -> list[CheckResult]:
    """Look at every caption of a version and keep what is found; a waiver stays while the same is found again.

    An idea has no caption yet, so nothing is found in it. The same number of queries whatever is found.
    """
    with transaction.atomic():
        _hold(version)
        found = _found(version, now) if version.stage == ContentVersion.Stage.DRAFT else {}
        kept = _keep(version, found, now)
        _recount(version, checked_at=now)
    return kept


def preview(
    deliverable: Deliverable, caption: str, *, platform: int | None = None, planned_at: dt.datetime | None = None,
    label_on: bool = False, now: dt.datetime,
) -> list[Finding]:  # fmt: skip
    """What would be found in these words. Nothing is kept."""
    asked = asked_of([deliverable], now, planned={deliverable.pk: planned_at})[deliverable.pk]
    return judge(
        with_words(
            asked,
            caption,
            platform,
            codes=foreign_codes([caption]),
            card=deliverable.collaboration_id,
            label_on=label_on,
        )
    )


def waive(result: CheckResult, reason: str, *, at: dt.datetime, actor: Actor) -> CheckResult:
    """Let it pass although this was found. Raises Refused with what to do; then nothing is changed."""
    if not reason.strip():
        raise Refused(result, _("Say in a few words why this may pass."))
    with transaction.atomic():
        _hold(result.version)
        row = _reread(result)
        if row.outcome not in (CheckResult.Outcome.FAIL, CheckResult.Outcome.WARN):
            raise Refused(row, _("Nothing is found there any more."))
        if row.waived_at is not None:
            raise Refused(row, _("This was let pass already."))
        row.waived_at, row.waived_by_id, row.waive_reason = at, actor.user_id, reason.strip()[:300]
        row.save(update_fields=[*WAIVER, "updated_at"])
        _recount(row.version)
        _tell("check.waived", gettext_lazy("“%(found)s” may pass in %(what)s: %(why)s"), row, reason.strip(), at, actor)
    return row


def _reread(result: CheckResult) -> CheckResult:
    rows = CheckResult.objects.select_related("version__deliverable__collaboration__campaign")
    found: CheckResult = rows.get(pk=result.pk)
    return found


def tick(version: ContentVersion, rule: str, seen: Seen, *, at: dt.datetime, actor: Actor) -> CheckResult:
    """What somebody counted in the picture, judged by its rule and kept with the version. Raises Refused."""
    asked = replace(asked_of([version.deliverable], at)[version.deliverable_id], seen=seen)
    found = [one for one in judge(asked) if one.rule == rule]
    if rule not in BY_EYE or not found or found[0].outcome == HAND:
        raise Refused(version, _("Fill in what you counted."))
    with transaction.atomic():
        _hold(version)
        CheckResult.objects.filter(version=version, rule=rule).delete()
        row = _row(version, None, replace(found[0], key=TICKED))
        row.save(force_insert=True)
        _recount(version)
        _tell("check.ticked", gettext_lazy("Looked at %(what)s: %(found)s"), row, "", at, actor)
    return row


def _hold(version: ContentVersion) -> None:
    """One look at a time: its review is held, or the version itself while there is none."""
    if not list(Review.objects.select_for_update().filter(version=version).values_list("pk")):
        list(ContentVersion.objects.select_for_update().filter(pk=version.pk).values_list("pk"))


Place = tuple[int | None, str, str]
"""Platform, rule and which finding."""


def _found(version: ContentVersion, now: dt.datetime) -> dict[Place, Finding]:
    """Everything found in the captions of a version, the deliverable's own platform first."""
    key = version.deliverable_id
    asked = asked_of(
        [version.deliverable], now, briefs={key: version.brief_version}, planned={key: version.planned_at}
    )[key]  # fmt: skip
    captions: list[tuple[int | None, str]] = [(None, version.caption)]
    captions += [(row.platform_id, row.caption) for row in version.captions.all()]
    codes = foreign_codes([caption for _platform, caption in captions])
    card = version.deliverable.collaboration_id
    found: dict[Place, Finding] = {}
    for platform, caption in captions:
        words = with_words(asked, caption, platform, codes=codes, card=card, label_on=version.label_on)
        for one in _of_platform(words, platform):
            found.setdefault((platform, one.rule, one.key), one)
    return found


def _of_platform(asked: Asked, platform: int | None) -> Iterable[Finding]:
    return [one for one in judge(asked) if platform is None or one.rule not in NOT_AGAIN]


def _keep(version: ContentVersion, found: dict[Place, Finding], now: dt.datetime) -> list[CheckResult]:
    """Rows that are found again keep their waiver, what somebody ticked stays, the rest goes."""
    there = {(row.platform_id, row.rule, row.key): row for row in CheckResult.objects.filter(version=version)}
    ticked = {row.rule: row for row in there.values() if row.key == TICKED and row.rule in BY_EYE}
    wanted = {place: one for place, one in found.items() if one.rule not in ticked}
    CheckResult.objects.filter(
        pk__in=[row.pk for place, row in there.items() if place not in wanted and row not in ticked.values()]
    ).delete()
    again = [_renewed(there[place], one, now) for place, one in wanted.items() if place in there]
    new = [_row(version, place[0], one) for place, one in wanted.items() if place not in there]
    CheckResult.objects.bulk_update(again, [*KEPT, *WAIVER])
    CheckResult.objects.bulk_create(new)
    return sorted([*again, *new, *ticked.values()], key=lambda row: (row.platform_id or 0, row.rule, row.pk))


def _row(version: ContentVersion, platform: int | None, one: Finding) -> CheckResult:
    row = CheckResult(version=version, platform_id=platform, rule=one.rule, key=one.key)
    _write(row, one)
    return row


def _renewed(row: CheckResult, one: Finding, now: dt.datetime) -> CheckResult:
    """Found again. Other words, or worse than before, were never let pass."""
    if (row.quoted.casefold(), row.outcome) != (one.quoted.casefold(), one.outcome):
        row.waived_by, row.waived_at, row.waive_reason = None, None, ""
    _write(row, one)
    row.updated_at = now
    return row


def _write(row: CheckResult, one: Finding) -> None:
    row.outcome, row.holds, row.start, row.end, row.quoted = one.outcome, one.holds, one.start, one.end, one.quoted
    row.said_en, row.said_id, row.source, row.source_url = one.said_en, one.said_id, one.source, one.source_url


def _recount(version: ContentVersion, **also: dt.datetime) -> None:
    """How many findings hold the review, and how many are to know; those somebody let pass are neither."""
    standing = CheckResult.objects.filter(version=version, waived_at__isnull=True)
    rows = list(standing.values_list("outcome", "holds"))
    holds = sum(outcome == FAIL and held for outcome, held in rows)
    warns = sum(outcome in (CheckResult.Outcome.FAIL, CheckResult.Outcome.WARN) for outcome, _held in rows) - holds
    Review.objects.filter(version=version).update(holds=holds, warns=warns, **also)


def _said(row: CheckResult) -> str:
    """What was found, in the language it is told in."""
    return row.said_id if get_language() == "id" else row.said_en


said_in_words = lazy(_said, str)


def _tell(verb: str, sentence: object, row: CheckResult, why: str, at: dt.datetime, actor: Actor) -> None:
    deliverable = row.version.deliverable
    card = deliverable.collaboration
    record(
        verb, sentence, at=at, actor=actor, subject=deliverable,
        params={"found": row.quoted or said_in_words(row), "what": deliverable, "why": why},
        influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip
