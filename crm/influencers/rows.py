"""The list's rows as HTML. Fifty rows of a dozen cells are where a page's time goes, so they are joined, not templated.

Every value passes `format_html_join`, which escapes it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.base.formats import count_short
from crm.influencers.models import Influencer
from crm.influencers.queries.listing import Line
from crm.influencers.vocabulary import Vocabulary
from crm.templatetags.ui import avatar, icon

STAGE_TONES = {
    Influencer.Stage.PROSPECT: "",
    Influencer.Stage.IN_TALKS: "info",
    Influencer.Stage.ACTIVE: "ok",
    Influencer.Stage.RESTING: "warn",
}

ROW = (
    '<tr><td class="pick"><input type="checkbox" name="ids" value="{}" aria-label="{}"></td>'
    '<td class="lead-cell"><span class="who">{}<span class="who-words"><a class="row-link" href="{}">{}</a>'
    '<span class="sub">{}{}</span></span></span></td>'
    '<td class="num" data-label="{}">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
    '<td data-label="{}">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td></tr>'
)


def table_rows(lines: Iterable[Line], words: Vocabulary, *, today: dt.date) -> SafeString:
    """All rows of the page. The head of the table in people.html has the same columns in the same order."""
    marks = {pk: icon(word.icon, "s", word.name) for pk, word in words.platforms.items()}
    stages = {stage: _pill(STAGE_TONES[stage], stage.label) for stage in Influencer.Stage}
    barred = _pill("bad", _("Do not contact"))
    heads = (_("Followers"), _("Tier"), _("Niche"), _("City"), _("Stage"), _("Owner"))
    link = reverse("person", args=[0])
    rows = (_cells(line, words, marks, stages, barred, heads, link, today) for line in lines)
    return format_html_join("\n", ROW, rows)


def _pill(tone: str, label: Any) -> SafeString:
    return format_html('<span class="pill {}">{}</span>', tone, label)


def _cells(
    line: Line,
    words: Vocabulary,
    marks: dict[int, SafeString],
    stages: dict[Any, SafeString],
    barred: SafeString,
    heads: tuple[str, ...],
    link: str,
    today: dt.date,
) -> tuple[Any, ...]:
    followers, tier, niche, city, stage, owner = heads
    return (
        line.pk,
        line.name,
        avatar(line.name),
        link.replace("/0/", f"/{line.pk}/"),
        line.name,
        marks.get(line.platform or 0, ""),
        f"@{line.handle}" if line.handle else "",
        followers,
        "" if line.followers is None else count_short(line.followers),
        tier,
        words.tiers.get(line.tier, line.tier),
        niche,
        words.niches.get(line.niche or 0, ""),
        city,
        line.city,
        stage,
        barred if line.is_barred_on(today) else stages.get(line.stage, line.stage),
        owner,
        words.owners.get(line.owner or 0, ""),
    )
