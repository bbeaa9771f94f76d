"""How stock is spoken of."""

from django.utils.translation import gettext as _


def too_few(what: object, wanted: int, there: int) -> str:
    """How it is told everywhere that stock does not reach."""
    return _("%(what)s: %(wanted)s wanted, %(there)s available that keep long enough.") % {
        "what": what, "wanted": wanted, "there": there,
    }  # fmt: skip
