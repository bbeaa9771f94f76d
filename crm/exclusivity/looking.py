"""Keeping findings in step with what stands: the same conflict is the same row, and what is over settles itself."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection

from crm.exclusivity.bars import has_bars
from crm.exclusivity.conflicts import Conflict, standing_conflicts
from crm.exclusivity.models import Finding
from crm.exclusivity.terms import Certainty, Standing

GONE = "This is no longer so."


def look_again(people: Collection[int], now: dt.datetime) -> Counter[str]:
    """Find anew what meets among everything these people promised and do; returns what changed. Safe to repeat."""
    report: Counter[str] = Counter()
    if not people or not (has_bars(people) or Finding.objects.of_people(set(people)).unsettled().exists()):
        return report
    found = {fingerprint(one): one for one in standing_conflicts(people, now) if one.bar.clause > 0}
    there = {row.fingerprint: row for row in Finding.objects.of_people(set(people)).select_related("clause")}
    fresh = [_row(key, one) for key, one in found.items() if key not in there]
    Finding.objects.bulk_create(fresh)
    report["found"] = len(fresh)
    for key, row in there.items():
        if key not in found and row.is_unsettled and not _happened_while_promised(row):
            report["settled"] += _settle(row, now)
        elif key in found and _renew(row, found[key], now):
            report["changed"] += 1
    return +report


def _happened_while_promised(row: Finding) -> bool:
    """A promise that has run out since does not undo what was done while it held: somebody has to decide."""
    return row.direction == Finding.Direction.BREACH and row.clause.standing == Standing.ENDED


def fingerprint(one: Conflict) -> str:
    """What makes two findings the same: the clause as it is written, the work, and nothing that moves."""
    text = f"{one.bar.clause}/{one.bar.version}/{one.bar.person}/{one.engagement.ref}"
    return hashlib.sha256(text.encode()).hexdigest()


def keep_finding(one: Conflict) -> Finding:
    """The finding of one conflict, made when nobody looked yet."""
    key = fingerprint(one)
    there = Finding.objects.filter(fingerprint=key).select_related("clause__brand", "influencer").first()
    if there is not None:
        return there
    _row(key, one).save(force_insert=True)
    return Finding.objects.select_related("clause__brand", "influencer").get(fingerprint=key)


def _row(key: str, one: Conflict) -> Finding:
    return Finding(
        clause_id=one.bar.clause,
        influencer_id=one.bar.person,
        brand_id=one.engagement.brand or None,
        engagement_ref=one.engagement.ref,
        engagement_label=one.engagement.label[:200],
        fingerprint=key,
        **_said(one),
    )


def _said(one: Conflict) -> dict[str, object]:
    overlap = one.finding.overlap
    return {
        "direction": _direction(one),
        "severity": int(one.severity),
        "overlap_start_at": overlap.start_at if overlap else None,
        "overlap_end_at": overlap.end_at if overlap else None,
        "overlap_days": one.finding.days,
        "reasons": list(one.finding.reasons),
    }


def _direction(one: Conflict) -> str:
    if "prior-commitment" in one.finding.reasons:
        return Finding.Direction.AMENDMENT if one.bar.version > 1 else Finding.Direction.NEW_CLAUSE
    if one.engagement.certainty in (Certainty.PUBLISHED, Certainty.OBSERVED) and one.blocks:
        return Finding.Direction.BREACH
    return Finding.Direction.NEW_WORK


def _settle(row: Finding, now: dt.datetime) -> int:
    mine = Finding.objects.filter(pk=row.pk).unsettled()
    return mine.update(status=Finding.Status.RESOLVED, decided_at=now, why=GONE, updated_at=now)


def _renew(row: Finding, one: Conflict, now: dt.datetime) -> bool:
    """Bring a finding to what it is now; one that had settled itself opens again."""
    said = _said(one)
    if row.status == Finding.Status.RESOLVED:
        said |= {"status": Finding.Status.OPEN, "decided_at": None, "why": ""}
    if all(getattr(row, name) == value for name, value in said.items()):
        return False
    return bool(Finding.objects.filter(pk=row.pk).update(**said, updated_at=now))
