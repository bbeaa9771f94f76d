"""What couriers mean: their words as our states, and whether a number looks like one of theirs."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from campaigns.samples.models import Courier, StatusWord

SPACES, WORD = re.compile(r"\s+"), re.compile(r"[^\W_]+")


def tidy_waybill(text: str) -> str:
    """A waybill number as it is kept: capitals, no blanks."""
    return SPACES.sub("", text).upper()


def looks_like(courier: Courier, waybill: str) -> bool:
    """Whether it looks like a number of this courier; one whose pattern is empty or broken takes any."""
    if not courier.waybill_pattern:
        return True
    try:
        return re.fullmatch(courier.waybill_pattern, waybill) is not None
    except re.error:
        return True


def warning_about(courier: Courier, waybill: str) -> str:
    """What to look at twice before it leaves; numbers change their looks, so it only warns."""
    if not waybill or looks_like(courier, waybill):
        return ""
    return _("%(waybill)s does not look like a number of %(courier)s.") % {"waybill": waybill, "courier": courier.name}


def tracking_page(courier: Courier | None, waybill: str) -> str:
    """Where the courier shows this parcel; "" when it has no such page. Mitra never goes there itself."""
    if courier is None or not courier.tracking_url or not waybill:
        return ""
    return courier.tracking_url.replace("{waybill}", waybill)


class Words:
    """What the couriers' words mean, read once for as many news as there are."""

    def __init__(self, rows: Iterable[StatusWord] | None = None) -> None:
        known = StatusWord.objects.all() if rows is None else rows
        self._rows = sorted(known, key=lambda row: (row.courier_id is None, row.position, -len(row.words), row.words))

    def meaning(self, raw: str, courier_id: int | None) -> str:
        """One of our states, or "" for words nobody knows. The courier's own words come before everybody's."""
        said = _bare(raw)
        for row in self._rows:
            if row.courier_id in (None, courier_id) and _bare(row.words) in said:
                return str(row.status)
        return ""


def _bare(text: str) -> str:
    """Small letters and figures only, a blank on either side, so that only whole words are found."""
    said = " ".join(WORD.findall(text.casefold()))
    return f" {said} "


def couriers_in_use() -> Sequence[Courier]:
    """Every courier there is, as lists offer them: the usual ones first."""
    return list(Courier.objects.order_by("position", "name"))
