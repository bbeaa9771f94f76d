"""Packing lists and labels as PDF: what goes to whom, and what is stuck on the parcel. Equal bytes for equal parcels."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.samples.models import Shipment
from campaigns.samples.shipping.barcode import bars, can_be_drawn, width
from campaigns.samples.shipping.queries import contents_of
from campaigns.samples.shipping.snapshots import lines_of
from crm.base.formats import day_words
from crm.contracts.paper.drawable import drawable
from crm.contracts.paper.sheet import BODY, FRAME, INK, LINE, MUTED, SIDE, SMALL, TITLES
from crm.contracts.paper.steady import SteadySheet, dated

A6 = (105.0, 148.5)
MARGIN = 8.0
BAR = 0.33
"""A module of the barcode in millimetres: what hand scanners read without effort."""


@dataclass(frozen=True)
class Going:
    """One parcel as it stands on paper."""

    number: str
    place: str
    sender: tuple[str, ...]
    recipient: str
    phone: str
    lines: tuple[str, ...]
    contents: str
    courier: str
    waybill: str
    brand: str


def going(parcels: Sequence[Shipment]) -> list[Going]:
    """What is drawn, by the place it leaves from and then by name."""
    contents = contents_of([parcel.pk for parcel in parcels])
    made = [_going(parcel, contents[parcel.pk]) for parcel in parcels]
    return sorted(made, key=lambda one: (one.place, one.recipient.casefold(), one.number))


def _going(parcel: Shipment, contents: str) -> Going:
    kept, place, brand = parcel.address_snapshot, parcel.location, parcel.request.brand
    sender = [brand.name]
    if place is not None:
        sender = [place.sender or brand.name, *filter(None, (place.phone, *place.address.splitlines()))]
    return Going(
        f"#{parcel.pk}",
        place.name if place is not None else "",
        tuple(sender),
        kept.get("recipient") or parcel.request.influencer.stage_name,
        kept.get("phone", ""),
        tuple(lines_of(kept)),
        contents,
        parcel.courier.name if parcel.courier is not None else "",
        parcel.waybill,
        brand.name,
    )


class Labels(SteadySheet):
    """Nothing stands around a label."""

    def header(self) -> None:
        """No head."""

    def footer(self) -> None:
        """No foot."""


def packing_list(parcels: Sequence[Shipment], *, at: dt.datetime) -> bytes:
    """What goes to whom, place by place, with a box to tick."""
    rows, name = going(parcels), _("Packing list")
    with SteadySheet(name=name, running=day_words(at), at=at, language=get_language() or "id") as sheet:
        sheet.of = f"{name} {rows}"
        sheet.add_page()
        sheet.says(name, TITLES[1], strong=True, after=1)
        for place, there in groupby(rows, key=lambda one: one.place):
            sheet.heading(place or _("From no place in particular"), TITLES[3])
            for one in there:
                _line(sheet, one)
        return dated(bytes(sheet.output()), at)


def _line(sheet: SteadySheet, one: Going) -> None:
    sheet.keep(18)
    top = sheet.get_y()
    sheet.set_draw_color(*INK)
    sheet.rect(SIDE, top + 1, 4, 4)
    sheet.set_left_margin(SIDE + 8)
    sheet.set_x(SIDE + 8)
    sheet.says(f"{one.recipient}, {one.contents}", BODY, strong=True)
    beside = ", ".join(filter(None, (one.number, one.brand, *one.lines[:1], *one.lines[2:3], one.phone, one.waybill)))
    sheet.says(beside, SMALL, color=MUTED, after=2)
    sheet.set_left_margin(SIDE)


def labels(parcels: Sequence[Shipment], *, four: bool = False, at: dt.datetime) -> bytes:
    """One label a page of A6, or four on a page of A4."""
    rows, name = going(parcels), _("Labels")
    with Labels(name=name, running="", at=at, language=get_language() or "id") as sheet:
        sheet.of = f"{name} {four} {rows}"
        sheet.set_auto_page_break(False)
        for one, (left, top) in zip(rows, _places(sheet, len(rows), four=four), strict=True):
            _label(sheet, one, left, top)
        return dated(bytes(sheet.output()), at)


def _places(sheet: Labels, count: int, *, four: bool) -> Iterator[tuple[float, float]]:
    """Where each label stands; pages are begun as they are needed."""
    for number in range(count):
        place = number % 4 if four else 0
        if place == 0:
            sheet.add_page(format="A4" if four else A6)
        yield (place % 2) * A6[0], (place // 2) * A6[1]


def _label(sheet: Labels, one: Going, left: float, top: float) -> None:
    wide = A6[0] - 2 * MARGIN
    sheet.set_draw_color(*LINE)
    sheet.rect(left + 3, top + 3, A6[0] - 6, A6[1] - 6)
    sheet.set_xy(left + MARGIN, top + MARGIN)
    _says(sheet, left, wide, _("From"), FRAME, muted=True)
    _says(sheet, left, wide, ", ".join(one.sender), FRAME)
    sheet.set_y(top + 32)
    _says(sheet, left, wide, _("To"), FRAME, muted=True)
    _says(sheet, left, wide, one.recipient, 14, strong=True)
    _says(sheet, left, wide, one.phone, 11, strong=True)
    for line in one.lines:
        _says(sheet, left, wide, line, BODY)
    sheet.set_y(top + 96)
    _says(sheet, left, wide, f"{one.number}  {one.contents}"[:160], FRAME, muted=True)
    sheet.set_y(top + 111)
    _says(sheet, left, wide, " ".join(filter(None, (one.courier, one.waybill))), 11, strong=True)
    if can_be_drawn(one.waybill):
        _bars(sheet, one.waybill, left + MARGIN, top + 119)


def _says(
    sheet: Labels, left: float, wide: float, text: str, size: float, *, strong: bool = False, muted: bool = False
) -> None:  # fmt: skip
    sheet.set_x(left + MARGIN)
    sheet.type(size, strong=strong, color=MUTED if muted else INK)
    sheet.multi_cell(wide, size * 0.48, drawable(text), align="L", new_x="LEFT", new_y="NEXT")


def _bars(sheet: Labels, waybill: str, left: float, top: float) -> None:
    module = min(BAR, (A6[0] - 2 * MARGIN) / width(waybill))
    sheet.set_fill_color(0, 0, 0)
    for place, wide in bars(waybill):
        sheet.rect(left + place * module, top, wide * module, 18, style="F")
