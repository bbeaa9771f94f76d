"""The list's rows as HTML. Fifty rows of a dozen cells are where a page's time goes, so they are joined, not templated.

Every cell passes `rows_html`, which escapes it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.base.formats import count_short, locale
from crm.base.text import rows_html
from crm.influencers.models import Influencer
from crm.influencers.places import Badge
from crm.influencers.queries.listing import Line, TagsOf
from crm.influencers.vocabulary import Vocabulary
from crm.templatetags.ui import hue, icon, initials

STAGE_TONES = {
    Influencer.Stage.PROSPECT: "",
    Influencer.Stage.IN_TALKS: "info",
    Influencer.Stage.ACTIVE: "ok",
    Influencer.Stage.RESTING: "warn",
}

# The head of the table in people.html has the same columns in the same order.
LEAD = (
    '<tr><td class="pick"><input type="checkbox" name="ids" value="%s" aria-label="%s"></td>'
    '<td class="lead-cell"><span class="who"><span class="av hue-%s" aria-hidden="true">%s</span>'
    '<span class="who-words"><a class="row-link" href="%s">%s</a>%s<span class="sub">%s%s</span></span></span></td>'
    '<td class="num">%s</td><td>%s</td>'
)
IN_PLACE = ("main_niche", "city", "stage", "owner")
TAGS_SHOWN = 2
"""The columns that can be changed in the list, as they stand."""
CELL = '<td data-cell="{0}"><a class="cell" tabindex="-1" href="%s/cell/{0}/">%s</a></td>'


def table_rows(
    lines: Iterable[Line],
    words: Vocabulary,
    *,
    today: dt.date,
    may_edit: bool = False,
    tags: TagsOf | None = None,
    badges: Mapping[int, Sequence[Badge]] | None = None,
) -> SafeString:
    """All rows of the page; for those who may, with cells that open. `tags` brings their column."""
    badges = badges or {}
    marks = {pk: icon(word.icon, "s", word.name) for pk, word in words.platforms.items()}
    stages = _stages()
    barred, none = _pill("bad", _("Do not contact")), _none()
    before, after = reverse("person", args=[0]).split("0")
    language = locale()
    found: list[tuple[object, ...]] = []
    for line in lines:
        url = f"{before}{line.pk}"
        lead = (
            *(line.pk, line.name, hue(line.name), initials(line.name), f"{url}{after}", line.name),
            _badges(badges.get(line.pk, ())),
            *(marks.get(line.platform or 0, ""), f"@{line.handle}" if line.handle else ""),
            *(followers_short(line.followers, language), words.tiers.get(line.tier, line.tier)),
        )
        niche, owner = words.niches.get(line.niche or 0, ""), words.owners.get(line.owner or 0, "")
        stage = barred if line.is_barred_on(today) else stages.get(line.stage, line.stage)
        last: tuple[Any, ...] = () if tags is None else (_tags(tags.get(line.pk, ())),)
        if may_edit:
            last = (url, last[0] or none) if last else ()
            found.append((*lead, url, niche or none, url, line.city or none, url, stage, url, owner or none, *last))
        else:
            found.append((*lead, niche, line.city, stage, owner, *last))
    return rows_html(_row(may_edit=may_edit, has_tags=tags is not None), found)


@cache
def _row(*, may_edit: bool, has_tags: bool) -> str:
    cells = (*IN_PLACE, "tags") if has_tags else IN_PLACE
    return LEAD + "".join(CELL.format(cell) if may_edit else "<td>%s</td>" for cell in cells) + "</tr>"


def _badges(badges: Sequence[Badge]) -> SafeString | str:
    return format_html_join("", " {}", ((icon(one.icon, "s", one.label),) for one in badges)) if badges else ""


def _tags(tags: Sequence[tuple[str, int]]) -> SafeString:
    """The first few by name, and how many more there are."""
    tags = sorted(tags, key=lambda tag: tag[0].casefold())
    shown = format_html_join(" ", '<span class="tag hued hue-{1}">{0}</span>', tags[:TAGS_SHOWN])
    if len(tags) <= TAGS_SHOWN:
        return shown
    rest = ", ".join(name for name, _hue in tags[TAGS_SHOWN:])
    return format_html('{} <span class="tag" title="{}">+{}</span>', shown, rest, len(tags) - TAGS_SHOWN)


def cell_html(person: Influencer, cell: str, words: Vocabulary) -> SafeString:
    """One cell, as the list shows it after it was changed."""
    shown: dict[str, Any] = {
        "main_niche": words.niches.get(person.main_niche_id or 0),
        "city": person.city,
        "stage": _stages().get(person.stage, person.stage),
        "owner": words.owners.get(person.owner_id or 0),
    }
    if cell == "tags":
        shown["tags"] = _tags(list(person.tags.values_list("name", "hue")))
    url = reverse("person", args=[person.pk]).rstrip("/")
    return rows_html(CELL.format(cell), [(url, shown[cell] or _none())])


def _stages() -> dict[str, SafeString]:
    return {stage.value: _pill(STAGE_TONES[stage], str(stage.label)) for stage in Influencer.Stage}


def _none() -> SafeString:
    """An empty cell that can be filled: a dash for the eye, a word for the ear."""
    return format_html(
        '<span class="none" aria-hidden="true">–</span><span class="visually-hidden">{}</span>', _("none")
    )


def _pill(tone: str, label: str) -> SafeString:
    return format_html('<span class="pill {}">{}</span>', tone, label)


def followers_short(followers: int | None, language: str) -> str:
    """`34,2 rb`. Rounded first to what is shown, so that a few thousand answers serve everybody."""
    if followers is None:
        return ""
    step = 10 ** max(0, len(str(followers)) - 4) if followers >= 1000 else 1
    return _short((followers + step // 2) // step * step, language)


@lru_cache(maxsize=40_000)
def _short(followers: int, language: str) -> str:
    """`language` is the active one: it tells the answers apart."""
    return count_short(followers)
