"""How a message addresses its reader and names what it is about: hers, or of the person she acts for."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.outbox.models import Contact
from crm.timeline.record import in_language

LANGUAGES = ("en", "id")


def greeting_for(contact: Contact, facts: Mapping[str, Any]) -> Any:
    """Kirana, or Kak Kirana where the brand speaks so: the recipient's own name, also when she is an agent."""
    first_name = contact.name.split(" ")[0]
    return format_lazy("Kak {name}", name=first_name) if facts.get("form_of_address") == "kak" else first_name


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
