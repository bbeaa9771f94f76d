"""Who gets which mail, said in one line: "Work reminders go to her, contracts to Sari (agent)." """

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from crm.influencers.models import Representation
from crm.influencers.queries.mail import Route, Standing, route
from crm.outbox.topics import IN_A_SENTENCE, Topic

Rows = Sequence[Representation]


def mail_in_words(contacts: Rows, *, is_minor: bool) -> str:
    """One sentence about these contacts of one person; empty while there is nobody."""
    getting = [stands for stands in contacts if stands.receives_mail]
    stand = [Standing.of(stands, is_minor=is_minor) for stands in getting]
    named = {stands.contact_id: called(stands) for stands in getting}
    by_route: dict[Route, list[str]] = {}
    for topic in Topic.values:
        by_route.setdefault(route(stand, topic), []).append(topic)
    if len(by_route) == 1:
        return "" if not contacts else _all_to(next(iter(by_route)), named)
    first, *others = (_some_to(topics, went, named) for went, topics in by_route.items())
    return _("%(first)s, %(others)s.") % {"first": first[:1].upper() + first[1:], "others": ", ".join(others)}


def called(stands: Representation) -> str:
    """her; Sari (agent)."""
    if stands.is_self:
        return _("her")
    role = _("guardian") if stands.is_guardian else _("agent")
    return _("%(name)s (%(role)s)") % {"name": stands.contact.name, "role": role}


def _all_to(went: Route, named: Mapping[int, str]) -> str:
    if not went.to:
        return _("Nobody gets mail about her.")
    return _("All mail goes to %(names)s.") % {"names": _names(went, named)}


def _some_to(topics: Iterable[str], went: Route, named: Mapping[int, str]) -> str:
    said = {"topics": _listed([str(IN_A_SENTENCE[topic]) for topic in topics]), "names": _names(went, named)}
    return _("%(topics)s go to %(names)s") % said if went.to else _("nobody gets %(topics)s") % said


def _names(went: Route, named: Mapping[int, str]) -> str:
    asked = _listed([named[contact] for contact in went.to])
    if not went.copies:
        return asked
    return _("%(names)s, with a copy to %(copies)s") % {
        "names": asked,
        "copies": _listed([named[contact] for contact in went.copies]),
    }


def _listed(words: Sequence[str]) -> str:
    *most, last = words or [""]
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last
