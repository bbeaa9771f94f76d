"""What people are told: the facts the law names, ready in both languages, to be read over before they leave."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.base.models import Organisation
from crm.privacy.models import DataIncident
from crm.timeline.record import in_language

SUBJECT = _("About your data at %(house)s")
WORDS = _(
    "something happened to data we keep about you, and you should know about it.\n\n"
    "What happened: %(what)s\n\n"
    "When: we found out on %(found)s.\n\n"
    "Which data: %(data)s\n\n"
    "What it may lead to: %(consequences)s\n\n"
    "What we have done: %(measures)s\n\n"
    "Answer this e-mail if you have questions, or want to see or remove what we keep about you."
)
"""UU 27/2022, article 46(2): which data, when and how it came out, and what was done about it."""
NOT_KNOWN = _("we do not know yet, and will write again")


def subjects_for(language: str) -> str:
    return in_language(language, SUBJECT, {"house": Organisation.load().name})


def words_for(incident: DataIncident, language: str) -> str:
    """A first version in one language; what a colleague typed stands in it as it is."""
    zone_day = day_in_words(incident.found_at.date())
    facts: Mapping[str, object] = {
        "what": incident.what,
        "found": zone_day,
        "data": incident.data,
        "consequences": incident.consequences or NOT_KNOWN,
        "measures": incident.measures or NOT_KNOWN,
    }
    return in_language(language, WORDS, facts)
