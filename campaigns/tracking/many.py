"""Codes for everybody who agreed, shown before they are made; what became of each row."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.actions.work import each
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.preview import Line, Preview, line
from campaigns.planning.verdicts import Verdict
from campaigns.tracking.codes import NAME, Wish, give_code
from campaigns.tracking.models import VoucherCode
from crm.timeline.record import Actor


def preview_codes(
    campaign: Campaign, cards: Sequence[Collaboration], data: dict[str, Any], now: dt.datetime
) -> Preview:
    there = VoucherCode.objects.standing().filter(collaboration__in=[card.pk for card in cards])
    has = dict(there.values_list("collaboration_id", "code"))
    lines = [_line(card, has) for card in cards]
    many = sum(shown.happens for shown in lines)
    summary = ngettext("Gives %(n)d person a code.", "Gives %(n)d people a code each.", many) % {"n": many}
    pattern = campaign.code_pattern or NAME
    return Preview(
        summary, lines, [_("Made of the pattern %(pattern)s. Nobody is told by this.") % {"pattern": pattern}]
    )


def _line(card: Collaboration, has: dict[int, str]) -> Line:
    if not card.is_promised:
        return line(card, _("Has not agreed yet."), happens=False)
    if card.pk in has:
        return line(card, _("Has one: %(code)s") % {"code": has[card.pk]}, happens=False)
    return line(card, _("Gets a code."))


def give_codes(cards: Sequence[Collaboration], data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[Verdict]:
    """A code for each; who cannot have one says why."""
    return each(cards, lambda card: give_code(card, Wish(**data), at=at, actor=actor).code)
