"""The notes of a version as a page shows them: numbered, with who wrote each, what it stands on, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.approvals.deciding.policies import policy_of
from campaigns.approvals.models import CheckResult, ContentAsset, ContentVersion, Note
from campaigns.approvals.reviewing.diff import Range, positions
from campaigns.approvals.reviewing.forms import About
from campaigns.approvals.reviewing.reading import as_text, place_of
from campaigns.approvals.reviewing.suggesting import suggest
from campaigns.briefs.models import BriefItem
from crm.timeline.models import Channel

if TYPE_CHECKING:
    from crm.team.models import User

SHOWN_SOLVED = 3


@dataclass(frozen=True)
class Noted:
    """One note on the page."""

    note: Note
    number: int
    is_mine: bool
    cites: str = ""
    suggested: tuple[BriefItem, str] | None = None

    @property
    def place(self) -> str:
        return place_of(self.note)

    @property
    def is_open(self) -> bool:
        return self.note.solved_in is None

    @property
    def is_sent(self) -> bool:
        return self.note.sent_at is not None

    @property
    def said_by(self) -> str:
        """Who said it, how it was heard, and whether it left already."""
        said = {"name": self.note.author_label, "channel": dict(Channel.choices).get(self.note.channel, "")}
        who = _("%(name)s, %(channel)s") % said if self.note.channel else said["name"]
        if self.note.is_for_us:
            return _("%(who)s, only for colleagues") % {"who": who}
        return str(who) if self.is_sent else _("%(who)s, not sent yet") % {"who": who}

    @property
    def tag(self) -> str:
        """How binding it is and what it stands on."""
        return ", ".join(part for part in (self.note.get_level_display(), self.cites) if part)

    @property
    def box(self) -> dict[str, str]:
        """Where it is in its picture, in shares of a hundred."""
        note = self.note
        sizes = {"x": note.x, "y": note.y, "w": note.w, "h": note.h}
        return {name: f"{100 * size:.2f}%" for name, size in sizes.items() if size is not None}


@dataclass
class Notes:
    """Every note of one deliverable's versions, as seen from one of them."""

    version: ContentVersion
    all: list[Noted] = field(default_factory=list)
    language: str = "id"

    @cached_property
    def here(self) -> list[Noted]:
        """Of this version, what is good first."""
        levels = Note.Level.values
        own = [one for one in self.all if one.note.version_id == self.version.pk]
        return sorted(own, key=lambda one: (levels.index(one.note.level), one.note.pk))

    @cached_property
    def asked_before(self) -> list[Noted]:
        """What earlier versions were asked for and nobody called solved."""
        return [one for one in self._before if one.is_open and one.note.level != Note.Level.GOOD]

    @cached_property
    def solved(self) -> list[Noted]:
        """Solved by this version or before."""
        return [one for one in self._before if not one.is_open and (one.note.solved_in or 0) <= self.version.number]

    @property
    def solved_shown(self) -> list[Noted]:
        return self.solved[:SHOWN_SOLVED]

    @property
    def solved_folded(self) -> list[Noted]:
        return self.solved[SHOWN_SOLVED:]

    @property
    def _before(self) -> list[Noted]:
        earlier = [one for one in self.all if one.note.version.number < self.version.number]
        return [one for one in earlier if one.is_sent and not one.note.is_for_us]

    @property
    def unsent(self) -> list[Note]:
        return [one.note for one in self.here if not one.is_sent and not one.note.is_for_us]

    @property
    def letter(self) -> str:
        """What she reads when these leave."""
        return as_text(self.unsent, self.language)

    def on(self, asset: ContentAsset) -> list[Noted]:
        """Those with a place on one file."""
        return [one for one in self.all if one.note.asset_id == asset.pk]

    def ranges(self, version: ContentVersion) -> list[Range]:
        """Where in a version's caption notes are about words: its own, and open ones whose words still stand there."""
        found = []
        for one in self.all:
            if one.note.kind != Note.Kind.TEXT or not one.is_open:
                continue
            if one.note.version_id == version.pk:
                found.append(Range(one.note.start or 0, one.note.end or 0, one.number))
            elif one.note.version.number < version.number:
                place = positions(one.note.quoted, version.caption, one.note.start or 0)
                found += [Range(*place, one.number)] if place else []
        return found


def notes_of(version: ContentVersion, about: About, user: "User") -> Notes:
    """All notes of the versions like this one, numbered in the order they were written. One query."""
    same = Note.objects.filter(version__deliverable=version.deliverable_id, version__stage=version.stage)
    rows = list(same.select_related("version", "brief_item", "asset").order_by("pk"))
    places = {item.pk: place for item, place in about.items}
    numbers = {note.pk: at for at, note in enumerate((one for one in rows if _is_numbered(one)), 1)}
    shown = [
        Noted(
            note,
            numbers.get(note.pk, 0),
            note.author_id == user.pk,
            _cited(note, places),
            _suggested(note, about, user),
        )
        for note in rows
    ]
    return Notes(version, shown, version.deliverable.collaboration.influencer.language)


def _is_numbered(note: Note) -> bool:
    return note.level != Note.Level.GOOD


def _cited(note: Note, places: dict[int, str]) -> str:
    if note.brief_item is not None:
        return places.get(note.brief_item.pk) or str(note.brief_item)
    return note.rule


def _suggested(note: Note, about: About, user: "User") -> tuple[BriefItem, str] | None:
    """What an unsent note of one's own probably stands on."""
    is_bare = note.brief_item_id is None and not note.rule and note.level != Note.Level.GOOD
    if note.sent_at is not None or not is_bare or note.author_id != user.pk or note.is_for_us:
        return None
    item = suggest(note.body, [item for item, _place in about.items])
    return next(((one, place) for one, place in about.items if one is item), None)


def about_of(version: ContentVersion, assets: Sequence[ContentAsset]) -> About:
    """What a note on this version may be about and stand on."""
    found = CheckResult.objects.filter(version=version, outcome__in=["fail", "warn", "hand"], platform__isnull=True)
    checks = list(found.order_by("rule", "pk"))
    rules = {one.rule: one.quoted or one.said_en for one in reversed(checks)}
    policy = policy_of(version.deliverable.collaboration.campaign)
    return About(
        version=version,
        assets=assets,
        items=items_for(version),
        rules=sorted(rules.items()),
        musts_cite=policy.musts_cite,
        found=[Range(one.start, one.end) for one in checks if one.start is not None and one.end is not None],
    )


def items_for(version: ContentVersion) -> list[tuple[BriefItem, str]]:
    """The items of the brief she accepted, each with how it is called."""
    rows = (
        BriefItem.objects.filter(version=version.brief_version).select_related("version")
        if version.brief_version
        else ()
    )
    return [
        (item, _("Brief v%(v)d, item %(n)d") % {"v": item.version.number, "n": at}) for at, item in enumerate(rows, 1)
    ]
