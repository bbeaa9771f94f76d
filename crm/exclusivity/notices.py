"""Words somebody may send her about a broken promise: calm, with what we saw, what was agreed, and until when.

Nothing here sends anything. A colleague copies the words, or takes them along to where messages are written.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.exclusivity.models import BreachCase, Clause
from crm.exclusivity.words import sentence_of
from crm.timeline.record import in_language

LANGUAGES = ("id", "en")
SUBJECT = _("%(brand)s: about your post")
WORDS = _(
    "Hi %(name)s,\n\n"
    "We saw a post of yours%(where)s and wanted to ask you about it. For %(brand)s we had agreed: %(promise)s\n\n"
    "Could you take it down or change it by %(day)s? If we misread it, or if something was agreed that we do not know "
    "of, just tell us.\n\n"
    "Thank you,\n%(sender)s"
)


def notice(case: BreachCase, sender: str, now: dt.datetime) -> dict[str, str]:
    """Subject and text in both languages, named as the page to write messages names them."""
    clause = Clause.objects.with_scope().get(pk=case.finding.clause_id)
    last_on = local_date(now, case.zone) + dt.timedelta(days=case.cure_days)
    url = case.evidence.exclude(url="").values_list("url", flat=True).first() or ""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        words = {
            "name": _name(case, language),
            "brand": case.brand.name,
            "where": f" ({url})" if url else "",
            "promise": _said_in(language, clause),
            "day": _day_in(language, last_on),
            "sender": sender,
        }
        found[f"subject_{language}"] = in_language(language, SUBJECT, words)
        found[f"text_{language}"] = in_language(language, WORDS, words)
    return found


def _name(case: BreachCase, language: str) -> str:
    first = case.influencer.stage_name.split(" ")[0]
    return f"Kak {first}" if language == "id" and case.brand.form_of_address == Brand.Address.KAK else first


def _said_in(language: str, clause: Clause) -> str:
    with override(language):
        return sentence_of(clause)


def _day_in(language: str, on: dt.date) -> Any:
    with override(language):
        return day_words(on)
