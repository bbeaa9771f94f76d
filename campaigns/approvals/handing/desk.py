"""Where a version is put together: hers on her page, ours when a colleague does it for her. The rest is the same."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from campaigns.approvals.deciding.policies import policy_of
from campaigns.approvals.models import ContentVersion, Note
from campaigns.planning.models import Deliverable
from crm.influencers.models import Platform
from crm.outbox.models import Contact
from crm.portal.registry import Asking
from crm.timeline.record import Actor

STAGES = ContentVersion.Stage
POWER = "settle"


@dataclass(frozen=True)
class Desk:
    """One deliverable, one kind of version, and who sits there. `visit` is None for a colleague."""

    deliverable: Deliverable
    stage: str
    now: dt.datetime
    actor: Actor
    contact: Contact | None = None
    visit: int | None = None

    def address(self, name: str, *more: str) -> str:
        """One of this desk's pages; hers are below her visit."""
        of = [self.visit] if self.visit is not None else []
        prefix = "portal-draft" if self.visit is not None else "hand-in"
        path = reverse(f"{prefix}{name}", args=[*of, self.deliverable.pk, *more])
        return f"{path}?as={self.stage}"

    @property
    def page(self) -> str:
        return self.address("")

    @property
    def save(self) -> str:
        return self.address("-save")

    @property
    def files(self) -> str:
        return self.address("-files")

    @property
    def is_idea(self) -> bool:
        return self.stage == STAGES.CONCEPT

    @property
    def skips_to(self) -> str:
        """Where the draft itself is handed in, while an idea is asked for."""
        return self.page.replace("as=concept", "as=draft") if self.is_idea else ""

    def platforms(self) -> list[Platform]:
        """Where else it may go out: the other platforms she is on."""
        card, own = self.deliverable.collaboration, self.deliverable.format.platform_id
        on = Platform.objects.filter(accounts__influencer=card.influencer_id)
        return list(on.exclude(pk=own).distinct().order_by("name"))


def stage_of(deliverable: Deliverable, wished: str = "") -> str:
    """What is handed in next: her idea where one is asked for first, until it is settled or the draft is wished for."""
    if wished in STAGES.values and (wished == STAGES.DRAFT or asks_idea(deliverable)):
        return wished
    return STAGES.CONCEPT if asks_idea(deliverable) else STAGES.DRAFT


def asks_idea(deliverable: Deliverable) -> bool:
    """Whether her idea is still asked for: the policy says so, no draft came, and none was agreed to."""
    if not deliverable.is_draft_open or deliverable.drafts:
        return False
    if not policy_of(deliverable.collaboration.campaign).concept_first:
        return False
    return not ContentVersion.objects.concepts().filter(deliverable=deliverable, review__status="approved").exists()


def her_deliverable(asking: Asking, pk: int) -> Deliverable | None:
    """What she makes and may still hand in; nobody else's, no other brand's, and only for who may act for her."""
    if asking.powers is not None and POWER not in asking.powers:
        return None
    rows = Deliverable.objects.in_motion().post_open().filter(collaboration__influencer=asking.influencer_id, pk=pk)
    if asking.brand_id is not None:
        rows = rows.filter(collaboration__campaign__brand=asking.brand_id)
    return rows.with_card().first()


@dataclass(frozen=True)
class Before:
    """The newest version of the kind, and what was said about it."""

    version: ContentVersion | None
    notes: list[Note]

    @property
    def number(self) -> int:
        return self.version.number if self.version is not None else 0


def before(deliverable: Deliverable, stage: str) -> Before:
    """What was handed in last, with the notes that left to her: what is good first."""
    rows = ContentVersion.objects.filter(deliverable=deliverable, stage=stage).select_related("review")
    version = rows.order_by("-number").first()
    if version is None:
        return Before(None, [])
    return Before(version, list(version.notes.sent().filter(is_for_us=False).in_order().select_related("brief_item")))
