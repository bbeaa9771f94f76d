"""The words of a contract as paragraphs to draw: Markdown through our own allow-list of HTML, then plain runs of text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from crm.base.text import markdown_html
from crm.contracts.paper.drawable import drawable

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
PARAGRAPHS = {"p", "pre", "td", "th", *HEADINGS}
STRONG = {"strong", "em", "th"}


@dataclass
class Block:
    """One paragraph, heading, list item or row: its runs of text, each strong or not."""

    level: int = 0
    """Of a heading; 0 for everything else."""
    depth: int = 0
    """How many lists it stands in."""
    bullet: str = ""
    is_quote: bool = False
    runs: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _strong in self.runs)


def blocks_of(words: str) -> list[Block]:
    """The words in their order, without anything empty."""
    reader = _Reader()
    reader.feed(str(markdown_html(words)))
    reader.close()
    return [block for block in reader.blocks if block.text.strip()]


class _Reader(HTMLParser):
    """Turns the few tags that are allowed into blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.counters: list[int | None] = []
        self.bullet = ""
        self.strong = self.quotes = self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            start = dict(attrs).get("start") or "1"
            self.counters.append(int(start) if tag == "ol" and start.isdecimal() else 1 if tag == "ol" else None)
        elif tag == "li":
            self.bullet = self._next_bullet()
            self._begin()
        elif tag == "br":
            self._write("\n")
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in ("td", "th") and self.rows:
            self._write("– ")
        elif tag in PARAGRAPHS:
            self._begin(HEADINGS.get(tag, 0))
        self.rows = self.rows + 1 if tag in ("td", "th") else 0 if tag == "tr" else self.rows
        self.strong += tag in STRONG

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.counters:
            self.counters.pop()
            self._begin()
        elif tag == "blockquote":
            self.quotes -= 1
            self._begin()
        elif tag in ("tr", "li") or tag in PARAGRAPHS - {"td", "th"}:
            self._begin()
        self.strong -= tag in STRONG

    def handle_data(self, data: str) -> None:
        if data.strip() or (self.blocks and self.blocks[-1].runs):
            self._write(data.replace("\n", " "))

    def _next_bullet(self) -> str:
        if not self.counters or self.counters[-1] is None:
            return "•"
        self.counters[-1] += 1
        return f"{self.counters[-1] - 1}."

    def _begin(self, level: int = 0) -> None:
        """A new block, unless the one at hand is empty still: a paragraph inside a list item is the item itself."""
        if self.blocks and not self.blocks[-1].text.strip():
            self.blocks.pop()
        bullet, self.bullet = self.bullet, ""
        self.blocks.append(Block(level=level, depth=len(self.counters), bullet=bullet, is_quote=self.quotes > 0))

    def _write(self, text: str) -> None:
        if not self.blocks:
            self._begin()
        self.blocks[-1].runs.append((drawable(text), self.strong > 0 or self.blocks[-1].level > 0))
