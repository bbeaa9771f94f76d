"""Places the portal offers: features put their open tasks here; colleagues settle the same tasks as "told me"."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError

from crm.base.days_ahead import DaysAhead
from crm.base.models import StoredFile
from crm.base.places import Place
from crm.outbox.models import Contact
from crm.timeline.models import Channel
from crm.timeline.record import Actor


class AnswerRefused(ValidationError):
    """The answer came too late or does not fit; nothing was changed. The message says what to do instead."""


@dataclass(frozen=True)
class Asking:
    """Who looks at whose tasks: one influencer, one brand, one moment.

    A colleague looks with `contact` None and `brand_id` None, which means every brand; she never does. `powers` is what
    somebody may do who acts for her; None is everything.
    """

    influencer_id: int
    brand_id: int | None
    now: dt.datetime
    zone: str
    contact: Contact | None = None
    powers: frozenset[str] | None = None

    def may_say(self, answer: "Answer") -> bool:
        return self.powers is None or not answer.power or answer.power in self.powers


@dataclass(frozen=True)
class Answer:
    """One thing that can be said to a task. `form` asks for what is needed; None means a plain button.

    `power` is what somebody who acts for her must be allowed to; what anybody may say has none.
    """

    code: str
    label: Any  # lazy: what the influencer presses
    told_label: Any  # lazy: what a colleague presses for her ("She has posted it")
    thanks: Any  # lazy: the sentence shown afterwards
    form: type[forms.Form] | None = None
    primary: bool = False
    icon: str = "check2"
    power: str = "settle"


@dataclass(frozen=True)
class PortalTask:
    """One open task of the influencer. `standing` ones (days off) are links at the foot of the page."""

    feature: str
    subject_id: int
    title: Any
    answers: Sequence[Answer]
    brand_id: int | None = None
    due_on: dt.date | None = None
    zone: str = "Asia/Jakarta"
    is_late: bool = False
    is_next: bool = False
    lines: Sequence[Any] = ()
    campaign: str = ""
    standing: bool = False
    initial: Mapping[str, Any] = field(default_factory=dict)
    ahead: DaysAhead | None = None  # days off a standing task shows at a glance
    is_withheld: bool = False  # there are answers whoever looks may not give
    page: str = ""  # the name of a page of its own, for what is read first: its arguments are the visit and the subject
    page_label: Any = ""  # what leads there, the task's first button
    whole_page: str = ""  # the name of the page about the whole campaign: its arguments are the visit and `whole_id`
    whole_id: int = 0

    def answer(self, code: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.code == code), None)


@dataclass(frozen=True)
class Told:
    """An answer as it was given: by whom, when, through which channel, in which words, with which file."""

    code: str
    data: Mapping[str, Any]
    at: dt.datetime
    actor: Actor
    channel: str = Channel.MITRA
    quote: str = ""
    file: StoredFile | None = None
    address: str = ""  # from where she answers on her own page


class PortalFeature(Protocol):
    """What a feature puts into `portal_task`: an object that lists open tasks and settles one."""

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        """The tasks this influencer has open with this brand, soonest first."""

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> str | None:
        """Do what the answer says, through the same domain methods as everybody else; raises `AnswerRefused`.

        What comes back is the key of the thanks, where it is another than the answer's own.
        """


portal_task: Place[Any] = Place("portal_task")
"""`@portal_task("deliverable", order=10)` on a function without arguments that returns a `PortalFeature`."""


portal_part: Place[Callable[[Asking], tuple[str, dict[str, Any]] | None]] = Place("portal_part")
"""`@portal_part("ambassador", order=20)`: function(asking) -> (template, what it shows) for a part of her page beneath the
tasks, or None to stay away. It asks nothing of her; the template finds what it shows as `part`."""


def parts_for(asking: Asking) -> list[tuple[str, dict[str, Any]]]:
    """What stands beneath the tasks, in order."""
    shown = (placed.call(asking) for placed in portal_part.all())
    return [one for one in shown if one is not None]


@dataclass(frozen=True)
class Frame:
    """What stands around the tasks: whose page it is, who asks, who can be reached."""

    brand: str
    colour: str
    greeting: str  # "Kak Kirana" or "Kirana"
    acting_for: str = ""  # the influencer's name when the holder is her agent or guardian
    owner: str = ""
    owner_note: Any = ""
    owner_email: str = ""
    owner_hours: Any = ""
    owner_whatsapp: str = ""
    zone: str = "Asia/Jakarta"
    powers: frozenset[str] | None = None  # what the holder may do for her; None is everything
    notice: Any = ""  # what the holder must know first: why nothing is offered, and what to do
    is_closed: bool = False  # the holder stands for her no longer: the notice is all there is
    influencer_id: int | None = None  # whose tasks these are, when she goes on as somebody else than the link names


@dataclass(frozen=True)
class Tick:
    """A box on whatever she answers: what it says, where it is read first, and what ticking it does.

    `take` is called with the answer it came with, in the same transaction; it raises `AnswerRefused`.
    """

    name: str
    label: Any
    take: Callable[[Asking, Told], None]
    page: str = ""  # the name of the page to read first: its arguments are the visit and `page_id`
    page_id: int = 0


with_answers: Place[Callable[[Asking, PortalTask], Sequence[Tick]]] = Place("with_answers")
"""`@with_answers("brief")`: function(asking, task) -> boxes to tick beside any answer to this task."""


def ticks_for(asking: Asking, task: PortalTask) -> list[Tick]:
    """What may be settled in passing. Nothing beside a task of whoever brings the box."""
    return [tick for placed in with_answers.all() if placed.key != task.feature for tick in placed.call(asking, task)]


portal_frame: Place[Any] = Place("portal_frame")
"""`@portal_frame("person")`: function(Link, now) -> Frame or None when the person or brand is gone. One feature fills it."""


def features() -> dict[str, PortalFeature]:
    """Every feature with tasks, in page order."""
    return {placed.key: placed.call() for placed in portal_task.all()}


def open_tasks(asking: Asking) -> list[PortalTask]:
    """All open tasks of one influencer with one brand, in the order of their days; standing ones last."""
    found = [offered(task, asking) for feature in features().values() for task in feature.open(asking)]
    found = [task for task in found if task.answers or not task.standing]
    return sorted(found, key=lambda task: (task.standing, task.due_on or dt.date.max, task.feature, task.subject_id))


def find_task(asking: Asking, feature: str, subject_id: int) -> PortalTask | None:
    """One open task by its address, or None when it is not hers or no longer open."""
    source = features().get(feature)
    if source is None:
        return None
    return next((offered(task, asking) for task in source.open(asking) if task.subject_id == subject_id), None)


def offered(task: PortalTask, asking: Asking) -> PortalTask:
    """The task with the answers whoever looks may give."""
    answers = [answer for answer in task.answers if asking.may_say(answer)]
    return task if len(answers) == len(task.answers) else replace(task, answers=answers, is_withheld=True)


def settle(asking: Asking, task: PortalTask, told: Told) -> str:
    """Hand an answer to the feature the task came from; the key of the sentence that thanks. Raises `AnswerRefused`."""
    return features()[task.feature].settle(asking, task, told) or told.code
