"""Breach cases: opened, shown with evidence, told, closed. Every step is a person's, and nothing is sent from here."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.zones import local_date
from crm.exclusivity.models import BreachCase, CaseEvidence, Finding, OutsideDeal
from crm.team.models import User
from crm.timeline.record import Actor, record

Status = BreachCase.Status


@dataclass(frozen=True)
class Shown:
    """What somebody saw: an address, a picture, or both, and when."""

    captured_at: dt.datetime
    url: str = ""
    file: SafeFile | None = None
    note: str = ""


def open_case(finding: Finding, *, by: User, at: dt.datetime) -> BreachCase:
    """The case of this finding; one that is there already is the same case."""
    clause = finding.clause
    with transaction.atomic():
        Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        there = BreachCase.objects.filter(finding=finding).with_sides().first()
        if there is not None:
            return there
        case = BreachCase.objects.create(
            finding=finding,
            influencer=finding.influencer,
            brand=clause.brand,
            owner=finding.influencer.owner or by,
            zone=clause.zone,
            cure_days=clause.cure_days,
        )
        _told(case, "case.opened", _("The promise to %(brand)s may have been broken"), by, at)
        _what_was_seen(case, by, at)
    return case


def _what_was_seen(case: BreachCase, by: User, at: dt.datetime) -> None:
    """A post somebody wrote down brings its address and its picture along."""
    deal = OutsideDeal.objects.filter(pk=_number(case.finding.engagement_ref)).select_related("file").first()
    if deal is None or not (deal.url or deal.file):
        return
    CaseEvidence.objects.create(
        case=case,
        url=deal.url,
        file=deal.file,
        sha256=deal.file.sha256 if deal.file else "",
        captured_at=min(deal.created_at, at),
        added_at=at,
        added_by=by.get_short_name(),
        note=deal.note,
    )


def _number(ref: str) -> int:
    label, _colon, number = ref.partition(":")
    return int(number) if label == OutsideDeal._meta.label_lower and number.isdigit() else 0


def add_evidence(case: BreachCase, shown: Shown, *, by: User, at: dt.datetime) -> CaseEvidence:
    """Put what somebody saw beside the rest; it stays as it is."""
    with transaction.atomic():
        file = keep(shown.file, by=by.get_short_name()) if shown.file else None
        kept = CaseEvidence.objects.create(
            case=case,
            url=shown.url,
            file=file,
            sha256=file.sha256 if file else "",
            captured_at=shown.captured_at,
            added_at=at,
            added_by=by.get_short_name(),
            note=shown.note,
        )
        _told(case, "case.evidence", _("Evidence was added to the case about the promise to %(brand)s"), by, at)
    return kept


def tell(case: BreachCase, words: str, channel: str, told_at: dt.datetime, *, by: User, at: dt.datetime) -> None:
    """Somebody told her; from that day she has so many days. Raises TransitionRefused."""
    last_on = local_date(told_at, case.zone) + dt.timedelta(days=case.cure_days)
    case.go(
        Status.NOTIFIED,
        at=at,
        actor=Actor.user(by),
        quote=words,
        channel=channel,
        notified_at=told_at,
        notified_by=channel,
        notice=words,
        cure_due_on=last_on,
    )


def step(case: BreachCase, to: str, *, by: User, at: dt.datetime, why: str = "", remedy: str = "") -> None:
    """Any other step a person takes. Raises TransitionRefused."""
    also = {"why": why, "remedy": remedy} if why or remedy or to in BreachCase.OVER else {}
    case.go(to, at=at, actor=Actor.user(by), **also)


def _told(case: BreachCase, verb: str, sentence: object, by: User, at: dt.datetime) -> None:
    record(
        verb,
        sentence,
        params={"brand": case.brand},
        at=at,
        actor=Actor.user(by),
        subject=case,
        influencer=case.influencer_id,
        brand=case.brand_id,
    )
