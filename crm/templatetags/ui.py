"""Parts of a page that need computing: icons, initials, small charts. The rest is templates/components/."""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from crm.base import charts
from crm.base.sprite import SPRITE, drawings, known
from crm.base.text import markdown_html

register = template.Library()

SWATCH = re.compile(r"#[0-9a-fA-F]{6}")
"""How a colour is written."""

HUES = 8


@register.simple_tag
def icon(name: str, size: str = "", label: str = "", *, inline: bool = False) -> SafeString:
    """{% icon "bell" %}; size "s" or "l"; a label when it stands alone; inline=True copies the drawing."""
    return _icon(name, size, str(label), inline=inline)


@lru_cache(maxsize=2_000)
def _icon(name: str, size: str, label: str, *, inline: bool) -> SafeString:
    """Pages draw the same few icons over and over."""
    classes = f"i i-{size}" if size else "i"
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    if inline:
        drawing = mark_safe(drawings()[known(name)])  # from our own vendored file
        return format_html('<svg class="{}" viewBox="0 0 16 16" {}>{}</svg>', classes, spoken, drawing)
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', classes, spoken, static(SPRITE), known(name))


@register.simple_tag
def fixed(template_name: str) -> SafeString:
    """{% fixed "components/styles.html" %}: a part without inputs, rendered once for each language."""
    return _fixed(template_name, get_language() or "")


@lru_cache(maxsize=50)
def _fixed(template_name: str, language: str) -> SafeString:
    """`language` is the active one: it tells the renderings apart."""
    return render_to_string(template_name)


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> "Keep":
    """{% keep menu %}...{% endkeep %} and then {{ menu }} as often as it is needed: rendered once."""
    _tag, name = token.split_contents()
    inside = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(name, inside)


class Keep(template.Node):
    """What stands between the tags, under a name."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        context[self.name] = self.nodelist.render(context)
        return mark_safe("")


def initials(name: str) -> str:
    """At most two letters: of the first and the last word."""
    words = [word for word in str(name).replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(name: str) -> int:
    """The same name has the same colour on every page and every day (Python's own hash changes with each start)."""
    return zlib.crc32(str(name).strip().casefold().encode()) % HUES + 1


@register.filter
def marked_up(source: Any) -> SafeString:
    """{{ text|marked_up }}: somebody's words with their marks, made safe."""
    return markdown_html(str(source))


@register.simple_tag
def avatar(name: Any, size: str = "") -> SafeString:
    """{% avatar person.name %}; size "s" (24 px) or "xl" (64 px). Decoration: the name always stands beside it."""
    shape = f" av-{size}" if size else ""
    letters = initials(str(name))
    return format_html('<span class="av hue-{}{}" aria-hidden="true">{}</span>', hue(str(name)), shape, letters)


def swatch(colour: str, name: Any) -> SafeString | str:
    """A name with its colour before it: where somebody chooses a shade. Without a colour, the name alone."""
    if not SWATCH.fullmatch(colour):
        return str(name)
    drawn = '<svg class="swatch" width="16" height="16" aria-hidden="true"><rect width="16" height="16" fill="{}"/></svg> {}'
    return format_html(drawn, colour, name)


@register.simple_tag
def bar(
    value: Any,
    of: Any = 100,
    *,
    mark: Any = None,
    second: Any = None,
    tone: str = "",
    label: str = "",
) -> SafeString:
    """{% bar 66 100 mark=44 %}: a 6 px bar; `second` is a paler part behind (promised behind paid); tone ok, warn, bad.

    With a label it is a picture that is read out; without one the number must stand beside it.
    """
    parts = [format_html('<rect class="v" width="{}" height="6"/>', str(charts.share(value, of)))]
    if second not in (None, ""):
        parts.insert(0, format_html('<rect class="v2" width="{}" height="6"/>', str(charts.share(second, of))))
    if mark not in (None, ""):
        parts.append(format_html('<rect class="mk" x="{}" width="1" height="6"/>', str(charts.share(mark, of))))
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 6" preserveAspectRatio="none" {}>'
        '<rect class="t" width="100" height="6"/>{}</svg>',
        tone,
        spoken,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


@register.simple_tag
def sparkline(values: Sequence[Any] | None, label: str = "") -> SafeString:
    """{% sparkline week_by_week %}: the shape of a development. Fewer than two values draw nothing."""
    known_values = [value for value in values or () if value is not None]
    if len(known_values) < 2:
        return mark_safe("")
    points = charts.spark_points(known_values)
    line, (end_x, end_y) = charts.spark_path(points), points[-1]
    floor = f" L{end_x} {charts.SPARK_HEIGHT} L{points[0][0]} {charts.SPARK_HEIGHT} Z"
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="spark" viewBox="0 0 84 26" {}><path class="a" d="{}"/><path d="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>',
        spoken,
        line + floor,
        line,
        str(end_x),
        str(end_y),
    )


@register.simple_tag
def curve(values: Sequence[tuple[Any, Any]] | None, label: str = "") -> SafeString:
    """{% curve days_and_counts label %}: a development over days, as wide as its card. Needs two different days."""
    if not values or values[0][0] == values[-1][0]:
        return mark_safe("")
    points = charts.curve_points(values)
    line, floor = (
        charts.spark_path(points),
        f" L{points[-1][0]} {charts.CURVE_HEIGHT} L{points[0][0]} {charts.CURVE_HEIGHT} Z",
    )
    return format_html(
        '<svg class="curve" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<path class="a" d="{}"/><path d="{}"/></svg>',
        charts.CURVE_WIDTH,
        charts.CURVE_HEIGHT,
        label,
        line + floor,
        line,
    )


@register.simple_tag
def ring(value: Any, of: Any, unit: str = "", *, carried: Any = 0, label: str = "", tone: str = "") -> SafeString:
    """{% ring 1 2 "Reels" label="1 of 2 Reels" %}: a quota; `carried` (of the value, brought along) is drawn paler."""
    own = charts.arc(value - carried, of) if carried else charts.arc(value, of)
    whole = charts.arc(value, of)
    carried_arc = format_html(_ARC, "c", str(whole), str(round(charts.RING_LENGTH, 1))) if carried else ""
    own_arc = format_html(_ARC, "v", str(own), str(round(charts.RING_LENGTH, 1))) if own else ""
    return format_html(
        '<svg class="ring {}" viewBox="0 0 84 84" role="img" aria-label="{}"><circle class="t" cx="42" cy="42" r="34"/>'
        '{}{}<text x="42" y="{}">{}/{}</text><text class="u" x="42" y="59">{}</text></svg>',
        tone,
        label or f"{value}/{of} {unit}".strip(),
        carried_arc,
        own_arc,
        "45" if unit else "49",
        value,
        of,
        unit,
    )


_ARC = '<circle class="{}" cx="42" cy="42" r="34" stroke-dasharray="{} {}" transform="rotate(-90 42 42)"/>'


@register.filter
def page_numbers(paginator: Paginator[Any], current: int) -> list[int | None]:
    """The pages worth a link: the ends and the neighbours; None stands for the gap between."""
    elided = paginator.get_elided_page_range(current, on_each_side=2, on_ends=1)
    return [page if isinstance(page, int) else None for page in elided]
