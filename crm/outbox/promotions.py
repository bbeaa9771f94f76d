"""What turns a service message into advertising: words that sell, in either language, as dated rows."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.outbox.models import PromotionWord


def words_that_sell(text: str, language: str, on: dt.date) -> list[str]:
    """The promotion words of that language in the text, whole words alone, each once, as the list writes them."""
    known = PromotionWord.objects.valid_on(on).filter(language=language).order_by("words")
    said = " ".join(text.casefold().split())
    return [words for words in known.values_list("words", flat=True) if _is_in(words, said)]


def _is_in(words: str, said: str) -> bool:
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(words.casefold())}{after}", said) is not None


def refuse_promotion(text: str, language: str, on: dt.date) -> None:
    """Raise ValidationError that names the words, when a service message would sell something."""
    found = words_that_sell(text, language, on)
    if found:
        said = _(
            "A service message may not sell: %(words)s. Say it without, or write a message of class marketing to those "
            "who agreed to news."
        )
        raise ValidationError(said % {"words": ", ".join(f"“{one}”" for one in found)}, code="promotion")
