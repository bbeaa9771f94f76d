"""The sheet everything is drawn on: A4, one family of type in two weights, what stands around each page."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.fonts import TTFFont

from crm.contracts.paper.blocks import Block
from crm.contracts.paper.drawable import BOLD, REGULAR, drawable

INK, MUTED, LINE, ACCENT, PALE = (28, 33, 40), (92, 99, 110), (214, 218, 224), (15, 118, 110), (224, 228, 232)
SIDE, TOP, BOTTOM = 23.0, 27.0, 24.0
BODY, SMALL, FRAME = 10.0, 8.4, 7.7
"""Sizes in points; nothing but what stands around a page is set in FRAME."""
LEADING = 1.5
TITLES = {1: 14.0, 2: 12.0, 3: 10.6, 4: 10.0}


class Sheet(FPDF):
    """Pages of one paper. `running` stands at the head of each, `name` at its foot; `across` lies over a draft."""

    def __init__(self, *, name: str, running: str, across: str = "", at: dt.datetime, language: str) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-2B")
        self.name, self.running, self.across = drawable(name), drawable(running), drawable(across)
        self.add_font("Inter", "", REGULAR)
        self.add_font("Inter", "B", BOLD)
        self.set_margins(SIDE, TOP, SIDE)
        self.set_auto_page_break(True, BOTTOM)
        self.set_title(self.name)
        self.set_lang(language)
        self.set_creator("Mitra")
        self.set_creation_date(at)
        self.alias_nb_pages()

    def header(self) -> None:
        if self.across:
            self._lie_across()
        self.type(FRAME, color=MUTED)
        self.set_xy(SIDE, 12)
        self.cell(self.epw / 2, 5, self.running)
        self.cell(self.epw / 2, 5, self.across, align="R")
        self.set_xy(SIDE, TOP)

    def footer(self) -> None:
        self.set_draw_color(*LINE)
        self.line(SIDE, self.h - 17, self.w - SIDE, self.h - 17)
        self.set_y(-15)
        self.type(FRAME, color=MUTED)
        page = _("page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": self.str_alias_nb_pages}
        self.cell(self.epw / 2, 5, self.name)
        self.cell(self.epw / 2, 5, page, align="R")

    def _lie_across(self) -> None:
        self.set_font("Inter", "B", FRAME * 10)
        self.set_text_color(*PALE)
        with self.rotation(52, self.w / 2, self.h / 2):
            self.text((self.w - self.get_string_width(self.across)) / 2, self.h / 2 + 10, self.across)

    def __exit__(self, *_raised: object) -> None:
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def __enter__(self) -> Self:
        return self

    def type(self, size: float = BODY, *, strong: bool = False, color: tuple[int, int, int] = INK) -> None:
        """What comes next is set like this."""
        self.set_font("Inter", "B" if strong else "", size)
        self.set_text_color(*color)

    def says(
        self,
        text: str,
        size: float = BODY,
        *,
        strong: bool = False,
        color: tuple[int, int, int] = INK,
        after: float = 0,
    ) -> None:
        """A paragraph over the whole width."""
        self.type(size, strong=strong, color=color)
        self.multi_cell(0, _height(size), drawable(text), align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def heading(self, text: str, size: float = TITLES[2]) -> None:
        """A heading that never stands alone at the foot of a page."""
        self.keep(30)
        self.ln(4 if self.get_y() > TOP + 1 else 0)
        self.says(text, size, strong=True, after=1.6)

    def keep(self, height: float) -> None:
        """So much room in one piece, on the next page if it must be."""
        if self.will_page_break(height):
            self.add_page()

    def rule(self, before: float = 3, after: float = 4) -> None:
        self.ln(before)
        self.set_draw_color(*LINE)
        self.line(SIDE, self.get_y(), self.w - SIDE, self.get_y())
        self.ln(after)

    def pairs(self, rows: Iterable[tuple[str, str]], *, size: float = SMALL, label: float = 42) -> None:
        """What each thing is, and beside it what it says; nothing without a word."""
        for name, said in rows:
            if not said:
                continue
            self.keep(2 * _height(size))
            top, page = self.get_y(), self.page
            self.type(size, color=MUTED)
            self.multi_cell(label - 3, _height(size), drawable(name), align="L", new_x="LEFT", new_y="NEXT")
            low = self.get_y()
            self.set_xy(SIDE + label, top)
            self.type(size)
            self.multi_cell(0, _height(size), drawable(said), align="L", new_x="LMARGIN", new_y="NEXT")
            if self.page == page:
                self.set_y(max(low, self.get_y()) + 0.7)

    def block(self, block: Block) -> None:
        """One paragraph of the words."""
        if block.level:
            self.heading(block.text, TITLES[block.level])
            return
        self.type()
        indent = 6.0 * block.depth + (5.0 if block.is_quote else 0)
        if block.bullet:
            self._bullet(block.bullet, SIDE + indent)
        self.set_x(SIDE + indent)
        with (
            self.text_columns(text_align="L", line_height=LEADING, l_margin=SIDE + indent) as column,
            column.paragraph(bottom_margin=1.4 if block.depth else 2.6) as paragraph,
        ):
            for text, strong in block.runs:
                self.type(strong=strong)
                paragraph.write(text)

    def _bullet(self, bullet: str, x: float) -> None:
        """In the margin of its paragraph, at the height of its first line."""
        self.keep(_height(BODY))
        y = self.get_y()
        self.text(x - 1.8 - self.get_string_width(bullet), y + 0.5 * BODY * LEADING * 25.4 / 72 + 1.1, bullet)
        self.set_y(y)


def _height(size: float) -> float:
    """The height of a line of this type, in millimetres."""
    return size * LEADING * 25.4 / 72
