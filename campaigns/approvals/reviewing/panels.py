"""The rounds of everything that was handed in, on a collaboration's page."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest

from campaigns.approvals.models import ContentVersion, Review, ReviewDecision
from campaigns.approvals.reviewing import marks  # noqa: F401  stands in its places
from campaigns.planning.models import Collaboration, Deliverable
from crm.base.places import panel
from crm.team.views.access import me


@dataclass(frozen=True)
class Round:
    """One version: how it stands, and what was said of it."""

    version: ContentVersion

    @property
    def review(self) -> Review | None:
        return getattr(self.version, "review", None)

    @property
    def short_hash(self) -> str:
        return f"{self.version.sha256[:4]}…{self.version.sha256[-4:]}"

    @property
    def said(self) -> list[ReviewDecision]:
        return list(self.version.decisions.all())


@dataclass
class Rounds:
    """One thing she makes with all its versions, the newest first."""

    deliverable: Deliverable
    rounds: list[Round] = field(default_factory=list)


@panel("collaboration/versions", order=10)
def versions(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Nothing until something was handed in. Two queries, one where nothing was."""
    if not me(request).has_perm("campaigns.view_review"):
        return None
    said = Prefetch("decisions", ReviewDecision.objects.order_by("at", "id"))
    rows = ContentVersion.objects.filter(deliverable__collaboration=card).select_related(
        "review", "deliverable__format"
    )
    found: dict[int, Rounds] = {}
    for one in rows.prefetch_related(said).order_by("deliverable__post_due_on", "deliverable", "-stage", "-number"):
        found.setdefault(one.deliverable_id, Rounds(one.deliverable)).rounds.append(Round(one))
    return ("campaigns/approvals/reviewing/card_panel.html", {"made": list(found.values())}) if found else None
