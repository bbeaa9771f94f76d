"""The influencer's own page of this feature: drafts, posts, addresses, screenshots, and what she says about them.

A colleague settles the very same tasks as "told me", through the same function.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.answers import say_more_time, say_not_this_time, say_question
from campaigns.planning.forms.answers import (
    DraftForm,
    LinkForm,
    MoreTimeForm,
    NotThisTimeForm,
    PostedForm,
    ProofForm,
    QuestionForm,
    StoryPostedForm,
    ToldDraftForm,
    ToldMoreTimeForm,
    ToldPostedForm,
    ToldProofForm,
    ToldStoryPostedForm,
)
from campaigns.planning.models import Deliverable
from campaigns.planning.models.waiting import is_held
from campaigns.planning.places import draft_page_of, tell_caption
from campaigns.planning.waiting.words import after_in_words, waits_days
from crm.base.formats import day_in_words, when_zone
from crm.base.zones import end_of_day, local_instant
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task
from crm.reminders.settled import stop_asking
from crm.timeline.transitions import TransitionRefused

WAITS_DRAFT, WAITS_POST = _("Draft due {when}. You can send it earlier."), _("Posting day {when}.")
ONLY_A_LINK = {"label": _("Only send a link")}
FEATURE, HER_PAGE, NOON = "deliverable", "portal-campaign", dt.time(12, 0)

DRAFT = _("Thank you, the draft is here. We look at it and send you all notes at once.")
POSTED = _("Thank you for posting. We take it from here.")
LINK = _("Thank you, that is the link we needed.")
PROOF = _("Thank you, the screenshot is here.")
MORE_TIME = _("Noted. We get back to you about the new day.")
QUESTION = _("Your question is with us. You get an answer from a person.")
NOT_THIS_TIME = _("Thank you for telling us. We get back to you.")


def answers_for(deliverable: Deliverable, *, is_hers: bool, has_page: bool = False) -> list[Answer]:
    """What can be said about it, the most expected first; `is_hers` when she asks herself, not a colleague."""
    known = HER_ANSWERS if is_hers else TOLD_ANSWERS
    ask = [known["more_time"], known["question"], known["not_this_time"]]
    status = deliverable.status
    if status == "published":
        return [known["proof" if deliverable.lacks_proof else "link"], known["question"]]
    posted = posted_answer(deliverable, is_hers=is_hers, primary=not (deliverable.is_draft_open or has_page))
    if status == "expected":
        words: dict[str, Any] = ONLY_A_LINK if has_page else {"primary": deliverable.is_draft_open}
        draft = replace(known["draft"], **words)
        return [draft, posted, *ask] if deliverable.is_draft_open else [posted, draft, *ask]
    return [posted, *ask]


def posted_answer(deliverable: Deliverable, *, is_hers: bool, primary: bool) -> Answer:
    """She gives the address or, of what disappears, a screenshot; a colleague may not have either yet."""
    is_story = deliverable.format.lasts_hours is not None
    forms = (StoryPostedForm, ToldStoryPostedForm) if is_story else (PostedForm, ToldPostedForm)
    return Answer("posted", _("It is posted"), _("It is posted"), POSTED, forms[0 if is_hers else 1], primary, "send")


HER_ANSWERS = {
    answer.code: answer
    for answer in (
        Answer("draft", _("Send the draft"), _("Draft is here"), DRAFT, DraftForm, icon="images"),
        Answer("link", _("Send the link"), _("Add the address"), LINK, LinkForm, True, "link-45deg"),
        Answer("proof", _("Send the screenshot"), _("Add the screenshot"), PROOF, ProofForm, True, "camera"),
        Answer(
            "more_time",
            _("I need more time"),
            _("Needs more time"),
            MORE_TIME,
            MoreTimeForm,
            icon="hourglass-split",
            power="dates",
        ),
        Answer(
            "question",
            _("I have a question"),
            _("Has a question"),
            QUESTION,
            QuestionForm,
            icon="chat-left-text",
            power="",
        ),
        Answer(
            "not_this_time",
            _("Not this time"),
            _("Not this time"),
            NOT_THIS_TIME,
            NotThisTimeForm,
            icon="x-circle",
            power="dates",
        ),
    )
}
TOLD_FORMS = {
    "draft": ToldDraftForm,
    "proof": ToldProofForm,
    "more_time": ToldMoreTimeForm,
    "question": None,
    "not_this_time": None,
}
"""Where a colleague is asked for less: channel, words and screenshot are asked for beside every answer."""
TOLD_ANSWERS = {
    code: replace(answer, form=TOLD_FORMS[code]) if code in TOLD_FORMS else answer
    for code, answer in HER_ANSWERS.items()
}


class Deliverables:
    """Everything she makes for a brand, as open tasks."""

    THANKS = {
        "draft": DRAFT,
        "posted": POSTED,
        "link": LINK,
        "proof": PROOF,
        "more_time": MORE_TIME,
        "question": QUESTION,
        "not_this_time": NOT_THIS_TIME,
    }

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        tasks = [task_of(row, asking) for row in open_rows(asking)]
        tasks.sort(key=lambda task: (task.due_on or dt.date.max, task.subject_id))
        return tasks

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        row = Deliverable.objects.with_card().filter(pk=task.subject_id).first()
        if row is None or row.collaboration.influencer_id != asking.influencer_id:
            raise AnswerRefused(_("This is no longer asked for. Nothing was changed."))
        try:
            SETTLE[told.code](row, told, in_words(told))
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        stop_asking(subjects_of(row), told.at)


def subjects_of(row: Deliverable) -> list[str]:
    """Everything of her part in the campaign that reminders may be about: one answer can settle or stop all of it."""
    made = Deliverable.objects.filter(collaboration=row.collaboration_id).values_list("pk", flat=True)
    return [f"{Deliverable._meta.label_lower}:{pk}" for pk in made]


@portal_task(FEATURE, order=10)
def deliverables() -> PortalFeature:
    return Deliverables()


def open_rows(asking: Asking) -> Sequence[Deliverable]:
    rows = Deliverable.objects.in_motion().filter(collaboration__influencer_id=asking.influencer_id)
    if asking.brand_id is not None:
        rows = rows.filter(collaboration__campaign__brand_id=asking.brand_id)
    waiting = rows.post_open() | rows.link_open() | rows.proof_open()
    return list(waiting.with_card().knowing_holds().order_by("post_due_on", "pk"))


def task_of(row: Deliverable, asking: Asking) -> PortalTask:
    campaign, page = row.collaboration.campaign, draft_page_of(row, asking)
    return PortalTask(
        FEATURE,
        row.pk,
        format_lazy(title_of(row), what=what_of(row)),
        answers_for(row, is_hers=asking.contact is not None, has_page=bool(page)),
        brand_id=campaign.brand_id,
        due_on=row.next_due_on,
        zone=row.zone,
        is_late=row.is_late(asking.now),
        is_next=(row.is_draft_open or row.status != Deliverable.Status.SUBMITTED)
        and not (row.is_unposted and is_held(row)),
        lines=[*lines_of(row), *where_she_is(row, asking)],
        campaign=campaign.name,
        whole_page=HER_PAGE,
        whole_id=row.collaboration_id,
        **page,
    )


def title_of(row: Deliverable) -> Any:
    if row.lacks_proof:
        return _("Screenshot of {what}")
    if row.status == Deliverable.Status.PUBLISHED:
        return _("Address of {what}")
    return _("Draft of {what}") if row.is_draft_open else _("Post {what}")


def _called(row: Deliverable) -> str:
    return str(row)


what_of = lazy(_called, str)
"""The title, or the format's name in the language of whoever reads."""


def lines_of(row: Deliverable) -> list[Any]:
    lines: list[Any] = []
    if row.changes_note and row.status == Deliverable.Status.EXPECTED:
        lines.append(format_lazy(_("What we would like to change: {note}"), note=row.changes_note))
    if row.status == Deliverable.Status.SUBMITTED:
        lines.append(_("Your draft is with us. You hear from us before you post."))
    if row.is_unposted and is_held(row):
        lines.append(
            format_lazy(WAITS_DRAFT if row.is_draft_open else WAITS_POST, when=after_in_words(waits_days(row)))
        )
    elif row.is_draft_open:
        lines.append(format_lazy(_("Posting day: {day}"), day=day_in_words(row.post_due_on)))
    return lines


def where_she_is(row: Deliverable, asking: Asking) -> list[Any]:
    """When the day ends by her own clock, told only where that is another hour."""
    due_on = row.next_due_on
    if due_on is None:
        return []
    ends_at = end_of_day(due_on, row.zone)
    if ends_at == end_of_day(due_on, asking.zone):
        return []
    return [format_lazy(_("Until {moment} where you are"), moment=moment_in_words(ends_at, asking.zone))]


moment_in_words = lazy(when_zone, str)


class Said(TypedDict):
    channel: str
    quote: str


def in_words(told: Told) -> Said:
    """The channel and everything that was said, whichever box it was typed in."""
    note = str(told.data.get("note") or "").strip()
    parts = [part for part in (told.quote.strip(), note) if part]
    return {"channel": told.channel, "quote": "\n".join(dict.fromkeys(parts))}


def settle_draft(row: Deliverable, told: Told, said: Said) -> None:
    """What was asked for once is answered once; a newer version is handed in where versions are."""
    if row.status != Deliverable.Status.EXPECTED:
        raise AnswerRefused(_now("“%(what)s” has moved on. Reload the page.") % {"what": row})
    row.submit(at=told.at, actor=told.actor, draft_url=told.data.get("url") or "", file=told.file, **said)


def settle_posted(row: Deliverable, told: Told, said: Said) -> None:
    """A screenshot counts as proof when it came for what disappears; else it is kept with their words."""
    day = told.data.get("posted_on")
    posted_at = min(local_instant(day, NOON, row.zone), told.at) if day else None
    proof = told.file if row.format.lasts_hours is not None else None
    url = told.data.get("url") or ""
    row.publish(at=told.at, actor=told.actor, post_url=url, proof=proof, posted_at=posted_at, file=told.file, **said)
    tell_caption(row, told.data.get("caption") or "", told.at, told.actor)


def settle_link(row: Deliverable, told: Told, said: Said) -> None:
    row.add_link(told.data["url"], at=told.at, actor=told.actor, file=told.file, **said)


def settle_proof(row: Deliverable, told: Told, said: Said) -> None:
    if told.file is None:
        raise AnswerRefused(_("No screenshot arrived. Choose it again and send the form."))
    row.add_proof(told.file, at=told.at, actor=told.actor, **said)


def settle_more_time(row: Deliverable, told: Told, said: Said) -> None:
    say_more_time(row, told.data["until"], at=told.at, actor=told.actor, file=told.file, **said)


def settle_question(row: Deliverable, told: Told, said: Said) -> None:
    say_question(row, at=told.at, actor=told.actor, file=told.file, **said)


def settle_not_this_time(row: Deliverable, told: Told, said: Said) -> None:
    say_not_this_time(row, at=told.at, actor=told.actor, file=told.file, **said)


SETTLE: dict[str, Callable[[Deliverable, Told, Said], None]] = {
    "draft": settle_draft,
    "posted": settle_posted,
    "link": settle_link,
    "proof": settle_proof,
    "more_time": settle_more_time,
    "question": settle_question,
    "not_this_time": settle_not_this_time,
}
