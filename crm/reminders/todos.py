"""Tasks people write down, and tasks Mitra leaves when only a person can go on."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.places import Place, Placed
from crm.reminders.models import Todo
from crm.timeline.edits import lock_unchanged, shown
from crm.timeline.record import Actor, in_language, record

if TYPE_CHECKING:
    from crm.team.models import User


ends_with_words: Place[Callable[[], Any]] = Place("ends_with_words")
"""`@ends_with_words("consent:")`: function() -> why tasks whose key begins so are not closed by a press, in a lazy sentence.
Their page (`Todo.url`) asks for the words and closes them. `needs` is the verb that opens it, when not everybody may who
sees the task; `others` is function() -> a sentence for them, that says who does it."""


class WordsAsked(Exception):
    """This task ends with words on another page; nothing was changed. `str(error)` says which."""


def words_asked(todo: Todo, by: "User") -> Any:
    """Why this colleague does not close this task by a press, or nothing."""
    placed = _placed(todo)
    if placed is None:
        return None
    return placed.call() if _may_open(placed, by) else placed.words["others"]()


def page_of(todo: Todo, user: "User") -> str:
    """Where this colleague goes on with it: what it is about, or the task itself where that is not for her to open."""
    placed = _placed(todo)
    is_open = placed is None or _may_open(placed, user)
    return todo.url if todo.url and is_open else reverse("todo", args=[todo.pk])


def _placed(todo: Todo) -> Placed[Callable[[], Any]] | None:
    return next((placed for placed in ends_with_words.all() if todo.key.startswith(placed.key)), None)


def _may_open(placed: Placed[Callable[[], Any]], user: "User") -> bool:
    needs = placed.words.get("needs")
    return needs is None or user.has_perm(needs)


def press_done(todo: Todo, *, by: "User", at: dt.datetime) -> bool:
    """Close a task from a list. Raises WordsAsked; False when somebody closed it first, and then nothing changes."""
    if todo.done_at is None and (why := words_asked(todo, by)):
        raise WordsAsked(str(why))
    return settle_todo(todo, by=by, at=at)


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


SAID = ("text", "due_at", "owner", "influencer_label")
STORED = (*SAID, "influencer_ref")


def write_todo(todo: Todo, *, by: "User", at: dt.datetime) -> Todo:
    """Put a task a colleague wrote on the list."""
    with transaction.atomic():
        todo.author = by
        todo.save(force_insert=True)
        _tell(todo, "todo.written", _("Wrote down the task “%(task)s”"), by, at)
    return todo


def change_todo(todo: Todo, *, seen: dt.datetime, by: "User", at: dt.datetime) -> bool:
    """Save what differs; False when nothing does. Raises `ChangedMeanwhile`, changing nothing: a task that somebody
    closed while the form was open is such a change.
    """
    with transaction.atomic():
        stored = lock_unchanged(todo, seen)
        changes = {name: (shown(stored, name), shown(todo, name)) for name in SAID if _differs(stored, todo, name)}
        if not changes and not _differs(stored, todo, "influencer_ref"):
            return False
        todo.save(update_fields=[*STORED, "updated_at"])
        _tell(todo, "todo.changed", _("Changed the task “%(task)s”"), by, at, changes=changes)
    return True


def _differs(stored: Todo, todo: Todo, name: str) -> bool:
    return bool(getattr(stored, name) != getattr(todo, name))


def _tell(todo: Todo, verb: str, sentence: Any, by: "User", at: dt.datetime, **details: Any) -> None:
    """Tasks are told in the story of the person they are about, behind the wall of their brand."""
    record(
        verb,
        sentence,
        params={"task": todo.text},
        at=at,
        actor=Actor.user(by),
        subject=todo,
        influencer=todo.influencer_ref,
        brand=todo.brand_ref,
        **details,
    )


def settle_todo(todo: Todo, *, by: "User | None", at: dt.datetime) -> bool:
    """Close a task; False when somebody closed it first, and then nothing changes."""
    with transaction.atomic():
        closed = Todo.objects.open().filter(pk=todo.pk).update(done_at=at, done_by=by, updated_at=at)
        if closed and by is not None:
            _tell(todo, "todo.done", _("Settled the task “%(task)s”"), by, at)
    return bool(closed)


def reopen_todo(todo: Todo, *, by: "User", at: dt.datetime) -> bool:
    """Take "done" back; False when it is open already, or the same matter was opened anew meanwhile."""
    try:
        with transaction.atomic():
            opened = Todo.objects.filter(pk=todo.pk, done_at__isnull=False).update(
                done_at=None, done_by=None, updated_at=at
            )
            if opened:
                _tell(todo, "todo.reopened", _("Reopened the task “%(task)s”"), by, at)
    except IntegrityError:
        return False
    return bool(opened)
