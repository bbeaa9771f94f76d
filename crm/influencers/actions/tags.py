"""Tags: put on people and taken off, one or many; a word nobody used before becomes a tag by itself."""

import datetime as dt
import re
import zlib
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer, Tag
from crm.influencers.models.tags import HUES
from crm.timeline.record import Actor, record

BETWEEN = re.compile(r"[,;\t\n]")


def tag_word(text: str) -> str:
    """A tag as somebody wrote it: without needless blanks and the sign before it."""
    return " ".join(text.split()).lstrip("#").strip()


def tag_words(text: str) -> list[str]:
    """Several tags in one text; each once, whatever its letters."""
    words = (tag_word(part) for part in BETWEEN.split(text))
    return list({word.casefold(): word for word in words if word}.values())


def tags_said(names: Iterable[str]) -> str:
    """Tags as one text, in one fixed order, so that equal tags are equal texts."""
    return ", ".join(sorted(names, key=lambda name: (name.casefold(), name)))


def tag_called(name: str) -> Tag:
    """The tag of that name whatever its letters, made when there is none; two who make it at once get the same."""
    known = Tag.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Tag.objects.create(name=name, hue=zlib.crc32(name.casefold().encode()) % HUES + 1)
    except IntegrityError:
        return Tag.objects.get(name__iexact=name)


def put_tag(person: Influencer, name: str, *, at: dt.datetime, actor: Actor) -> bool:
    """Put a tag on somebody; False when she has it."""
    with transaction.atomic():
        # The tag first, then the person, as actions on many people do: nobody waits for somebody who waits for her.
        tag = tag_called(name)
        Influencer.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        _link, is_new = Influencer.tags.through.objects.get_or_create(influencer=person, tag=tag)
        if is_new:
            _tell("tag.put", _("Tagged “%(tag)s”"), person, tag, at, actor)
    return is_new


def take_tag(person: Influencer, tag: Tag, *, at: dt.datetime, actor: Actor) -> bool:
    """Take a tag off somebody; False when she had it not. The tag itself stays for others."""
    with transaction.atomic():
        gone, _by_model = Influencer.tags.through.objects.filter(influencer=person, tag=tag).delete()
        if gone:
            _tell("tag.taken", _("No longer tagged “%(tag)s”"), person, tag, at, actor)
    return bool(gone)


def _tell(verb: str, sentence: object, person: Influencer, tag: Tag, at: dt.datetime, actor: Actor) -> None:
    changes = {"tags": ("", tag.name) if verb == "tag.put" else (tag.name, "")}
    record(
        verb, sentence, params={"tag": tag.name}, at=at, actor=actor, subject=person, influencer=person, changes=changes
    )
