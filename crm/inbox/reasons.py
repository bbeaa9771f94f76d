"""Why a mail went where it is, and why reminders wait; stored and shown with crm.outbox.reasons."""

from django.utils.translation import gettext_lazy as _

UNKNOWN_SENDER = _("Nobody with this address is on file.")
SEVERAL_CONTACTS = _("Several contacts have this address.")
SEVERAL_PEOPLE = _("This contact stands for several people.")
NOBODY_BEHIND = _("This contact stands for nobody.")
FROM_A_COLLEAGUE = _("A colleague answered a message of Mitra. It did not go on to anybody.")
UNKNOWN_REPORT = _("A mail server reports a message that is not on file, or another recipient than it had.")
OUR_OWN = _("This is our own mail coming back.")
CIRCLE = _("This mail runs in a circle.")
MACHINE = _("An automatic reply of somebody who is not on file.")
NOT_SORTED = _("It could not be sorted by itself: %(error)s.")
SET_ASIDE = _("%(who)s set it aside.")
TAKEN_BACK = _("%(who)s took it back.")
ANSWERED = _("An answer from %(name)s came by e-mail: reminders wait until %(day)s, then go on if it is still open.")
TOO_MANY = _("%(count)s more files were left out: a mail may bring ten.")
FILE_BROKEN = _("The file is damaged or is not what it says.")
