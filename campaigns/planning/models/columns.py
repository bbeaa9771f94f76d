"""What leads a card from column to column, in words: what is told of a move, why one is refused, and what facts say."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

PUT_SENTENCE = _("%(campaign)s: put into %(column)s")
OFF_SENTENCE = _("%(campaign)s: not going ahead, because: %(why)s")
MOVED_SENTENCE = _("%(campaign)s: now in %(column)s")
HELD = _("The offer is held. %(why)s Settle this on her page, or let somebody who may decide log a reason there.")
ALREADY_PAUSED = _("Reminders about this are paused already.")
NOT_OFF = _("Reminders about this are on already.")
NOT_PAUSED = _("Reminders about this are not paused.")
BY_CONTRACT = _("%(campaign)s: agreed, because the contract is signed")
IS_SIGNED = _(
    "The contract of this card is signed, so it stays agreed. End the contract first, or take the card out from under it."
)


def column_of(states: Collection[str]) -> str:
    """The column that the deliverables' statuses, dropped ones left out, lead to; empty when they do not say."""
    if not states:
        return ""
    if set(states) == {"published"}:
        return "done"
    if set(states) <= {"approved", "published"}:
        return "posting"
    return "review" if "submitted" in states else ""
