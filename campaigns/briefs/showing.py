"""A brief as she reads it: parts with a heading and lines, in the language that is active. Asks no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from campaigns.briefs.content import Content, Level, content_of, merged
from campaigns.briefs.models import BriefVersion
from crm.base.formats import when_zone

HER_WORDS: dict[str, Any] = {
    Level.MUST: pgettext_lazy("how she reads it", "Please keep"),
    Level.SHOULD: pgettext_lazy("how she reads it", "If you can"),
    Level.FREE: pgettext_lazy("how she reads it", "Up to you"),
}
"""How she reads must, should and free."""

TITLES: dict[str, Any] = {
    "brand_story": gettext_lazy("About the brand"),
    "product_story": gettext_lazy("About the product"),
    "public_benefit": gettext_lazy("What it is good for"),
    "key_messages": gettext_lazy("What to say, in your own words"),
    "colour_tone": gettext_lazy("Colour tone"),
    "pose": gettext_lazy("Pose and scene"),
    "caption": gettext_lazy("What the caption is about"),
    "hashtags": gettext_lazy("Hashtags"),
    "mentions": gettext_lazy("Accounts to mention"),
    "disclosure": gettext_lazy("Label as advertising"),
    "upload_time": gettext_lazy("Best time to post"),
    "embargo_at": gettext_lazy("Not before"),
    "use_days": gettext_lazy("Use it first"),
    "claims": gettext_lazy("What may be said of it"),
    "forbidden": gettext_lazy("Please leave these words out"),
    "link": gettext_lazy("Product page"),
    "rights_note": gettext_lazy("How we may use it"),
    "references": gettext_lazy("To look at"),
}


@dataclass(frozen=True)
class Line:
    """One line: words, and where they lead: an address, or a file of ours by its id."""

    text: str
    url: str = ""
    file: int | None = None


@dataclass(frozen=True)
class Section:
    """One part of a brief. `level` says that its lines are items of that level."""

    code: str
    title: str
    lines: tuple[Line, ...]
    level: str = ""


def shown_text(version: BriefVersion, overrides: Mapping[str, Any] | None = None) -> list[Section]:
    """A version as somebody reads it, with what differs for her. Parts with nothing in them are left out."""
    return sections_of(merged(content_of(version), overrides))


def sections_of(content: Content) -> list[Section]:
    """First what it is about, then what to do, then how, then what to mind."""
    parts = [
        *(_part(content, name) for name in ("brand_story", "product_story", "public_benefit", "key_messages")),
        *(_items(content, level) for level in Level.values),
        *(_part(content, name) for name in (
            "colour_tone", "pose", "caption", "hashtags", "mentions", "disclosure", "upload_time", "embargo_at", "use_days",
            "claims", "forbidden", "link", "rights_note",
        )),
        _references(content),
    ]  # fmt: skip
    return [part for part in parts if part.lines]


def plain_of(sections: list[Section]) -> str:
    """The same as one text, for checksums and messages: every word she saw, in its order."""
    return "\n\n".join(
        "\n".join([part.title, *(" ".join(filter(None, (line.text, line.url))) for line in part.lines)])
        for part in sections
    )


def _part(content: Content, name: str) -> Section:
    return Section(name, str(TITLES[name]), tuple(_lines(content, name)))


def _lines(content: Content, name: str) -> list[Line]:
    if name in ("hashtags", "mentions"):
        return [Line(" ".join(content.entries(name)))] if content.entries(name) else []
    if name in ("claims", "forbidden"):
        return [Line(one) for one in content.entries(name)]
    if name == "embargo_at":
        at = content.embargo_at
        return [Line(when_zone(at, content.zone))] if at else []
    if name == "use_days":
        return [Line(days_first(content.use_days))] if content.use_days else []
    said = content.words(name)
    if name == "link":
        return [Line(said, said)] if said else []
    return [Line(line.strip()) for line in said.splitlines() if line.strip()]


def days_first(days: int) -> str:
    return ngettext(
        "Use it for %(n)s day before you post about it.", "Use it for %(n)s days before you post about it.", days
    ) % {"n": days}


def _items(content: Content, level: str) -> Section:
    return Section(level, str(HER_WORDS[level]), tuple(Line(text) for text in content.at_level(level)), level)


def _references(content: Content) -> Section:
    lines = tuple(Line(row.note or row.label or _("Look at this"), row.url, row.file) for row in content.references)
    return Section("references", str(TITLES["references"]), lines)
