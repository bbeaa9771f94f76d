"""Why something of an import stays, as people read it: short codes in storage, sentences on screen."""

import datetime as dt
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.formats import day_words
from crm.influencers.imports.remarks import FIELD_NAMES
from crm.influencers.imports.taking_back.bound import table_name
from crm.influencers.places import keeps_person

SENTENCES: dict[str, Promise] = {
    "merged": gettext_lazy("She was merged with somebody else since. Part the two first."),
    "newer-import": gettext_lazy("“%(text)s” changed her since. Take that import back first."),
    "touched": gettext_lazy("%(who)s changed something about her on %(day)s."),
    "held": gettext_lazy("Something was added to it since: %(text)s."),
    "changed": gettext_lazy("Changed since and left as it is: %(text)s."),
    "changed-thing": gettext_lazy("Changed since and left as it is: %(text)s."),
    "main-niche": gettext_lazy("The niche %(text)s is her main one since."),
}
OTHER_FIELDS: dict[str, Promise] = {
    "do_not_contact": gettext_lazy("do not contact"),
    "whatsapp": gettext_lazy("WhatsApp number"),
}


def sentence(reason: Sequence[str]) -> str:
    """One reason in the active language."""
    code, text = reason
    if code == "held" and text in keeps_person:
        return str(keeps_person[text].words["said"])
    if code == "touched":
        who, _bar, at = text.rpartition("|")
        return str(SENTENCES[code]) % {"who": who, "day": day_words(dt.datetime.fromisoformat(at))}
    return str(SENTENCES[code]) % {"text": _named(code, text)}


def _named(code: str, text: str) -> str:
    if code in ("held", "changed-thing"):
        return table_name(text)
    if code == "changed":
        return str((FIELD_NAMES | OTHER_FIELDS).get(text, text))
    return text or _("something")
