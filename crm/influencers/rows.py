"""The list's rows as HTML. Fifty rows of a dozen cells are where a page's time goes, so they are joined, not templated.

Every cell passes `rows_html`, which escapes it.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.base.formats import count_short, locale
from crm.base.text import rows_html
from crm.influencers.models import Influencer
from crm.influencers.queries.listing import Line
from crm.influencers.vocabulary import Vocabulary
from crm.templatetags.ui import hue, icon, initials

STAGE_TONES = {
    Influencer.Stage.PROSPECT: "",
    Influencer.Stage.IN_TALKS: "info",
    Influencer.Stage.ACTIVE: "ok",
    Influencer.Stage.RESTING: "warn",
}

# The head of the table in people.html has the same columns in the same order.
ROW = (
    '<tr><td class="pick"><input type="checkbox" name="ids" value="%s" aria-label="%s"></td>'
    '<td class="lead-cell"><span class="who"><span class="av hue-%s" aria-hidden="true">%s</span>'
    '<span class="who-words"><a class="row-link" href="%s">%s</a><span class="sub">%s%s</span></span></span></td>'
    '<td class="num">%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>'
)


def table_rows(lines: Iterable[Line], words: Vocabulary, *, today: dt.date) -> SafeString:
    """All rows of the page."""
    marks = {pk: icon(word.icon, "s", word.name) for pk, word in words.platforms.items()}
    stages = {stage.value: _pill(STAGE_TONES[stage], str(stage.label)) for stage in Influencer.Stage}
    barred = _pill("bad", _("Do not contact"))
    before, after = reverse("person", args=[0]).split("0")
    language = locale()
    return rows_html(
        ROW,
        [
            (
                line.pk,
                line.name,
                hue(line.name),
                initials(line.name),
                f"{before}{line.pk}{after}",
                line.name,
                marks.get(line.platform or 0, ""),
                f"@{line.handle}" if line.handle else "",
                followers_short(line.followers, language),
                words.tiers.get(line.tier, line.tier),
                words.niches.get(line.niche or 0, ""),
                line.city,
                barred if line.is_barred_on(today) else stages.get(line.stage, line.stage),
                words.owners.get(line.owner or 0, ""),
            )
            for line in lines
        ],
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
