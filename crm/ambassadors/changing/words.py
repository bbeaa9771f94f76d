"""What an amendment changes in a deal, one sentence each, in the language that is active."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from crm.ambassadors.changing.planned import NEW_QUOTA, QUANTITY, Change
from crm.ambassadors.making.words import each_period
from crm.ambassadors.models import AmbassadorDeal, DealChange, QuotaLine
from crm.base.formats import money_full
from crm.contracts.actions.words import contract_words
from crm.contracts.diff import money_said
from crm.contracts.models import Contract
from crm.influencers.models import Format


@contract_words("deal-changes")
def words_of_change(contract: Contract) -> Mapping[str, Sequence[str]]:
    """Nothing, and nothing asked, for anything but an amendment of a deal."""
    if contract.kind != Contract.Kind.AMBASSADOR or not contract.amends_id:
        return {}
    change = DealChange.objects.filter(amendment=contract).select_related("deal").first()
    return {"changes": changes_in_words(change.changes, change.deal)} if change else {}


def changes_in_words(changes: Iterable[Change], deal: AmbassadorDeal) -> list[str]:
    """Instagram Reel: 3 instead of 2 each month."""
    said = list(changes)
    lines = QuotaLine.objects.select_related("format__platform").in_bulk([one["line"] for one in said if one["line"]])
    added = [one["becomes"]["format"] for one in said if one["what"] == NEW_QUOTA]
    formats = Format.objects.select_related("platform").in_bulk(added)
    each = each_period(deal.unit, deal.every)
    return [_in_words(one, lines, formats, each) for one in said]


def _in_words(change: Change, lines: Mapping[int, QuotaLine], formats: Mapping[int, Format], each: str) -> str:
    if change["what"] == NEW_QUOTA:
        becomes = change["becomes"]
        what = str(formats.get(becomes["format"], "–")) + (f" ({becomes['note']})" if becomes["note"] else "")
        return _("On top: %(n)s × %(what)s %(each)s") % {"n": becomes["quantity"], "what": what, "each": each}
    if change["what"] == QUANTITY:
        said: dict[str, Any] = {"what": lines.get(change["line"], "–"), "was": change["was"], "each": each}
        if not change["becomes"]:
            return _("%(what)s: none any more (was %(was)s %(each)s)") % said
        return _("%(what)s: %(becomes)s instead of %(was)s %(each)s") % {**said, "becomes": change["becomes"]}
    said = {"becomes": money_full(money_said(change["becomes"])), "each": each}
    if change["was"] is None:
        return _("Retainer: %(becomes)s %(each)s") % said
    return _("Retainer: %(becomes)s instead of %(was)s %(each)s") % {
        **said,
        "was": money_full(money_said(change["was"])),
    }
