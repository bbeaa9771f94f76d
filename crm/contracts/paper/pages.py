"""A chain of facts as pages somebody reads: the contract, who signed, and the proof. Asks no database."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from crm.base.formats import when_zone
from crm.contracts.models import Party, Signature
from crm.contracts.paper import evidence
from crm.contracts.paper.blocks import blocks_of
from crm.contracts.paper.chain import Facts, Link
from crm.contracts.paper.drawable import drawable
from crm.contracts.paper.facts import moment, sides_of
from crm.contracts.paper.sheet import ACCENT, INK, LINE, MUTED, SIDE, SMALL, TITLES, Sheet

TERMS = {
    "days": gettext_lazy("Days"),
    "posts": gettext_lazy("What is posted"),
    "pay": gettext_lazy("What is given"),
    "rights": gettext_lazy("How the content may be used"),
}


def draw(links: Sequence[Link], *, at: dt.datetime, is_final: bool) -> bytes:
    """The pages of a contract, in its own language; before everybody has signed they say that it is a draft."""
    document = links[0].facts
    with override(document["language"]):
        name = _("Contract %(number)s") % {"number": document["number"]}
        across = "" if is_final else _("Draft")
        with Sheet(name=name, running=document["brand"], across=across, at=at, language=document["language"]) as sheet:
            _draw_on(sheet, links, name, is_final=is_final)
            return bytes(sheet.output())


def _draw_on(sheet: Sheet, links: Sequence[Link], name: str, *, is_final: bool) -> None:
    document = links[0].facts
    sheet.add_page()
    _head(sheet, document, name)
    if document["paper"]:
        _their_paper(sheet, document)
    for block in blocks_of(document["words"]):
        sheet.block(block)
    _signatures(sheet, links)
    if is_final:
        evidence.draw_on(sheet, links)


def _head(sheet: Sheet, document: Facts, name: str) -> None:
    sheet.says(name, SMALL, strong=True, color=ACCENT, after=1)
    sheet.says(document["title"], 20, strong=True, after=2)
    between = [(str(Party.Role(side["as"]).label), side["name"]) for side in document["sides"]]
    if document["amends"]:
        between.append((_("Amends"), _("Contract %(number)s") % {"number": document["amends"]}))
    sheet.pairs(between, size=9.2, label=34)
    sheet.rule(1.5, 5)


def _their_paper(sheet: Sheet, document: Facts) -> None:
    """Somebody else's file is what was signed; here stands which one, and what is kept of it."""
    sheet.says(_("What was signed is this file. It is kept beside this page, as it came."), after=2)
    sheet.pairs(evidence.file_pairs(document["paper"]))
    sheet.heading(_("What it says, as it is kept here"))
    for code, said in document["terms"]:
        sheet.pairs([(str(TERMS[code]), "\n".join(said))])


def _signatures(sheet: Sheet, links: Sequence[Link]) -> None:
    """Each side beside the other: the name as it was typed, over a line, and when and how."""
    sheet.keep(62)
    sheet.heading(_("Signatures"), TITLES[2])
    sides, width = sides_of(links), (sheet.epw - 10) / 2
    for first in range(0, len(sides), 2):
        sheet.keep(44)
        top, low = sheet.get_y(), 0.0
        for place, (side, link) in enumerate(sides[first : first + 2]):
            _signature(sheet, side, link, SIDE + place * (width + 10), top, width)
            low = max(low, sheet.get_y())
        sheet.set_xy(SIDE, low + 4)


def _signature(sheet: Sheet, side: Any, link: Link | None, x: float, y: float, width: float) -> None:
    lines = [str(Party.Role(side["as"]).label)] if link is None else _how(link.facts)
    _line(sheet, link.facts["name"] if link else "", x, y + 8, width, 13, strong=True)
    under = max(sheet.get_y(), y + 15)
    sheet.set_draw_color(*(ACCENT if link else LINE))
    sheet.line(x, under, x + width, under)
    _line(sheet, side["name"], x, under + 1.5, width, SMALL, strong=True)
    for said in lines:
        _line(sheet, said, x, sheet.get_y(), width, SMALL)


def _how(facts: Facts) -> list[str]:
    """When and how somebody signed, and for whom."""
    said = [when_zone(moment(facts["at"]), facts["zone"]), str(Signature.How(facts["how"]).label)]
    if facts["for"]:
        said.append(_("for %(name)s") % {"name": facts["for"]})
    return said


def _line(sheet: Sheet, said: str, x: float, y: float, width: float, size: float, *, strong: bool = False) -> None:
    sheet.set_xy(x, y)
    sheet.type(size, strong=strong, color=INK if strong else MUTED)
    sheet.multi_cell(width, size * 0.51, drawable(said), align="L", new_x="LMARGIN", new_y="NEXT")
