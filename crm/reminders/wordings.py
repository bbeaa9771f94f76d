"""How a message addresses its reader and names what it is about: hers, or of the person she acts for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.models import Contact
from crm.timeline.record import in_language

LANGUAGES = ("en", "id")
ONCE_UP = _("Once it is up, leave its link on your page. That is all we need; we collect the numbers ourselves.")
ONCE_UP_AND_GONE = _("Once it is up, send us a screenshot on your page before it disappears. That is all we need.")


def greeting_for(contact: Contact, facts: Mapping[str, Any]) -> Any:
    """Kirana, or in Indonesian Kak Kirana where the brand speaks so: the recipient's own name, also when she is an agent."""
    first_name = contact.name.split(" ")[0]
    return {"en": first_name, "id": f"Kak {first_name}"} if facts.get("form_of_address") == "kak" else first_name


def which_format(contact: Contact, facts: Mapping[str, Any], person: str) -> Any:
    """Reel; to an agent, who may act for several people: Reel (Kirana Larasati)."""
    known = facts.get("format", "")
    if contact.kind == Contact.Kind.PERSON:
        return known
    return {language: f"{known[language] if isinstance(known, dict) else known} ({person})" for language in LANGUAGES}


def once_up(facts: Mapping[str, Any]) -> Any:
    """What we need once a post is up; what disappears has no address to leave."""
    return ONCE_UP_AND_GONE if facts.get("disappears") else ONCE_UP


def whose_thing(contact: Contact, facts: Mapping[str, Any], person: str) -> dict[str, str]:
    """your Reel; to an agent: Kirana's Reel."""
    is_hers = contact.kind == Contact.Kind.PERSON
    sentence = _("your %(what)s") if is_hers else _("%(what)s by %(person)s")
    what = facts.get("what", "")
    return {
        language: in_language(
            language, sentence, {"what": what[language] if isinstance(what, dict) else what, "person": person}
        )
        for language in LANGUAGES
    }
