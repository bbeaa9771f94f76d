"""Doors of shops: opened, given a new secret, closed. The secret is handed out once and never shown again."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.results.models import OrderHook
from campaigns.results.orders.hooks.signing import new_secret, new_slug
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.record import Actor, record

TAKEN = _("This brand has a shop of that name already.")
CLOSED = _("This door is closed.")


def open_hook(brand: Brand, name: str, *, user: User, at: dt.datetime) -> OrderHook:
    """Open a door; its `secret` is to be shown now. Raises Refused for a name the brand has."""
    hook = OrderHook(brand=brand, name=name, slug=new_slug(), secret=new_secret(), made_by=user)
    try:
        with transaction.atomic():
            hook.save(force_insert=True)
            _tell(hook, "order_hook.opened", _("A door for orders of %(shop)s was opened"), at, Actor.user(user))
    except IntegrityError:
        raise Refused(hook, TAKEN) from None
    return hook


def new_secret_of(hook: OrderHook, *, at: dt.datetime, actor: Actor) -> OrderHook:
    """Make the secret anew; the former one is worth nothing from this moment. Raises Refused once closed."""
    with transaction.atomic():
        row = _open_row(hook)
        row.secret = new_secret()
        row.save(update_fields=["secret", "updated_at"])
        _tell(row, "order_hook.secret", _("The secret of the door of %(shop)s was made anew"), at, actor)
    return row


def close_hook(hook: OrderHook, *, at: dt.datetime, actor: Actor) -> None:
    """Nothing comes in any more; what came stays. Raises Refused once closed."""
    with transaction.atomic():
        row = _open_row(hook)
        row.closed_at = at
        row.save(update_fields=["closed_at", "updated_at"])
        _tell(row, "order_hook.closed", _("The door for orders of %(shop)s was closed"), at, actor)


def _open_row(hook: OrderHook) -> OrderHook:
    row: OrderHook = OrderHook.objects.select_for_update(of=("self",)).select_related("brand").get(pk=hook.pk)
    if row.closed_at is not None:
        raise Refused(row, CLOSED)
    return row


def _tell(hook: OrderHook, verb: str, sentence: object, at: dt.datetime, actor: Actor) -> None:
    record(verb, sentence, at=at, actor=actor, subject=hook.brand, params={"shop": hook.name}, brand=hook.brand_id)
