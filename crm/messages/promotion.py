"""Words that make a service message advertising: found before it is kept, and named."""

import datetime as dt
import re
from collections.abc import Iterable

from crm.outbox.models import PromotionWord


def promoting(texts: Iterable[str], language: str, on: dt.date) -> list[str]:
    """The words of the house's list that these texts use, as whole words; each once, in the order of the list."""
    said = " ".join(" ".join(texts).casefold().split())
    listed = PromotionWord.objects.valid_on(on).filter(language=language)
    return [words for words in listed.values_list("words", flat=True) if _uses(said, words)]


def _uses(said: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", said) is not None
