"""`record()` is the only writer of the timeline."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.base.bulk import insert, insert_objects
from crm.base.models import StoredFile
from crm.timeline.models import Channel, Entry

if TYPE_CHECKING:
    from crm.brands.models import Brand
    from crm.influencers.models import Influencer
    from crm.outbox.models import Contact
    from crm.team.models import User


@dataclass(frozen=True)
class Actor:
    """Who did it: a colleague, a partner on her own page, or Mitra by itself."""

    kind: str
    label: str
    user_id: int | None = None
    contact_id: int | None = None

    @classmethod
    def user(cls, user: "User") -> "Actor":
        return cls(Entry.ActorKind.USER, user.get_short_name(), user_id=user.pk)

    @classmethod
    def of(cls, user: "User | None") -> "Actor":
        """Whoever began it; Mitra by itself where nobody did, or she is gone."""
        return cls.user(user) if user else SYSTEM

    @classmethod
    def contact(cls, contact: "Contact", label: str = "") -> "Actor":
        return cls(Entry.ActorKind.CONTACT, label or contact.name, contact_id=contact.pk)


SYSTEM = Actor(Entry.ActorKind.SYSTEM, "Mitra")


def subject_of(thing: models.Model | None) -> str:
    """``crm.influencer:12``: how rows name any other row without a foreign key upward."""
    return f"{thing._meta.label_lower}:{thing.pk}" if thing is not None else ""


def in_language(language: str, sentence: Any, params: Mapping[str, Any]) -> str:
    """A lazy sentence with its lazy parameters, told in one language."""
    with override(language):
        return str(sentence) % {key: str(value) for key, value in params.items()} if params else str(sentence)


def entry(
    verb: str,
    sentence: Any,
    *,
    at: dt.datetime,
    actor: Actor,
    subject: models.Model | None = None,
    params: Mapping[str, Any] | None = None,
    influencer: "Influencer | int | None" = None,
    brand: "Brand | int | None" = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    channel: str = Channel.MITRA,
    quote: str = "",
    file: StoredFile | None = None,
) -> Entry:
    """An unsaved entry. `sentence` is a gettext_lazy text with %(name)s places; `params` fills them, lazily or not."""
    return Entry(
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        contact_ref=actor.contact_id,
        actor_label=actor.label,
        verb=verb,
        sentence_en=in_language("en", sentence, params or {}),
        sentence_id=in_language("id", sentence, params or {}),
        subject=subject_of(subject),
        subject_label=str(subject)[:200] if subject is not None else "",
        influencer_id=influencer if isinstance(influencer, int) else getattr(influencer, "pk", None),
        brand_id=brand if isinstance(brand, int) else getattr(brand, "pk", None),
        changes={key: [str(old), str(new)] for key, (old, new) in (changes or {}).items()},
        channel=channel,
        quote=quote,
        file=file,
    )


def record(verb: str, sentence: Any, **details: Any) -> Entry:
    """Write one entry in the running transaction; see `entry` for the arguments."""
    written = entry(verb, sentence, **details)
    written.save(force_insert=True)
    return written


def record_many(entries: Iterable[Entry]) -> None:
    """Write many entries at once, for bulk actions that already built them with `entry`."""
    insert_objects(list(entries))


def record_about(told: Entry, people: Iterable[tuple[int, str, Mapping[str, tuple[Any, Any]]]]) -> None:
    """Write one entry about each of many people: who, her name and what changed; the rest as `told` has it."""
    alike = {field.attname: getattr(told, field.attname) for field in Entry._meta.concrete_fields}
    rows = (
        (pk, f"crm.influencer:{pk}", name[:200], {key: [str(old), str(new)] for key, (old, new) in changes.items()})
        for pk, name, changes in people
    )
    insert(Entry, ("influencer_id", "subject", "subject_label", "changes"), rows, alike=alike)


def by_itself() -> str:
    """How Mitra signs what it did without a person."""
    return _("by itself")
