"""Keeping a template: every change of its words is a version, and told."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.messages.models import MessageTemplate
from crm.timeline.record import Actor, record

WORDS = ("subject_id", "text_id", "subject_en", "text_en")
TOLD = ("name", *WORDS, "mail_class", "topic", "with_page", "is_active")


def keep_template(template: MessageTemplate, *, slug: str, at: dt.datetime, actor: Actor) -> bool:
    """Add the template, or save what differs as its next version; False when nothing does."""
    with transaction.atomic():
        stored = MessageTemplate.objects.select_for_update().filter(pk=template.pk).first()
        if stored is None:
            template.code, template.edited_at = free_code(slug), at
            template.save(force_insert=True)
            record(
                "message_template.added", _("Wrote the message template “%(name)s”"),
                params={"name": template.name}, at=at, actor=actor, subject=template,
            )  # fmt: skip
            return True
        changes = {name: (getattr(stored, name), getattr(template, name)) for name in TOLD}
        changes = {name: (old, new) for name, (old, new) in changes.items() if old != new}
        if not changes:
            return False
        template.version = stored.version + bool(set(changes) & set(WORDS))
        template.edited_at = at
        template.save()
        record(
            "message_template.changed", _("Changed the message template “%(name)s”"),
            params={"name": template.name}, at=at, actor=actor, subject=template, changes=changes,
        )  # fmt: skip
    return True


def free_code(slug: str) -> str:
    """A code nobody has yet, made of the name."""
    base = slug[:32] or "own"
    taken = set(MessageTemplate.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)
