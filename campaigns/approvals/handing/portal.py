"""What handing in puts on her page and into the places of planning: drafts become versions, and an idea comes first where asked for."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.handing.actions import keep_draft
from campaigns.approvals.handing.desk import POWER
from campaigns.approvals.handing.ideas import Idea, open_ideas
from campaigns.planning.models import Deliverable
from campaigns.planning.places import Came, draft_came, draft_page
from campaigns.planning.portal import HER_PAGE, what_of
from crm.portal.registry import AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task

PAGE, IDEA = "portal-draft", "idea"
SEND, SEE, TELL = _("Send the draft"), _("See your draft, or send a newer one"), _("Tell us your idea")
THANKS = _("Thank you, your idea is here. We tell you soon what we think.")
WITH_US = _("Your idea is with us. You can go on thinking about it; a newer one takes its place.")
FIRST = _("Before you shoot: a few sentences are enough.")


@draft_came("versions")
def keep(deliverable: Deliverable, came: Came) -> None:
    """Whatever says that a draft is here leaves a version."""
    keep_draft(deliverable, came)


@draft_page("versions")
def page_for(deliverable: Deliverable, asking: Asking) -> tuple[str, Any] | None:
    """Where she hands in, while a draft is waited for or waits."""
    if asking.powers is not None and POWER not in asking.powers:
        return None
    if deliverable.is_draft_open:
        return PAGE, SEND
    return (PAGE, SEE) if deliverable.status == Deliverable.Status.SUBMITTED and deliverable.drafts else None


class Ideas:
    """Ideas asked for before anything is shot."""

    THANKS = {"sent": THANKS}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        """Hers alone: a colleague hands an idea in on the page of the work."""
        return [_task(idea, asking) for idea in open_ideas(asking)] if asking.contact is not None else []

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        raise AnswerRefused(_("This is no longer asked for. Nothing was changed."))


@portal_task(IDEA, order=9)
def ideas() -> PortalFeature:
    return Ideas()


def _task(idea: Idea, asking: Asking) -> PortalTask:
    row = idea.row
    return PortalTask(
        IDEA,
        row.pk,
        format_lazy(_("Your idea for {what}"), what=what_of(row)),
        [],
        brand_id=row.collaboration.campaign.brand_id,
        due_on=idea.due_on,
        zone=row.zone,
        is_late=idea.is_late(asking.now),
        is_next=not idea.is_with_us,
        lines=[WITH_US if idea.is_with_us else FIRST],
        campaign=row.collaboration.campaign.name,
        page=PAGE,
        page_label=TELL,
        whole_page=HER_PAGE,
        whole_id=row.collaboration_id,
    )
