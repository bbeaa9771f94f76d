"""Why something was not sent, kept so that every reader sees it in her own language.

A stored reason is an English sentence from a lazy text, a tab, and its parameters as JSON; it is shown translated.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

LONGEST = 300
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

PAUSED = _("Outgoing mail is paused.")
BARRED = _("This person asked not to be contacted.")
NO_ADDRESS = _("There is no e-mail address.")
BOUNCED = _("The e-mail address does not work.")
NO_NEWS = _("This contact does not want news or offers.")
NOT_AGREED = _("This contact never agreed to %(what)s.")
TAKEN_BACK = _("This contact does not want %(what)s any more, since %(day)s.")
SERVER_SAID = _("The receiving mail server said: %(answer)s")
SERVER_REFUSED = _("Refused for good. The receiving mail server said: %(answer)s")
SERVER_AWAY = _("The mail server could not be reached: %(answer)s")
GAVE_UP = _("Given up after %(tries)s tries. Last answer: %(answer)s")
CUT_OFF = _("The connection ended while the message was being handed over; it may have arrived.")
KILLED = _("Mitra was stopped while the message was being handed over; it may have arrived.")
KILLED_BEFORE = _("Mitra was stopped before the message left; it is tried again.")
DOUBTED_TWICE = _("Handed over twice without an answer. A person decides now.")
BROKEN = _("The message could not be put together: %(error)s")
CALLED_OFF = _("%(who)s called it off.")
HANDED_OVER = _("%(who)s passes it on by WhatsApp or phone instead.")
NOT_PASSED_ON = _("%(who)s did not send it after all.")
LEFT_ALONE = _("%(who)s decided not to send it again.")


def reason(sentence: Any, **params: Any) -> str:
    """The sentence with its parameters as one stored text."""
    with override("en"):
        english = str(sentence)
        told = {key: str(value) for key, value in params.items()}
    return _short(english, told) if told else english[:LONGEST]


def _short(english: str, params: dict[str, str]) -> str:
    """Shorten the longest parameter until it all fits: the sentence itself must stay whole to be translated."""
    stored = f"{english}\t{json.dumps(params, ensure_ascii=False)}"
    while len(stored) > LONGEST:
        longest = max(params, key=lambda key: len(params[key]))
        params[longest] = params[longest][: max(len(params[longest]) - (len(stored) - LONGEST) - 1, 0)]
        stored = f"{english}\t{json.dumps(params, ensure_ascii=False)}"
    return stored


def in_words(stored: str) -> str:
    """A stored reason in the language of whoever reads it now."""
    english, _tab, params = stored.partition("\t")
    if not english:
        return ""
    return gettext(english) % _read(params) if params else gettext(english)


def _read(params: str) -> Mapping[str, str]:
    read: dict[str, str] = json.loads(params)
    return {key: _param_in_words(value) for key, value in read.items()}


def _param_in_words(value: str) -> str:
    day = _day(value) if ISO_DAY.fullmatch(value) else None
    if day is not None:
        return date_format(day, "j F Y")
    return gettext(value) if value else ""


def _day(value: str) -> dt.date | None:
    """The day, or None when there is none of that name: mail servers and senders write what they like."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
