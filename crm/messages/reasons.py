"""Why somebody does not get a message, or gets it later; stored as crm.outbox.reasons keeps them."""

from django.utils.translation import gettext_lazy as _

ARCHIVED = _("Is archived or was merged into somebody else.")
NOBODY = _("Nobody gets mail about this person. Add a contact first.")
MISSING = _("Not known: %(fields)s. Fill it in, or leave the blank out of the words.")
COPY_BY_HAND = _("Gets copies only by e-mail, and there is no address that works.")
SAME_WORDS = _("Gets the very same words already, because of %(name)s.")
OTHER_CONTACT = _("Somebody else gets this mail by now. Write to them separately.")
CALLED_OFF = _("%(who)s called the message off.")
WAITS_FOR_DAY = _("Waits for the next working day.")
WAITS_FOR_HOURS = _("Waits for the end of the quiet hours.")
ON_LEAVE = _("Has days off until then.")
