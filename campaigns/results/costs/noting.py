"""What is noted beside a campaign's figures: costs, what also happened, surveys. Each is told in the story."""

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.results.models import BrandLift, CampaignCost, Confounder
from crm.base.formats import money_full
from crm.timeline.record import Actor, record

COST, COST_GONE = _("Cost noted: %(what)s, %(amount)s"), _("Cost taken out again: %(what)s, %(amount)s")
HAPPENED, HAPPENED_GONE = _("Happened meanwhile: %(what)s"), _("Taken out of what happened meanwhile: %(what)s")
LIFT, LIFT_GONE = _("Survey noted: %(what)s"), _("Survey taken out again: %(what)s")


def note_cost(row: CampaignCost, *, at: dt.datetime, actor: Actor) -> CampaignCost:
    """Keep a cost beside people."""
    return _keep(row, "cost.noted", COST, _cost_said(row), row.note, at, actor)


def drop_cost(row: CampaignCost, *, at: dt.datetime, actor: Actor) -> None:
    _drop(row, "cost.dropped", COST_GONE, _cost_said(row), row.note, at, actor)


def note_happened(row: Confounder, *, at: dt.datetime, actor: Actor) -> Confounder:
    """Keep what else may have moved the figures (domain rule R1-37)."""
    return _keep(row, "confounder.noted", HAPPENED, {"what": Confounder.Kind(row.kind).label}, row.note, at, actor)


def drop_happened(row: Confounder, *, at: dt.datetime, actor: Actor) -> None:
    _drop(row, "confounder.dropped", HAPPENED_GONE, {"what": Confounder.Kind(row.kind).label}, row.note, at, actor)


def note_lift(row: BrandLift, *, at: dt.datetime, actor: Actor) -> BrandLift:
    """Keep one question of a survey (domain rule R1-53)."""
    return _keep(row, "brand_lift.noted", LIFT, {"what": row.question}, row.source, at, actor)


def drop_lift(row: BrandLift, *, at: dt.datetime, actor: Actor) -> None:
    _drop(row, "brand_lift.dropped", LIFT_GONE, {"what": row.question}, row.source, at, actor)


def _cost_said(row: CampaignCost) -> dict[str, Any]:
    return {"what": CampaignCost.Kind(row.kind).label, "amount": money_full(row.amount)}


Row = TypeVar("Row", CampaignCost, Confounder, BrandLift)


def _keep(row: Row, verb: str, sentence: Any, params: dict[str, Any], quote: str, at: dt.datetime, actor: Actor) -> Row:
    with transaction.atomic():
        row.save(force_insert=True)
        _tell(row.campaign, verb, sentence, params, quote, at, actor)
    return row


def _drop(
    row: Any, verb: str, sentence: Any, params: dict[str, Any], quote: str, at: dt.datetime, actor: Actor
) -> None:
    """Somebody else may have dropped it already: then nothing is told twice."""
    with transaction.atomic():
        gone, _tables = type(row).objects.filter(pk=row.pk).delete()
        if gone:
            _tell(row.campaign, verb, sentence, params, quote, at, actor)


def _tell(
    campaign: Campaign, verb: str, sentence: Any, params: dict[str, Any], quote: str, at: dt.datetime, actor: Actor
) -> None:
    record(verb, sentence, at=at, actor=actor, subject=campaign, params=params, brand=campaign.brand_id, quote=quote)
