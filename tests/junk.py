"""What attackers and clumsy people type, and the forms of a page to type it into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

JUNK = (
    "",
    " ",
    "\x00",
    "Kirana\x00",
    "\u202eputri\u200f \U0001f469\u200d\U0001f3a4 \ufeff\u2028",
    "<script>alert('x')</script>\"'>",
    "{{ settings.SECRET_KEY }}{% now 'Y' %}%s%(name)s$name",
    '=HYPERLINK("http://example.org")',
    "Hello\r\nBcc: everybody@example.org",
    "long " * 2_000,
    "x" * 70_000,
    "-1",
    "0",
    "1e400",
    "NaN",
    "-Infinity",
    "9" * 400,
    str(2**31),
    str(2**63),
    "-" + str(2**63),
    "999999999999,99",
    "\u00b2\u0663\uff15",
    "1,2,3",
    "on",
    "None",
    "null",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "25:61",
    "..",
    "../../etc/passwd",
    "//example.org/",
    "https://example.org\\@127.0.0.1/",
    "javascript:alert(1)",
    "http://[",
    "a@b",
    "'; DROP TABLE crm_user; --",
    "%",
    "[]",
    '{"a": [1]}',
    "[" * 5_000,
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "Asia/Nowhere",
    "../UTC",
    "+62 812 ext 9",
    "@",
    "https://instagram.com/" + "k" * 400,
)

FILES = (
    ("empty.csv", b""),
    ("header.csv", b"name,handle\n"),
    ("twins.csv", b"name,name,handle,handle\nKirana,Putri,@a,@b\n"),
    ("formulas.csv", b"name,handle\n=1+1,@kirana\n@SUM(A1),=cmd|' /C calc'!A0\n"),
    ("giant.csv", b"name,handle\n" + b"x" * 200_000 + b",@kirana\n"),
    ("blank.csv", b"\n\n,,,\n \n"),
    ("nul.csv", b"na\x00me,handle\nKi\x00rana,@kirana\n"),
    ("utf16.csv", "name,handle\nKirana,@kirana\n".encode("utf-16-le")),
    ("quotes.csv", b'name,handle\n"Kirana,@kirana\n'),
    ("renamed.xlsx", b"MZ\x90\x00" + b"\x00" * 200),
    ("broken.xlsx", b"PK\x03\x04" + b"\xff" * 300),
    ("renamed.png", b"MZ\x90\x00" + b"\x00" * 200),
    ("broken.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    ("script.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("broken.pdf", b"%PDF-1.7\n" + b"\x00" * 100),
    ("broken.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\xff" * 100),
    ("noextension", b"name,handle\nKirana,@kirana\n"),
    ("\u202egnp.exe", b"MZ"),
    ("a" * 300 + ".csv", b"name,handle\nKirana,@kirana\n"),
)


@dataclass
class Box:
    """One field of a form as the page has it."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """One form of a page: where it goes and what it asks."""

    action: str
    method: str
    boxes: list[Box] = field(default_factory=list)

    @classmethod
    def asking(cls, action: str, names: Sequence[str]) -> "PageForm":
        """A form nobody shows, with boxes for all these names."""
        return cls(action, "post", [Box(name, "text") for name in names])

    @property
    def outline(self) -> tuple[str, tuple[str, ...]]:
        return self.method, tuple(sorted({box.name for box in self.boxes}))


class FormReader(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.apart: dict[str, PageForm] = {}
        self.open: PageForm | None = None
        self.box: Box | None = None
        self.in_text = False
        self.feed(page)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in found}
        if tag == "form":
            self.open = PageForm(attrs.get("action", ""), attrs.get("method", "get").lower())
            self.forms.append(self.open)
            self.apart[attrs.get("id", "")] = self.open
        elif tag == "option" and self.box is not None:
            self.box.choices.append(attrs.get("value", ""))
        elif tag in ("input", "select", "textarea", "button") and attrs.get("name"):
            self._field(tag, attrs)

    def _field(self, tag: str, attrs: dict[str, str]) -> None:
        form = self.apart.get(attrs["form"]) if "form" in attrs else self.open
        if form is None:
            return
        kind = attrs.get("type", "text") if tag == "input" else tag
        box = Box(attrs["name"], kind, attrs.get("value", ""))
        if kind in ("radio", "checkbox", "button"):
            same = next((one for one in form.boxes if one.name == box.name), None)
            if same is not None:
                same.choices.append(box.value)
                return
            box.choices.append(box.value)
        form.boxes.append(box)
        self.box = box if tag == "select" else None
        self.in_text = tag == "textarea"

    def handle_data(self, data: str) -> None:
        if self.in_text and self.open is not None and self.open.boxes:
            self.open.boxes[-1].value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.box = None
        elif tag == "textarea":
            self.in_text = False


LIKELY = {"date": "2026-12-01", "datetime-local": "2026-12-01T10:00", "number": "3", "email": "kirana@contoh.example",
          "url": "https://www.instagram.com/reel/Cabc123/", "tel": "+628123456789", "time": "10:00"}  # fmt: skip


def likely(box: Box, dice: Random) -> Any:
    """What somebody careful would type there."""
    if box.kind == "file":
        name, content = dice.choice(FILES)
        return SimpleUploadedFile(name, content)
    if box.choices:
        return dice.choice(box.choices)
    return box.value or LIKELY.get(box.kind, "Kirana")


def filled(form: PageForm, dice: Random, wrong: int) -> dict[str, Any]:
    """The form filled in, so many boxes with junk and the rest with care."""
    data = {box.name: likely(box, dice) for box in form.boxes}
    typed = [box for box in form.boxes if box.kind != "file" and box.name != "csrfmiddlewaretoken"]
    for box in dice.sample(typed, min(wrong, len(typed))):
        junk: Any = dice.choice(JUNK)
        data[box.name] = [junk, dice.choice(JUNK)] if dice.random() < 0.1 else junk
    for box in typed:
        if dice.random() < 0.03:
            data.pop(box.name, None)
    return data
