"""What is online, on a collaboration's page; and what of it is still open when a campaign ends."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.approvals.models import Deviation, LivePost
from campaigns.approvals.publishing.counted import is_gone  # noqa: F401  puts itself into the places of what is counted
from campaigns.approvals.publishing.page import promise_of
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import StillOpen, wrapped_facts
from campaigns.planning.tabs import campaign_tab
from crm.base.places import panel
from crm.team.views.access import me

if TYPE_CHECKING:
    from crm.team.models import User


@panel("collaboration/online", order=12)
def online_panel(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Each post with how it stands and how many cases are open, and who answers comments below it. Two queries."""
    if not me(request).has_perm("campaigns.view_review") or card.is_off:
        return None
    cases = Count("deviations", filter=Q(deviations__closed_at__isnull=True))
    posts = LivePost.objects.filter(deliverable__collaboration=card).annotate(open_cases=cases)
    rows = list(posts.select_related("platform", "deliverable__format__platform").order_by("published_at", "pk"))
    made = list(
        card.deliverables.standing().select_related("format__platform", "reply_promise").order_by("post_due_on", "pk")
    )
    answers = [{"row": row, "promise": promise_of(row)} for row in made]
    return ("campaigns/approvals/publishing/card_panel.html", {"rows": rows, "answers": answers}) if made else None


@campaign_tab("deviations", label=_("Deviations"), order=62)
def deviations_tab(campaign: Campaign, user: "User") -> str:
    return _cases_of(campaign) if user.has_perm("campaigns.view_review") else ""


@wrapped_facts("posts")
def as_approved(campaign: Campaign) -> StillOpen | None:
    """Posts nobody compared yet and cases nobody decided. One query."""
    posts = LivePost.objects.filter(deliverable__collaboration__campaign=campaign).order_by()
    is_open = Q(Exists(Deviation.objects.open().filter(post=OuterRef("pk"))))
    counted = posts.aggregate(
        all=Count("pk"),
        raw=Count("pk", filter=Q(status=LivePost.Status.PUBLISHED)),
        open=Count("pk", filter=is_open),
    )
    if not counted["all"]:
        return None
    said = []
    if counted["raw"]:
        said.append(ngettext("%(n)d post is to be compared.", "%(n)d posts are to be compared.", counted["raw"]) % {"n": counted["raw"]})  # fmt: skip
    if counted["open"]:
        said.append(ngettext("%(n)d post differs and waits for a decision.", "%(n)d posts differ and wait for a decision.", counted["open"]) % {"n": counted["open"]})  # fmt: skip
    return StillOpen(" ".join(said), _cases_of(campaign)) if said else StillOpen()  # fmt: skip


def _cases_of(campaign: Campaign) -> str:
    return f"{reverse('deviations')}?{urlencode({'campaign': campaign.pk})}"
