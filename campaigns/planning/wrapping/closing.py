"""Ticking the checklist of a campaign's end, noting what was learned, and wrapping up."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Kpi, Refused, WrapUpItem, WrapUpTick
from campaigns.planning.places import Happened, also_noted
from campaigns.planning.wrapping.items import ALSO_HAPPENED, LEARNED, wrap_up_of
from campaigns.planning.wrapping.scores import ask_partners
from crm.base.formats import count_full
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

COMES_WITH_IT = "partners"
"""Wrapping up itself asks the partners."""


def wrap_up(campaign: Campaign, *, at: dt.datetime, actor: Actor) -> None:
    """End the campaign and ask everybody who said yes how it was. Raises Refused for one that stands for a programme."""
    if campaign.is_standing:
        raise Refused(campaign, _("It stands as long as its programme has ambassadors. End their deals instead."))
    with transaction.atomic():
        campaign.wrap_up(at=at, actor=actor)
        ask_partners(campaign, at=at)


def wrap_up_with(campaign: Campaign, because: str, *, user: "User", at: dt.datetime) -> None:
    """The same from the checklist: what is open there is left out for one reason. Raises Refused without one."""
    with transaction.atomic():
        _hold(campaign)
        left = [line.item for line in wrap_up_of(campaign, user, at).open_lines if line.item.code != COMES_WITH_IT]
        if left and not because.strip():
            raise Refused(campaign, _("Some items are open. Tick them, or say in a few words why they are left out."))
        for item in left:
            tick(campaign, item, user=user, at=at, because=because)
        wrap_up(campaign, at=at, actor=Actor.user(user))


def tick(campaign: Campaign, item: WrapUpItem, *, user: "User", at: dt.datetime, because: str = "") -> None:
    """Note that an item is done, or left out and why. Ticking it again changes nothing."""
    with transaction.atomic():
        _hold(campaign)
        if campaign.wrap_up_ticks.filter(item=item).exists():
            return
        WrapUpTick.objects.create(campaign=campaign, item=item, done_at=at, done_by=user, left_out_because=because)
        sentence = _("Left out when wrapping up %(campaign)s: %(item)s") if because else _("Done for wrapping up %(campaign)s: %(item)s")  # fmt: skip
        _tell(campaign, "campaign.wrap_up_item", sentence, at, Actor.user(user), quote=because, item=item)


def untick(campaign: Campaign, item: WrapUpItem, *, user: "User", at: dt.datetime) -> None:
    with transaction.atomic():
        _hold(campaign)
        gone, _rows = campaign.wrap_up_ticks.filter(item=item).delete()
        if gone:
            _tell(
                campaign, "campaign.wrap_up_item", _("Open again for wrapping up %(campaign)s: %(item)s"), at,
                Actor.user(user), item=item,
            )  # fmt: skip


def note_learned(campaign: Campaign, words: str, *, at: dt.datetime, actor: Actor) -> None:
    _tell(campaign, LEARNED, _("What we learned from %(campaign)s"), at, actor, quote=words)


def note_also_happened(campaign: Campaign, what: Any, happened: Happened, *, at: dt.datetime, actor: Actor) -> None:
    """Something else that moved the figures: sales are not due to influencers alone (domain rule R1-37)."""
    sentence = _("Happened beside %(campaign)s: %(what)s")
    with transaction.atomic():
        _tell(campaign, ALSO_HAPPENED, sentence, at, actor, quote=happened.words, what=what)
        for placed in also_noted.all():
            placed.call(campaign, happened, at)


def note_closing(campaign: Campaign, values: Mapping[int, Decimal | None], *, at: dt.datetime, actor: Actor) -> None:
    """The figures a campaign ended with, told with what stood there before."""
    with transaction.atomic():
        _hold(campaign)
        changes: dict[str, tuple[Any, Any]] = {}
        for kpi in Kpi.objects.select_for_update(of=("self",)).filter(campaign=campaign).select_related("kind"):
            value = values.get(kpi.pk, kpi.closing)
            if value != kpi.closing:
                changes[kpi.kind.code] = (_said(kpi.closing), _said(value))
                kpi.closing = value
                kpi.save(update_fields=["closing", "updated_at"])
        if changes:
            sentence = _("Closing values of %(campaign)s")
            record(
                "campaign.closing", sentence, at=at, actor=actor, subject=campaign, params={"campaign": campaign},
                brand=campaign.brand_id, changes=changes,
            )  # fmt: skip


def _said(value: Decimal | None) -> str:
    return "" if value is None else count_full(value)


def _hold(campaign: Campaign) -> None:
    list(Campaign.objects.select_for_update(of=("self",)).filter(pk=campaign.pk).values_list("pk"))


def _tell(
    campaign: Campaign, verb: str, sentence: Any, at: dt.datetime, actor: Actor, *, quote: str = "", **params: Any
) -> None:
    record(
        verb, sentence, at=at, actor=actor, subject=campaign, params={"campaign": campaign, **params},
        brand=campaign.brand_id, quote=quote,
    )  # fmt: skip
