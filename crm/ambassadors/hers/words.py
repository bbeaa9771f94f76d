"""How posts that are still open are named: to her, and in both languages for e-mails."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from crm.ambassadors.models import AmbassadorDeal, QuotaLine

LANGUAGES = ("en", "id")
Unit = AmbassadorDeal.Unit
THIS: Mapping[str, Any] = {
    Unit.DAYS: gettext_lazy("These days"),
    Unit.WEEK: gettext_lazy("This week"),
    Unit.MONTH: gettext_lazy("This month"),
    Unit.QUARTER: gettext_lazy("This quarter"),
    Unit.YEAR: gettext_lazy("This year"),
}
POSTS = gettext_lazy("posts")


def this_period(deal: AmbassadorDeal) -> str:
    """This month; several of them together are a time of their own."""
    return str(THIS[deal.unit]) if deal.every == 1 else _("This time")


def things(counted: Iterable[tuple[QuotaLine, int]]) -> str:
    """1 × Instagram Reel, 2 × Instagram Story."""
    return ", ".join(f"{count} × {line}" for line, count in counted)


def in_both(say: Callable[[], Any]) -> dict[str, str]:
    """The same said in both languages."""
    spoken = {}
    for language in LANGUAGES:
        with override(language):
            spoken[language] = str(say())
    return spoken
