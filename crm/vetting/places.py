"""The place vetting offers to those whose work facts are about."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy

from crm.base.places import Place

fact_page: Place[Callable[[int], str]] = Place("fact_page")
"""`@fact_page("campaigns.collaboration", label=_("Collaboration"))`: function(pk) -> the address where what a fact is about is
looked at, and what such a thing is called."""

ELSEWHERE = gettext_lazy("Open")


def page_about(*names: str) -> tuple[str, object]:
    """The address and the word of the first of these things that has a page; two empty ones where none has."""
    for name in names:
        model, _colon, number = name.partition(":")
        pk = number.partition("/")[0]  # what stands after a slash tells several facts of one thing apart
        if model in fact_page and pk.isascii() and pk.isdecimal():
            placed = fact_page[model]
            return placed.call(int(pk)), placed.words.get("label", ELSEWHERE)
    return "", ""
