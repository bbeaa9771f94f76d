"""The words contracts are made of: each change of a template is a version of its own, and who comes later is told."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from crm.contracts.models import ContractTemplate, ContractWording, LibraryClause
from crm.team.models import User
from crm.timeline.record import Actor, record

TOLD = ("name_en", "name_id", "kind", "is_active")
CLAUSE_TOLD = ("title_en", "title_id", "text_en", "text_id", "is_active")


class NewerVersion(ValidationError):
    """Somebody else saved meanwhile; `version` is what stands now."""

    def __init__(self, version: int, who: str) -> None:
        self.version = version
        super().__init__(NEWER % {"version": version, "who": who or "Mitra"}, code="newer")


def keep_template(
    template: ContractTemplate, texts: Mapping[str, str], *, seen: int, user: User, at: dt.datetime
) -> ContractWording:
    """Add the template, or save what differs; other words are its next version. Raises NewerVersion.

    `seen` is the version that was being changed, 0 for a new template.
    """
    actor = Actor.user(user)
    with transaction.atomic():
        stored = ContractTemplate.objects.select_for_update().filter(pk=template.pk).first()
        newest: ContractWording | None = stored.newest if stored is not None else None
        if newest is not None and newest.version != seen:
            raise NewerVersion(newest.version, newest.written_by.get_short_name() if newest.written_by else "")
        _save_template(template, stored, at, actor)
        if newest is not None and all(getattr(newest, name) == text for name, text in texts.items()):
            return newest
        version = newest.version + 1 if newest is not None else 1
        written = ContractWording.objects.create(template=template, version=version, written_by=user, **texts)
        _tell("wording.template_written", WROTE, template, at, actor, version=version)
    return written


def _save_template(template: ContractTemplate, stored: ContractTemplate | None, at: dt.datetime, actor: Actor) -> None:
    if stored is None:
        template.code, template.edited_at = free_code(ContractTemplate, template.name_en), at
        template.save(force_insert=True)
        return
    changes = _changes(stored, template, TOLD)
    if changes:
        template.edited_at = at
        template.save(update_fields=[*changes, "edited_at"])
        _tell("wording.template_changed", CHANGED, template, at, actor, changes=changes)


def keep_clause(clause: LibraryClause, *, seen: str, at: dt.datetime, actor: Actor) -> None:
    """Add a clause of the library, or save what differs. Raises ValidationError when somebody else saved meanwhile."""
    with transaction.atomic():
        stored = LibraryClause.objects.select_for_update().filter(pk=clause.pk).first()
        clause.edited_at = at
        if stored is None:
            clause.code = free_code(LibraryClause, clause.title_en)
            clause.save(force_insert=True)
            _tell("wording.clause_written", CLAUSE_WRITTEN, clause, at, actor)
            return
        if seen_of(stored) != seen:
            raise ValidationError(CLAUSE_NEWER, code="newer")
        changes = _changes(stored, clause, CLAUSE_TOLD)
        if changes:
            clause.save(update_fields=[*changes, "edited_at"])
            _tell("wording.clause_changed", CLAUSE_CHANGED, clause, at, actor, changes=changes)


def seen_of(clause: LibraryClause) -> str:
    """What tells one state of a clause from another."""
    return clause.edited_at.isoformat() if clause.edited_at else ""


def free_code(model: Any, name: str) -> str:
    """A code nobody has yet, made of the name."""
    base = slugify(name)[:32] or "own"
    taken = set(model.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


def _changes(stored: Any, changed: Any, names: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(stored, name), getattr(changed, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _tell(verb: str, sentence: Any, row: Any, at: dt.datetime, actor: Actor, changes: Any = None, **told: Any) -> None:
    record(verb, sentence, params={"name": row, **told}, at=at, actor=actor, subject=row, changes=changes or {})


NEWER = _(
    "Meanwhile %(who)s saved version %(version)s. Your words are all here and nothing is lost: look at the versions, then "
    "save again, and yours become the next one."
)
CLAUSE_NEWER = _(
    "Somebody else saved this clause meanwhile. Your words are all here: save again, and yours replace the others."
)
WROTE = _("Wrote version %(version)s of the contract template “%(name)s”")
CHANGED = _("Changed the contract template “%(name)s”")
CLAUSE_WRITTEN = _("Wrote the contract clause “%(name)s”")
CLAUSE_CHANGED = _("Changed the contract clause “%(name)s”")
