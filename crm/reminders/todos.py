"""Tasks people write down, and tasks Mitra leaves when only a person can go on."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from crm.reminders.models import Todo
from crm.timeline.record import Actor, in_language, record

if TYPE_CHECKING:
    from crm.team.models import User


def leave_todo(
    key: str, text: Any, *, language: str = "id", params: dict[str, Any] | None = None, **fields: Any
) -> Todo | None:
    """Leave one open task per key; asking again while it is open changes nothing and returns None.

    `text` is a lazy sentence, written down in `language`, the one its owner reads. `fields` are Todo columns.
    """
    words = in_language(language, text, params or {})[:300]
    try:
        with transaction.atomic():
            return Todo.objects.create(key=key, text=words, **fields)
    except IntegrityError:
        if Todo.objects.open().filter(key=key).exists():
            return None
        raise


def settle_todo(todo: Todo, *, by: "User | None", at: dt.datetime) -> bool:
    """Close a task; False when somebody closed it first, and then nothing changes."""
    with transaction.atomic():
        closed = Todo.objects.open().filter(pk=todo.pk).update(done_at=at, done_by=by, updated_at=at)
        if closed and by is not None:
            record(
                "todo.done",
                _("Settled the task “%(task)s”"),
                params={"task": todo.text},
                at=at,
                actor=Actor.user(by),
                subject=todo,
                influencer=todo.influencer_ref,
                brand=todo.brand_ref,
            )
    return bool(closed)


def reopen_todo(todo: Todo, *, by: "User", at: dt.datetime) -> bool:
    """Take "done" back; False when it is open already, or the same matter was opened anew meanwhile."""
    try:
        with transaction.atomic():
            opened = Todo.objects.filter(pk=todo.pk, done_at__isnull=False).update(
                done_at=None, done_by=None, updated_at=at
            )
            if opened:
                record(
                    "todo.reopened",
                    _("Reopened the task “%(task)s”"),
                    params={"task": todo.text},
                    at=at,
                    actor=Actor.user(by),
                    subject=todo,
                    influencer=todo.influencer_ref,
                    brand=todo.brand_ref,
                )
    except IntegrityError:
        return False
    return bool(opened)
