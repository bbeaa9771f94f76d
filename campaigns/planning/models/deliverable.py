"""One thing to be made and posted."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.collaboration import Collaboration
from campaigns.planning.models.steps import approval_words, check_days, come_in, set_days, set_while, take_step
from campaigns.planning.models.told import Told
from campaigns.planning.models.waiting import WaitingRows, is_held
from campaigns.planning.places import Came
from crm.base.fields import ZoneField
from crm.base.models import Stamped, StoredFile
from crm.base.zones import end_of_day, local_date
from crm.contracts.models import PromisedPost
from crm.influencers.models import Format, SocialAccount
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move

if TYPE_CHECKING:
    from crm.team.models import User


class DeliverableQuerySet(WaitingRows):
    def visible_to(self, user: "User") -> "DeliverableQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(collaboration__campaign__brand_id__in=brands)

    def with_card(self) -> "DeliverableQuerySet":
        """With everything its name, its story and its page need, in the same query."""
        return self.select_related(
            "format__platform",
            "account",
            "collaboration__influencer",
            "collaboration__campaign__brand",
            "collaboration__campaign__owner",
        )

    def in_motion(self) -> "DeliverableQuerySet":
        """Of a live campaign, promised by somebody who is at work, reminders neither paused nor off."""
        return self.filter(
            collaboration__campaign__status=Campaign.Status.LIVE,
            collaboration__status__in=Collaboration.PROMISED,
            collaboration__paused_at__isnull=True,
            collaboration__reminders_off_at__isnull=True,
        ).standing()

    def standing(self) -> "DeliverableQuerySet":
        """Not dropped."""
        return self.exclude(status=Deliverable.Status.DROPPED)

    def draft_open(self) -> "DeliverableQuerySet":
        return self.filter(status=Deliverable.Status.EXPECTED, draft_due_on__isnull=False)

    def post_open(self) -> "DeliverableQuerySet":
        return self.filter(status__in=Deliverable.UNPOSTED)

    def waiting_for_us(self) -> "DeliverableQuerySet":
        """A draft is here and nobody has said anything about it."""
        return self.filter(status=Deliverable.Status.SUBMITTED)

    def posted(self) -> "DeliverableQuerySet":
        return self.filter(status=Deliverable.Status.PUBLISHED)

    def link_open(self) -> "DeliverableQuerySet":
        """Posted, stays online, and nobody knows the address."""
        return self.posted().filter(post_url="", format__lasts_hours__isnull=True)

    def proof_open(self) -> "DeliverableQuerySet":
        """Posted, disappears, and nobody has a screenshot."""
        return self.posted().filter(proof__isnull=True, format__lasts_hours__isnull=False)


class Deliverable(Stamped):
    """Dates are days in `zone`; due means the end of that day there."""

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        SUBMITTED = "submitted", _("Draft is here")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        DROPPED = "dropped", _("Dropped")

    UNPOSTED: ClassVar[tuple[str, ...]] = ("expected", "submitted", "approved")
    MOVES: ClassVar[Moves] = {
        "expected": ("submitted", "approved", "published", "dropped"),
        "submitted": UNPOSTED,
        "approved": ("submitted",),
        "published": UNPOSTED,
        "dropped": UNPOSTED,
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.EXPECTED: "mute",
        Status.SUBMITTED: "info",
        Status.APPROVED: "ok",
        Status.PUBLISHED: "ok",
        Status.DROPPED: "mute",
    }

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="deliverables", verbose_name=_("collaboration")
    )
    format = models.ForeignKey(Format, models.PROTECT, related_name="+", verbose_name=_("format"))
    account = models.ForeignKey(
        SocialAccount, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    promised = models.OneToOneField(
        PromisedPost, models.SET_NULL, null=True, blank=True, related_name="deliverable", editable=False,
        verbose_name=_("promised in the contract"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=120, blank=True)
    draft_due_on = models.DateField(
        _("draft due"), null=True, blank=True, help_text=_("Leave empty when no draft is needed.")
    )
    post_due_on = models.DateField(_("posting day"))
    zone = ZoneField(_("time zone"))
    dates_set_at = models.DateTimeField(_("dates entered"), null=True, blank=True, editable=False)
    day_set_at = models.DateTimeField(_("posting day set"), null=True, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.EXPECTED, editable=False)
    draft_url = models.URLField(_("draft"), max_length=500, blank=True)
    drafts = models.PositiveSmallIntegerField(_("drafts so far"), default=0, editable=False)
    changes_note = models.TextField(_("changes asked for"), blank=True, editable=False)
    submitted_at = models.DateTimeField(_("draft arrived"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved on"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True, editable=False)
    post_url = models.URLField(_("address of the post"), max_length=500, blank=True)
    proof = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["post_due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft_due_on__isnull=True) | Q(draft_due_on__lte=F("post_due_on")),
                name="deliverable_draft_before_post",
                violation_error_message=_("The draft is due after the posting day. Swap the days or correct one."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="deliverable_published_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["draft_due_on"], condition=Q(status="expected"), name="deliverable_draft_open"),
            models.Index(
                fields=["post_due_on"],
                condition=Q(status__in=["expected", "submitted", "approved"]),
                name="deliverable_post_open",
            ),
            models.Index(fields=["published_at"], condition=Q(status="published"), name="deliverable_published"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.format)

    @property
    def brand_id(self) -> int:
        return self.collaboration.campaign.brand_id

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def is_draft_open(self) -> bool:
        return self.status == self.Status.EXPECTED and self.draft_due_on is not None

    @property
    def is_unposted(self) -> bool:
        return self.status in self.UNPOSTED

    @property
    def lacks_link(self) -> bool:
        return self.status == self.Status.PUBLISHED and not self.post_url and self.format.lasts_hours is None

    @property
    def lacks_proof(self) -> bool:
        return self.status == self.Status.PUBLISHED and self.proof_id is None and self.format.lasts_hours is not None

    @property
    def next_due_on(self) -> dt.date | None:
        """The next day something is expected of her: the draft, else the post; None once it is out, dropped, or while it waits."""
        if not self.is_unposted or is_held(self):
            return None
        return self.draft_due_on if self.is_draft_open else self.post_due_on

    def is_late(self, now: dt.datetime) -> bool:
        """Whether the day, as the calendar of its own zone has it, is over."""
        due_on = self.next_due_on
        return due_on is not None and end_of_day(due_on, self.zone) <= now

    def days_late(self, now: dt.datetime) -> int:
        """How many days ago it was due; 0 on the day and before."""
        due_on = self.next_due_on
        return max(0, (local_date(now, self.zone) - due_on).days) if due_on else 0

    def may_be(self, status: str) -> bool:
        return may_move(self, status, self.MOVES)

    def submit(
        self, *, at: dt.datetime, actor: Actor, draft_url: str = "", carries: Any = None, **told: Unpack[Told]
    ) -> None:
        """A draft arrived; `draft_url` is where to look at it, empty when it came another way. What waited or was approved
        before counts no more."""
        come_in(self, Came(at, actor, draft_url, told, carries))

    def approve(self, *, at: dt.datetime, actor: Actor, because: str = "", **told: Unpack[Told]) -> None:
        """It may be posted. ApprovalHeld while something speaks against it and nobody says why it goes on all the same."""
        also = {"approved_at": at, "changes_note": ""}
        sentence = approval_words(self, because)
        take_step(self, "approved", "deliverable.approved", sentence, at, actor, also=also, note=because, **told)

    def ask_changes(
        self, note: str, *, at: dt.datetime, actor: Actor, draft_due_on: dt.date | None = None, **told: Unpack[Told]
    ) -> None:
        """The draft goes back with what should change, and a new day for it when one is given."""
        also: dict[str, Any] = {"changes_note": note, "approved_at": None}
        if draft_due_on is not None:
            check_days(self, draft_due_on, self.post_due_on)
            also |= {"draft_due_on": draft_due_on, "dates_set_at": at}
        sentence = _("Asked for changes to %(what)s for %(campaign)s: %(note)s")
        moves: Moves = {"expected": ("submitted", "approved")}
        take_step(
            self, "expected", "deliverable.changes", sentence, at, actor, moves=moves, also=also, note=note, **told
        )

    def publish(
        self,
        *,
        at: dt.datetime,
        actor: Actor,
        post_url: str = "",
        proof: StoredFile | None = None,
        posted_at: dt.datetime | None = None,
        **told: Unpack[Told],
    ) -> None:
        """It is out since `posted_at`, or now. A missing address or proof stays open and is asked for."""
        also = {"published_at": posted_at or at, "post_url": post_url, "proof": proof, "dates_set_at": at}
        sentence = _("Posted %(what)s for %(campaign)s: %(url)s") if post_url else _("Posted %(what)s for %(campaign)s")
        take_step(self, "published", "deliverable.published", sentence, at, actor, also=also, url=post_url, **told)

    def add_link(self, post_url: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """The address of a post that is out already; a wrong one is corrected the same way."""
        sentence = _("Address of %(what)s for %(campaign)s: %(url)s")
        set_while(
            self, {"post_url": post_url}, ("published",), "deliverable.link", sentence, at, actor, url=post_url, **told
        )

    def add_proof(self, proof: StoredFile, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """The screenshot of a post that is out already."""
        sentence = _("Screenshot of %(what)s for %(campaign)s arrived")
        told["file"] = proof
        set_while(self, {"proof": proof}, ("published",), "deliverable.proof", sentence, at, actor, **told)

    def drop(self, *, at: dt.datetime, actor: Actor, why: Any = "", **told: Unpack[Told]) -> None:
        """It will not be made."""
        sentence = _("Dropped %(what)s for %(campaign)s: %(note)s") if why else _("Dropped %(what)s for %(campaign)s")
        take_step(self, "dropped", "deliverable.dropped", sentence, at, actor, note=why, **told)

    def reopen(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """Take back a drop, or a post that never was; the card leaves Done."""
        also = {"published_at": None, "approved_at": None, "post_url": "", "proof": None, "dates_set_at": at}
        sentence = _("%(what)s for %(campaign)s is open again")
        moves: Moves = {"expected": ("published", "dropped")}
        with self.collaboration.held():
            take_step(self, "expected", "deliverable.reopened", sentence, at, actor, moves=moves, also=also, **told)
            self.collaboration.back_to_making(at=at, actor=actor)

    def reschedule(
        self,
        *,
        draft_due_on: dt.date | None,
        post_due_on: dt.date,
        at: dt.datetime,
        actor: Actor,
        zone: str = "",
        **told: Unpack[Told],
    ) -> None:
        """New days, counted in `zone` (as before when empty). Refused once it is out, and for days in disorder."""
        sentence = _("New dates of %(what)s for %(campaign)s")
        set_days(self, draft_due_on, post_due_on, zone, "deliverable.rescheduled", sentence, at, actor, **told)

    def rename(self, *, title: str, account: SocialAccount | None, at: dt.datetime, actor: Actor) -> None:
        """Another title, another account."""
        values = {"title": title, "account": account}
        sentence = _("%(what)s for %(campaign)s: title or account changed")
        set_while(self, values, tuple(self.Status.values), "deliverable.renamed", sentence, at, actor)
