"""One influencer's part in one campaign: a card on the board."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models import columns
from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.door import check_yes, knock
from campaigns.planning.models.promises import follow_card, follow_promises, is_bound
from campaigns.planning.models.told import Refused, Told, ring_after_commit
from crm.base.models import Stamped
from crm.contracts.models import Party
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Busy, Door, gate, through_gate
from crm.influencers.models import Influencer
from crm.influencers.places import Offer, holds_of
from crm.timeline.record import SYSTEM, Actor, record
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class CollaborationQuerySet(models.QuerySet["Collaboration"]):
    def visible_to(self, user: "User") -> "CollaborationQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(campaign__brand_id__in=brands)

    def of_person(self, pk: int) -> "CollaborationQuerySet":
        """Hers, and those of whoever was merged into her where she has a card of her own in the campaign."""
        return self.filter(models.Q(influencer_id=pk) | models.Q(influencer__merged_into_id=pk))

    def going_ahead(self) -> "CollaborationQuerySet":
        return self.exclude(status=Collaboration.Status.OFF)

    def not_going_ahead(self) -> "CollaborationQuerySet":
        return self.filter(status=Collaboration.Status.OFF)

    def at_work(self) -> "CollaborationQuerySet":
        """Somebody promised something and it is not all done."""
        on = Collaboration.Status
        return self.filter(status__in=[on.AGREED, on.MAKING, on.REVIEW, on.POSTING])

    def with_reminders_off(self) -> "CollaborationQuerySet":
        """Brought in from a file and still silent: nobody has switched their reminders on."""
        return self.filter(reminders_off_at__isnull=False)

    def promised(self) -> "CollaborationQuerySet":
        """Somebody said yes: her fee counts against the budget."""
        return self.filter(status__in=Collaboration.PROMISED)


class Collaboration(Stamped):
    """Facts move the card forward; people drag it only where they decide."""

    class Status(models.TextChoices):
        SHORTLIST = "shortlist", _("Shortlist")
        IN_TALKS = "in_talks", _("In talks")
        AGREED = "agreed", _("Agreed")
        MAKING = "making", _("Making")
        REVIEW = "review", _("Review")
        POSTING = "posting", _("Posting")
        DONE = "done", _("Done")
        OFF = "off", _("Not going ahead")

    COLUMNS: ClassVar[tuple[str, ...]] = ("shortlist", "in_talks", "agreed", "making", "review", "posting", "done")
    PROMISED: ClassVar[tuple[str, ...]] = ("agreed", "making", "review", "posting", "done")
    DECIDED: ClassVar[Moves] = {
        "shortlist": ("in_talks", "agreed", "off"),
        "in_talks": ("shortlist", "agreed", "off"),
        "agreed": ("shortlist", "in_talks", "making", "off"),
        "making": ("shortlist", "in_talks", "agreed", "review", "posting", "done", "off"),
        "off": COLUMNS,
    }
    BY_FACTS: ClassVar[Moves] = {
        "review": ("agreed", "making"),
        "posting": ("agreed", "making", "review"),
        "done": ("agreed", "making", "review", "posting"),
    }
    MOVES: ClassVar[Moves] = {**DECIDED, **BY_FACTS}
    REACHED: ClassVar[dict[str, Any]] = {
        "review": _("A card reaches Review by itself, when a draft arrives. Open it to note that one has."),
        "posting": _("A card reaches Posting by itself, when all its drafts are approved. Open it to approve them."),
        "done": _("A card reaches Done by itself, when everything is posted. Open it to note a post."),
    }

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="collaborations", verbose_name=_("campaign"))
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    status = models.CharField(_("column"), max_length=10, choices=Status, default=Status.SHORTLIST, editable=False)
    fee = MoneyField(_("fee"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    fee_said = models.CharField(_("fee, as it was said"), max_length=160, blank=True)
    client_price = MoneyField(
        _("client price"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    pillar = models.ForeignKey(
        "campaigns.Pillar", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("message pillar")
    )
    over_budget_because = models.CharField(
        _("goes over the budget, because"), max_length=300, blank=True, editable=False
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    off_why = models.CharField(_("not going ahead because"), max_length=200, blank=True)
    party = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="collaborations", editable=False,
        verbose_name=_("under the contract"),
    )  # fmt: skip
    promised_at = models.DateTimeField(_("agreed since"), null=True, blank=True, editable=False)
    paused_at = models.DateTimeField(_("reminders paused since"), null=True, blank=True, editable=False)
    resumed_at = models.DateTimeField(_("reminders go on since"), null=True, blank=True, editable=False)
    reminders_off_at = models.DateTimeField(_("reminders off since"), null=True, blank=True, editable=False)
    reminders_on_at = models.DateTimeField(_("reminders switched on"), null=True, blank=True, editable=False)

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "influencer"], name="collaboration_once")]
        indexes = [models.Index(fields=["influencer", "-id"], name="collaboration_person")]

    def __str__(self) -> str:
        return f"{self.influencer} · {self.campaign}"

    @property
    def is_off(self) -> bool:
        return self.status == self.Status.OFF

    @property
    def is_promised(self) -> bool:
        """She said yes: what is open is due and may be reminded of."""
        return self.status in self.PROMISED

    @property
    def may_be_reminded(self) -> bool:
        """Reminders about it are neither paused nor off."""
        return self.paused_at is None and self.reminders_off_at is None

    @property
    def may_go_to(self) -> list[tuple[str, Any]]:
        """The columns a person may put this card into, with their names: what menus offer."""
        return [(to, self.Status(to).label) for to in self.DECIDED if may_move(self, to, self.DECIDED)]

    def put(self, to: str, *, at: dt.datetime, actor: Actor, why: str = "", **told: Unpack[Told]) -> None:
        """A person puts the card into a column she decides about.

        `why` says why it is not going ahead, and is asked for then. Raises TransitionRefused, with a sentence that
        says what to do, when only facts lead there or the card has moved on meanwhile.
        """
        self._check_put(to, why)
        knock(self, to, at=at, actor=actor)
        also: dict[str, Any] = {"off_why": why if to == self.Status.OFF else ""}
        sentence = columns.OFF_SENTENCE if to == self.Status.OFF else columns.PUT_SENTENCE

        def put(people: frozenset[int]) -> None:
            self._hold()
            self._check_contract(to)
            if to in self.PROMISED and not self.is_promised:
                also["promised_at"] = at
            check_yes(self, to, at)
            self._move(to, self.DECIDED, "collaboration.put", sentence, at, actor, also=also, why=why, **told)
            follow_promises(self, Door(people, at), actor=actor)

        before = (self.status, self.off_why, self.promised_at)
        try:
            through_gate([self.influencer_id], put)
        except Exception as error:
            self.status, self.off_why, self.promised_at = before
            if isinstance(error, Busy):
                raise Refused(self, error) from error
            raise
        ring_after_commit()

    def follow_facts(self, *, at: dt.datetime, actor: Actor = SYSTEM) -> None:
        """Move the card as far as its deliverables say; never backwards, and never out of talks.

        Call it while `held`: two facts about one card are then told one after the other.
        """
        self.refresh_from_db(fields=["status"])
        open_or_posted = self.deliverables.exclude(status="dropped").values_list("status", flat=True)
        to = columns.column_of(set(open_or_posted))
        if to and may_move(self, to, self.BY_FACTS):
            self._move(to, self.BY_FACTS, "collaboration.moved", columns.MOVED_SENTENCE, at, actor)

    def back_to_making(self, *, at: dt.datetime, actor: Actor) -> None:
        """Somebody asked for more after it looked finished; does nothing while work is under way anyway."""
        self.refresh_from_db(fields=["status"])
        reopened: Moves = {"making": ("posting", "done")}
        if may_move(self, "making", reopened):
            self._move("making", reopened, "collaboration.moved", columns.MOVED_SENTENCE, at, actor)

    def follow_contract(self, door: Door, *, actor: Actor) -> list[Conflict]:
        """Its contract was sent, signed, ended or came to nothing, in this transaction: a signed one is a yes.

        Raises PromiseRefused.
        """
        self._hold()
        self.refresh_from_db(fields=["status", "promised_at", "party"])
        early: Moves = {"agreed": ("shortlist", "in_talks")}
        if is_bound(self) and may_move(self, "agreed", early):
            also = {"promised_at": door.now, "off_why": ""}
            self._move("agreed", early, "collaboration.moved", columns.BY_CONTRACT, door.now, actor, also=also)
        return follow_card(self, door, actor=actor)

    def come_back(self, *, at: dt.datetime, actor: Actor) -> None:
        """Off under a former contract, going ahead under another. Call it while `held`."""
        also = {"promised_at": at, "off_why": ""}
        self._move("agreed", {"agreed": ("off",)}, "collaboration.moved", columns.BY_CONTRACT, at, actor, also=also)

    def pause_reminders(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """Nothing is sent about this collaboration until `resume_reminders`; its dates stay as they are."""
        self._set_pause(at, at, actor, "collaboration.paused", _("Reminders about %(campaign)s paused"), **told)

    def resume_reminders(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        self._set_pause(None, at, actor, "collaboration.resumed", _("Reminders about %(campaign)s go on"), **told)

    def switch_reminders_on(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """What came from a file is reminded of from now on: nothing whose moment has passed, nothing that was over."""
        silent = Collaboration._base_manager.filter(pk=self.pk, reminders_off_at__isnull=False)
        with transaction.atomic():
            if not silent.update(reminders_off_at=None, reminders_on_at=at, updated_at=at):
                raise Refused(self, columns.NOT_OFF)
            self._tell("collaboration.reminders_on", _("Reminders about %(campaign)s switched on"), at, actor, **told)
        self.reminders_off_at, self.reminders_on_at = None, at
        ring_after_commit()

    @contextmanager
    def held(self) -> Iterator[None]:
        """A transaction that holds this row, so that what its deliverables say together cannot change meanwhile.

        The person is held first, as everywhere: what changes here may be promised.
        """
        with gate([self.influencer_id]):
            self._hold()
            yield

    def _hold(self) -> None:
        list(Collaboration._base_manager.select_for_update().filter(pk=self.pk).values_list("pk"))

    def keep_promises(self, *, at: dt.datetime, actor: Actor) -> list[Conflict]:
        """Let claims follow what was just changed, while `held`; what it meets and is only told of.

        Raises PromiseHeld; then nothing may stay changed.
        """
        return follow_promises(self, Door(frozenset({self.influencer_id}), at), actor=actor)

    def _check_put(self, to: str, why: str) -> None:
        if to in self.REACHED:
            raise Refused(self, self.REACHED[to])
        if to not in self.DECIDED:
            raise Refused(self, _("There is no such column. Choose one from the list."))
        if to == self.Status.OFF and not why.strip():
            raise Refused(self, _("Say in a few words why this is not going ahead."))

    def _check_contract(self, to: str) -> None:
        """Refuse to take a yes back that is signed. Asks the stored row, because the one at hand may be old."""
        if to not in (*self.PROMISED, self.Status.OFF):
            stored = Collaboration._base_manager.select_related("party__contract").get(pk=self.pk)
            if stored.is_promised and is_bound(stored):
                raise Refused(self, columns.IS_SIGNED)

    def held_because(self, at: dt.datetime) -> str:
        """What keeps this offer from being agreed, in words that say what to do; empty when nothing does."""
        holds = holds_of([Offer(self.influencer_id, self.fee)], at).get(self.influencer_id, [])
        return str(columns.HELD) % {"why": " ".join(hold.why for hold in holds)} if holds else ""

    def _move(
        self, to: str, moves: Moves, verb: str, sentence: Any, at: dt.datetime, actor: Actor, *,
        also: dict[str, Any] | None = None, why: str = "", **told: Unpack[Told],
    ) -> None:  # fmt: skip
        move(
            self, to, moves=moves, at=at, actor=actor, verb=verb, sentence=sentence, also=also,
            params={"campaign": self.campaign, "column": self.Status(to).label, "why": why},
            influencer=self.influencer_id, brand=self.campaign.brand_id, **told,
        )  # fmt: skip

    def _set_pause(
        self, since: dt.datetime | None, at: dt.datetime, actor: Actor, verb: str, sentence: Any, **told: Unpack[Told]
    ) -> None:
        running = Collaboration._base_manager.filter(pk=self.pk, paused_at__isnull=since is not None)
        with transaction.atomic():
            went_on = {} if since else {"resumed_at": at}
            if not running.update(paused_at=since, **went_on, updated_at=at):
                raise Refused(self, columns.ALREADY_PAUSED if since else columns.NOT_PAUSED)
            self._tell(verb, sentence, at, actor, **told)
        self.paused_at = since
        ring_after_commit()

    def _tell(self, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        record(
            verb, sentence, at=at, actor=actor, subject=self, params={"campaign": self.campaign},
            influencer=self.influencer_id, brand=self.campaign.brand_id, **told,
        )  # fmt: skip
