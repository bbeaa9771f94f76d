"""Who accepted which version: the state of each card, and saying yes."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.content import content_of, merged
from campaigns.briefs.diff import Difference, differences
from campaigns.briefs.models import BriefAck, BriefSending, BriefVariant, BriefVersion
from campaigns.briefs.showing import Section, plain_of, shown_text
from campaigns.planning.facts_told import tell_answer
from campaigns.planning.models import Collaboration, Refused
from crm.base.formats import when_zone
from crm.outbox.models import Contact
from crm.outbox.tasks import ring_on_commit
from crm.reminders.settled import stop_asking
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record, subject_of

NOTHING, WAITS, ACCEPTED, STALE = "nothing", "waits", "accepted", "stale"
TONES = {NOTHING: "mute", WAITS: "warn", ACCEPTED: "ok", STALE: "warn"}
SALT = "campaigns.briefs.address"

NO_BRIEF = _("No brief was released yet. There is nothing to accept.")
CHANGED = _("The brief has changed meanwhile. Read what is new, then tick again.")


@dataclass(frozen=True)
class Standing:
    """How it stands between one card and its brief."""

    state: str = NOTHING
    version: BriefVersion | None = None
    variant: BriefVariant | None = None
    ack: BriefAck | None = None
    zone: str = "Asia/Jakarta"

    @property
    def revision(self) -> int:
        return self.variant.revision if self.variant is not None else 0

    @property
    def overrides(self) -> Mapping[str, Any]:
        return self.variant.overrides if self.variant is not None else {}

    @property
    def is_open(self) -> bool:
        """Whether she still has to say yes, for the first time or anew."""
        return self.state in (WAITS, STALE)

    @property
    def token(self) -> str:
        """What tells what she reads now from any other state of it; what she ticks carries it."""
        return f"{self.version.pk}-{self.revision}" if self.version is not None else ""

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> str:
        """Accepted v3, Tue 24 Nov 10.14 WIB."""
        if self.state == NOTHING or self.version is None:
            return _now("Nothing to accept yet")
        if self.state == WAITS or self.ack is None:
            return _now("Version %(number)d waits for her yes") % {"number": self.version.number}
        said = {
            "number": self.ack.version.number,
            "when": when_zone(self.ack.accepted_at, self.zone),
            "newest": self.version.number,
        }
        if self.state == STALE:
            return _now("Accepted v%(number)d, %(when)s; what is new waits for her yes") % said
        return _now("Accepted v%(number)d, %(when)s") % said


def standings_of(cards: Sequence[Collaboration]) -> dict[int, Standing]:
    """How it stands with each card; their campaigns are at hand. Three queries, however many cards."""
    versions: dict[int, list[BriefVersion]] = {}
    released = BriefVersion.objects.released().filter(brief__campaign__in={card.campaign_id for card in cards})
    for version in released.select_related("brief").order_by("number"):
        versions.setdefault(version.brief.campaign_id, []).append(version)
    keys = [card.pk for card in cards] if versions else []
    acks: dict[int, BriefAck] = {}
    for ack in (
        BriefAck.objects.filter(collaboration__in=keys)
        .select_related("version", "contact")
        .order_by("version__number", "revision")
    ):
        acks[ack.collaboration_id] = ack
    variants = {row.collaboration_id: row for row in BriefVariant.objects.filter(collaboration__in=keys)}
    return {
        card.pk: _standing(card, versions.get(card.campaign_id, []), acks.get(card.pk), variants.get(card.pk))
        for card in cards
    }


def standing_of(card: Collaboration) -> Standing:
    return standings_of([card])[card.pk]


def _standing(
    card: Collaboration, versions: Sequence[BriefVersion], ack: BriefAck | None, variant: BriefVariant | None
) -> Standing:
    if not versions:
        return Standing()
    newest, zone = versions[-1], card.campaign.zone
    if ack is None:
        return Standing(WAITS, newest, variant, None, zone)
    asks = any(one.number > ack.version.number and one.change == BriefVersion.Change.ASK_AGAIN for one in versions)
    asks = asks or (variant is not None and variant.asks_again_from > ack.revision)
    return Standing(STALE if asks else ACCEPTED, newest, variant, ack, zone)


@dataclass(frozen=True)
class Read:
    """The brief as she reads it, and what is new since she last said yes."""

    standing: Standing
    sections: list[Section]
    news: list[Difference]

    @property
    def version(self) -> BriefVersion | None:
        return self.standing.version


def read_by(card: Collaboration) -> Read | None:
    """What she reads now; None while nothing was released."""
    standing = standing_of(card)
    if standing.version is None:
        return None
    version = _whole(standing.version)
    return Read(standing, shown_text(version, standing.overrides), _news(standing, version))


def _whole(version: BriefVersion) -> BriefVersion:
    return BriefVersion.objects.whole().get(pk=version.pk)


def _news(standing: Standing, version: BriefVersion) -> list[Difference]:
    """What differs from the version she accepted, as she had it; what became different for her since then is new, too."""
    ack = standing.ack
    if ack is None or (ack.version_id, ack.revision) == (version.pk, standing.revision):
        return []
    had = standing.overrides if ack.revision == standing.revision else {}
    return differences(merged(content_of(_whole(ack.version)), had), merged(content_of(version), standing.overrides))


def accept(
    card: Collaboration,
    seen: str = "",
    *,
    at: dt.datetime,
    actor: Actor,
    contact: Contact | None = None,
    address: str = "",
    **told: Any,
) -> BriefAck:
    """She accepts the newest version as she has it; said twice it is there once.

    `seen` is the token of what she read; empty when a colleague notes what she said. Raises Refused when nothing is
    there or it changed meanwhile.
    """
    with transaction.atomic():
        list(Collaboration.objects.select_for_update().filter(pk=card.pk).values_list("pk"))
        standing = standing_of(card)
        if standing.version is None:
            raise Refused(card, NO_BRIEF)
        if seen and seen != standing.token:
            raise Refused(card, CHANGED)
        there = BriefAck.objects.filter(
            version=standing.version, collaboration=card, revision=standing.revision
        ).first()  # fmt: skip
        if there is not None:
            return there
        ack = BriefAck.objects.create(
            version=standing.version, collaboration=card, revision=standing.revision, accepted_at=at, contact=contact,
            channel=told.get("channel", Channel.MITRA), ip_hash=hashed(address), sha256=checksum_of(standing),
        )  # fmt: skip
        _tell(card, standing.version, at, actor, told)
        _tell_how_soon(ack)
        stop_asking([subject_of(card)], at)
        ring_on_commit()
    return ack


def _tell_how_soon(ack: BriefAck) -> None:
    """From when this very text was first sent to her; nothing where she read it before anybody sent it."""
    sendings = BriefSending.objects.filter(
        version=ack.version, collaboration=ack.collaboration, revision=ack.revision, sent_at__lte=ack.accepted_at
    )  # fmt: skip
    first = sendings.order_by("sent_at").values_list("sent_at", flat=True).first()
    if first is not None:
        tell_answer(ack.collaboration, subject_of(ack), first, ack.accepted_at)


def hashed(address: str) -> str:
    """From where she said yes, as a hash with the server's key; empty when it is not known."""
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest() if address else ""


def checksum_of(standing: Standing) -> str:
    """Of every word she saw, in the language she saw it in."""
    assert standing.version is not None
    text = plain_of(shown_text(_whole(standing.version), standing.overrides))
    return hashlib.sha256(text.encode()).hexdigest()


def _tell(card: Collaboration, version: BriefVersion, at: dt.datetime, actor: Actor, told: Mapping[str, Any]) -> None:
    record(
        "brief.accepted", _("Accepted version %(number)s of the brief for %(campaign)s"), at=at, actor=actor,
        subject=card, params={"number": version.number, "campaign": card.campaign}, influencer=card.influencer_id,
        brand=card.campaign.brand_id, **told,
    )  # fmt: skip
