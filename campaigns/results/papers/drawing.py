"""What stands on the pages of a report beside its words: tiles, bars, bands and tables, all of them drawn as vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaigns.results.reports.shape import BenchmarkRow, Tile
from crm.contracts.paper.drawable import drawable
from crm.contracts.paper.sheet import ACCENT, FRAME, INK, LINE, MUTED, SIDE, SMALL
from crm.contracts.paper.steady import SteadySheet

SOFT, SUNKEN = (214, 237, 233), (246, 247, 249)
TILE_HEIGHT, TILE_GAP, TILES_A_ROW = 21.0, 3.0, 3
BAR, ROW = 2.4, 6.2
SCALE = Decimal("1.1")
"""A scale ends a little beyond its largest figure."""


@dataclass(frozen=True)
class Grid:
    """The columns of a table: their heads, their widths in shares of the page, and which are set to the right."""

    heads: Sequence[str]
    widths: Sequence[float]
    figures: frozenset[int] = frozenset()


class ReportSheet(SteadySheet):
    """The pages of one report."""

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """Headlines, three beside each other; the number is the hero."""
        width = (self.epw - TILE_GAP * (TILES_A_ROW - 1)) / TILES_A_ROW
        for first in range(0, len(tiles), TILES_A_ROW):
            self.keep(TILE_HEIGHT + TILE_GAP)
            top = self.get_y()
            for place, tile in enumerate(tiles[first : first + TILES_A_ROW]):
                self._tile(tile, SIDE + place * (width + TILE_GAP), top, width)
            self.set_xy(SIDE, top + TILE_HEIGHT + TILE_GAP)

    def _tile(self, tile: Tile, x: float, y: float, width: float) -> None:
        self.set_draw_color(*LINE)
        self.rect(x, y, width, TILE_HEIGHT, round_corners=True, corner_radius=1.6)
        self._line(tile.label, x + 3, y + 2.4, width - 6, FRAME, color=MUTED)
        self._line(f"{tile.value} {tile.of}".strip(), x + 3, y + 7, width - 6, 13, strong=True)
        self._line(tile.sub, x + 3, y + 14.4, width - 6, FRAME, color=MUTED)
        if tile.share is not None:
            self.bar(tile.share, x + 3, y + TILE_HEIGHT - 2.6, width - 6, height=1.2)

    def _line(
        self, text: str, x: float, y: float, width: float, size: float, *, strong: bool = False, color: tuple[int, int, int] = INK
    ) -> None:  # fmt: skip
        """One line that ends where its room does."""
        self.type(size, strong=strong, color=color)
        self.set_xy(x, y)
        self.cell(width, size * 0.5, self.fitted(text, width))

    def fitted(self, text: str, width: float) -> str:
        """As much of a text as fits, with a mark where it was cut."""
        shown = drawable(text)
        if self.get_string_width(shown) <= width - 0.5:
            return shown
        while shown and self.get_string_width(f"{shown}…") > width - 0.5:
            shown = shown[:-1]
        return f"{shown.rstrip()}…"

    def bar(self, share: float | Decimal, x: float, y: float, width: float, *, height: float = BAR) -> None:
        """How much of the whole, in percent."""
        self.set_fill_color(*LINE)
        self.rect(x, y, width, height, style="F", round_corners=True, corner_radius=height / 2)
        part = width * float(min(max(share, 0), 100)) / 100
        if part > height:
            self.set_fill_color(*ACCENT)
            self.rect(x, y, part, height, style="F", round_corners=True, corner_radius=height / 2)

    def progress(self, label: str, share: float | Decimal | None, words: str) -> None:
        """A figure, how far it is, and the same in words."""
        self.keep(ROW + 2)
        y, left = self.get_y(), self.epw * 0.32
        self._line(label, SIDE, y, left - 3, SMALL)
        if share is not None:
            self.bar(share, SIDE + left, y + 1, self.epw * 0.3)
        self._line(words, SIDE + self.epw * 0.65, y, self.epw * 0.35, SMALL)
        self.set_xy(SIDE, y + ROW)

    def band(self, row: BenchmarkRow) -> None:
        """Our posts as dots beside the span a named set calls usual; the line is the one in the middle of ours."""
        self.keep(26)
        self._line(f"{row.platform}, {row.measure}, {row.band}", SIDE, self.get_y(), self.epw, SMALL, strong=True)
        y = self.get_y() + 6.5
        top = max((row.high, row.ours, *row.rates)) * SCALE or Decimal(1)
        self._scale(row, y, top)
        self.set_xy(SIDE, y + 9)
        self.says(row.sentence, SMALL)
        self.says(" ".join(filter(None, (row.named, row.source))), FRAME, color=MUTED, after=2.5)

    def _scale(self, row: BenchmarkRow, y: float, top: Decimal) -> None:
        def at(value: Decimal) -> float:
            return SIDE + self.epw * float(value / top)

        self.set_fill_color(*SUNKEN)
        self.rect(SIDE, y, self.epw, 6, style="F")
        self.set_fill_color(*SOFT)
        self.rect(at(row.low), y, max(0.6, at(row.high) - at(row.low)), 6, style="F")
        self.set_fill_color(*MUTED)
        for rate in row.rates:
            self.circle(at(min(rate, top)), y + 3, 0.7, style="F")
        self.set_fill_color(*ACCENT)
        self.rect(at(row.ours) - 0.4, y - 1, 0.8, 8, style="F")

    def grid(self, grid: Grid, rows: Sequence[Sequence[str]]) -> None:
        """A table whose head comes again on each page."""
        self._heads(grid)
        for row in rows:
            if self.will_page_break(ROW):
                self.add_page()
                self._heads(grid)
            self._row(grid, row, SMALL, INK)
        self.ln(3)

    def _heads(self, grid: Grid) -> None:
        self.keep(3 * ROW)
        self._row(grid, grid.heads, FRAME, MUTED)

    def _row(self, grid: Grid, row: Sequence[str], size: float, color: tuple[int, int, int]) -> None:
        self.type(size, color=color)
        self.set_x(SIDE)
        for place, (said, width) in enumerate(zip(row, grid.widths, strict=True)):
            room = self.epw * width
            self.cell(room, ROW, self.fitted(said, room), align="R" if place in grid.figures else "L")
        y = self.get_y() + ROW
        self.set_draw_color(*LINE)
        self.line(SIDE, y, SIDE + self.epw, y)
        self.set_xy(SIDE, y)
