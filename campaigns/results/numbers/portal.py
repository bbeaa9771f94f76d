"""Her page: the numbers of what she posted, as tasks; a colleague settles the very same as "told me"."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.publishing.reminders import what_of
from campaigns.planning.portal import HER_PAGE, in_words
from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.her_forms import ToldNumbersForm
from campaigns.results.numbers.hers import POWER, her_post, her_posts, say_numbers
from campaigns.results.numbers.waiting import due_at
from crm.base.zones import local_date
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task

FEATURE, HER_NUMBERS = "numbers", "her-numbers"
THANKS = _("Thank you, the numbers are here. If a digit is hard to read, we ask once.")
GONE = _("This is no longer asked for. Nothing was changed.")
ANSWER = Answer(
    "numbers", _("Send your numbers"), _("Has sent her numbers"), THANKS, ToldNumbersForm, True, "bar-chart-line", POWER
)
WHAT = _("Screenshots of your insights are enough. Or type what stands there.")


class HerNumbers:
    """Posts whose numbers she is asked for."""

    THANKS = {"numbers": THANKS}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [task_of(post, mark, asking) for post, mark in her_posts(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        found = her_post(asking, task.subject_id)
        if found is None:
            raise AnswerRefused(GONE)
        said = in_words(told)
        counts = {name: told.data[name] for name in PostSnapshot.COUNTS if told.data.get(name) is not None}
        files = [told.file] if told.file is not None else []
        try:
            say_numbers(found[0], counts, files, at=told.at, actor=told.actor, **said)
        except ValidationError as refused:
            raise AnswerRefused(" ".join(refused.messages)) from refused


@portal_task(FEATURE, order=14)
def numbers() -> PortalFeature:
    return HerNumbers()


def task_of(post: Any, mark: int, asking: Asking) -> PortalTask:
    row = post.deliverable
    due_on: dt.date = local_date(due_at(post, mark), row.zone)
    own: dict[str, Any] = {"page": HER_NUMBERS, "page_label": ANSWER.label} if asking.contact is not None else {}
    return PortalTask(
        FEATURE,
        post.pk,
        format_lazy(_("Numbers of {what} on {platform}"), what=what_of(post), platform=post.platform.name),
        [] if own else [ANSWER],
        brand_id=row.collaboration.campaign.brand_id,
        due_on=due_on,
        zone=row.zone,
        is_late=due_on < local_date(asking.now, row.zone),
        is_next=True,
        lines=[WHAT],
        campaign=row.collaboration.campaign.name,
        is_withheld=bool(own) and asking.powers is not None and POWER not in asking.powers,
        whole_page=HER_PAGE,
        whole_id=row.collaboration_id,
        **(own if asking.powers is None or POWER in asking.powers else {}),
    )
