"""What somebody told a colleague outside Mitra: it settles her tasks as her own page would, or is written down."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.models import StoredFile
from crm.base.zones import end_of_day
from crm.influencers.models import Influencer, SocialAccount
from crm.influencers.places import TalkAbout
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalTask, Told, settle
from crm.reminders.models import Todo
from crm.reminders.todos import write_todo
from crm.timeline.models import Channel
from crm.timeline.record import Actor, in_language, record

if TYPE_CHECKING:
    from crm.team.models import User

TALKED = {
    (False, False): _("Told us something by %(way)s"),
    (False, True): _("Told us something about %(about)s by %(way)s"),
    (True, False): _("We wrote or spoke to her by %(way)s"),
    (True, True): _("We wrote or spoke to her about %(about)s by %(way)s"),
}
REMEMBER = _("Get back to %(name)s")


@dataclass(frozen=True)
class Heard:
    """What came in: by whom noted, when, through which channel, in which words, with which picture."""

    by: "User"
    at: dt.datetime
    channel: str
    quote: str = ""
    screenshot: SafeFile | None = None
    account: SocialAccount | None = None
    ours: bool = False
    about: TalkAbout | None = None
    remind_on: dt.date | None = None

    @property
    def way(self) -> Any:
        """direct message (Instagram @kirana.mhs); the platform is said only where she has several ways of that kind."""
        label = Channel(self.channel).label
        if self.channel != Channel.DM or self.account is None:
            return label
        return format_lazy(
            "{way} ({platform} @{handle})", way=label, platform=self.account.platform, handle=self.account.handle
        )


@dataclass(frozen=True)
class Settling:
    """One task with the answer it is settled with and what that answer needed."""

    task: PortalTask
    answer: Answer
    data: Mapping[str, Any]


class NotSettled(Exception):
    """One of several tasks refused its answer; nothing of any of them was stored."""

    def __init__(self, settling: Settling, refused: AnswerRefused) -> None:
        super().__init__(str(refused))
        self.settling, self.refused = settling, refused


def note_told(person: Influencer, heard: Heard, settlings: Sequence[Settling], asking: Asking) -> None:
    """All of it in one transaction: each task settled as her page would, or the talk itself; and what to remember.

    Raises NotSettled, nothing changed, when one of the tasks refuses.
    """
    with transaction.atomic():
        shot = keep(heard.screenshot, by=Actor.user(heard.by).label) if heard.screenshot else None
        for settling in settlings:
            _settle(settling, heard, shot, asking)
        if not settlings:
            _write_down(person, heard, shot)
        if heard.remind_on is not None:
            _remember(person, heard)


def _settle(settling: Settling, heard: Heard, shot: StoredFile | None, asking: Asking) -> None:
    actor = Actor.user(heard.by)
    own = settling.data.get("file")
    file = keep(own, by=actor.label) if own else shot
    told = Told(settling.answer.code, settling.data, heard.at, actor, heard.channel, heard.quote, file)
    try:
        settle(asking, settling.task, told)
    except AnswerRefused as refused:
        raise NotSettled(settling, refused) from refused


def _write_down(person: Influencer, heard: Heard, shot: StoredFile | None) -> None:
    """The talk as a line of her story, and of what it was about."""
    about = heard.about
    record(
        "talk.said" if heard.ours else "talk.heard",
        TALKED[heard.ours, about is not None],
        params={"way": heard.way, "about": about.label if about else ""},
        at=heard.at,
        actor=Actor.user(heard.by),
        subject=about.thing if about else person,
        influencer=person,
        brand=about.brand_id if about else None,
        channel=heard.channel,
        quote=heard.quote,
        file=shot,
    )


def _remember(person: Influencer, heard: Heard) -> None:
    """A task of her own for the day the colleague wants to be reminded."""
    if heard.remind_on is None:
        return
    about = heard.about
    todo = Todo(
        text=in_language(heard.by.language, REMEMBER, {"name": person.stage_name})[:300],
        quote=heard.quote,
        due_at=end_of_day(heard.remind_on, heard.by.zone),
        owner=heard.by,
        influencer_ref=person.pk,
        influencer_label=person.stage_name[:160],
        brand_ref=about.brand_id if about else None,
        subject_label=about.label[:200] if about else "",
    )
    write_todo(todo, by=heard.by, at=heard.at)
