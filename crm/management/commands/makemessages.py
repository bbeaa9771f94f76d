"""Django's command, which also gathers what is translated at once: code that holds `_` lazily calls gettext `_now`."""

from django.core.management.commands.makemessages import Command as Gather


class Command(Gather):
    """`manage.py makemessages`."""

    xgettext_options = [*Gather.xgettext_options, "--keyword=_now"]
