"""What is asked of her once something is out: to put something right, and where else it stands. A colleague settles the same."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import Deviation, LivePost
from campaigns.approvals.publishing.actions import say_mended
from campaigns.approvals.publishing.comparing import approved_caption
from campaigns.approvals.publishing.evidence import say_address
from campaigns.approvals.publishing.forms import HerMendedForm
from campaigns.approvals.publishing.page import promise_of, says
from campaigns.approvals.publishing.reminders import what_of
from campaigns.planning.forms.answers import LinkForm
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import Part, her_part
from campaigns.planning.portal import HER_PAGE, in_words
from crm.base.zones import local_date
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, offered, portal_task
from crm.reminders.settled import stop_asking
from crm.timeline.record import subject_of
from crm.timeline.transitions import TransitionRefused

FEATURE = "post"
NOT_ASKED = _("This is no longer asked for. Nothing was changed.")
MENDED = _("Thank you. We have a look and come back to you only if something is left.")
LINK = _("Thank you, that is the link we needed.")
ANSWERS = {
    "mended": Answer("mended", _("I have put it right"), _("Has put it right"), MENDED, HerMendedForm, True, "check2"),
    "address": Answer("address", _("Send the link"), _("Add the address"), LINK, LinkForm, True, "link-45deg"),
}
ASKS: dict[str, Any] = {
    Deviation.Kind.CAPTION: _("The caption is no longer the one we agreed on. Please put it back:"),
    Deviation.Kind.LABEL: _("Please make it clear that this is a paid post, as we agreed."),
    Deviation.Kind.FRAMES: _("Please put the label on every frame."),
    Deviation.Kind.VIDEO: _("Please let the label in the video be seen early and long enough."),
    Deviation.Kind.REMOVED: _("We can no longer find it. Please put it online again, it stays a little longer."),
}


class LivePosts:
    """What she was asked to put right, and further platforms whose address nobody knows."""

    THANKS = {"mended": MENDED, "address": LINK}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [task_of(post, asking) for post in her_posts(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        post = next((one for one in her_posts(asking) if one.pk == task.subject_id), None)
        if post is None:
            raise AnswerRefused(NOT_ASKED)
        said = in_words(told)
        try:
            if told.code == "mended":
                words = told.data.get("caption") or ""
                say_mended(post, words, at=told.at, actor=told.actor, file=told.file, **said)
            else:
                say_address(post, told.data["url"], at=told.at, actor=told.actor, file=told.file, **said)
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        stop_asking([subject_of(post)], told.at)


@portal_task(FEATURE, order=12)
def live_posts() -> PortalFeature:
    return LivePosts()


def her_posts(asking: Asking) -> list[LivePost]:
    """Those something is asked about, of the brand whose page it is. Two queries, one where nothing is asked."""
    rows = LivePost.objects.standing().filter(deliverable__collaboration__influencer=asking.influencer_id)
    if asking.brand_id is not None:
        rows = rows.filter(deliverable__collaboration__campaign__brand=asking.brand_id)
    asked = Exists(Deviation.objects.asked().filter(post=OuterRef("pk")))
    elsewhere = Q(url="", deliverable__format__lasts_hours__isnull=True) & ~Q(
        platform=F("deliverable__format__platform")
    )
    rows = rows.exclude(deliverable__collaboration__campaign__status=Campaign.Status.CANCELLED)
    cases = Prefetch("deviations", Deviation.objects.asked().order_by("pk"), to_attr="to_mend")
    return list(rows.filter(Q(asked) | elsewhere).with_card().prefetch_related(cases).order_by("pk"))


def task_of(post: Any, asking: Asking) -> PortalTask:
    row, cases = post.deliverable, post.to_mend
    mend_on = min((case.mend_on for case in cases), default=None)
    is_late = mend_on is not None and mend_on < local_date(asking.now, row.zone)
    title = _("Something to put right: {what} on {platform}") if cases else _("Where is {what} on {platform}?")
    return PortalTask(
        FEATURE,
        post.pk,
        format_lazy(title, what=what_of(post), platform=post.platform.name),
        [ANSWERS["mended" if cases else "address"]],
        brand_id=row.collaboration.campaign.brand_id,
        due_on=mend_on,
        zone=row.zone,
        is_late=is_late,
        is_next=bool(cases),
        lines=[line for case in cases for line in lines_of(case, post)],
        campaign=row.collaboration.campaign.name,
        whole_page=HER_PAGE,
        whole_id=row.collaboration_id,
    )


def lines_of(case: Deviation, post: LivePost) -> list[Any]:
    """What is asked, in her words; the words to put back where it is the caption, what was found where it is not."""
    asks = ASKS.get(case.kind, case.get_kind_display())
    if case.kind == Deviation.Kind.CAPTION:
        return [asks, approved_caption(post)]
    return [asks, found(case)] if case.details.get("said") else [asks]


found = lazy(says, str)


@her_part("live", order=62)
def live_part(card: Collaboration, asking: Asking) -> Part | None:
    """What is to be put right, how long it stays online, and for how long she answers below it."""
    tasks = [
        offered(task_of(post, asking), asking)
        for post in her_posts(asking)
        if post.deliverable.collaboration_id == card.pk
    ]
    made = card.deliverables.standing().annotate(stays_until=Max("live_posts__live_until"))
    rows = made.filter(Q(reply_promise__isnull=False) | Q(stays_until__isnull=False))
    rows = rows.select_related("format__platform", "reply_promise").order_by("post_due_on", "pk")
    kept = [{"row": row, "promise": promise_of(row), "until": row.stays_until} for row in rows]
    return Part("campaigns/approvals/publishing/her.html", {"tasks": tasks, "kept": kept}) if tasks or kept else None
