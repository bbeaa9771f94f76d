"""One agreement of a brand with one or several people, from its draft to its last day."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField, ZoneField
from crm.base.models import Stamped, StoredFile
from crm.base.zones import end_of_day, local_midnight
from crm.brands.models import Brand, Category
from crm.contracts.models.going_on import GoesOn, notice_may_be_over
from crm.contracts.models.on_paper import OnPaper
from crm.contracts.models.standing import (
    BEGUN,
    IN_FORCE,
    MOVES,
    OPEN,
    SENTENCES,
    TONES,
    WRITTEN,
    Decision,
    Kind,
    Stands,
    Status,
)
from crm.outbox.models import Contact
from crm.privacy.held import held_people
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.transitions import may_move, move

if TYPE_CHECKING:
    from crm.contracts.models.parties import Party
    from crm.contracts.models.terms import PromisedPost
    from crm.team.models import User


class ContractQuerySet(OnPaper):
    def visible_to(self, user: "User") -> "ContractQuerySet":
        """Of their brands; what is held of somebody forgotten only to whoever answers for it."""
        brands = user.brand_ids()
        mine = self if brands is None else self.filter(brand_id__in=brands)
        if user.has_perm("crm.read_held"):
            return mine
        parties = apps.get_model("crm", "Party")._default_manager
        return mine.exclude(pk__in=parties.held_alone(held_people()).values("contract_id"))

    def open(self) -> "ContractQuerySet":
        """Everything somebody still has to do something about, or that runs."""
        return self.filter(status__in=Contract.OPEN)

    def in_force(self) -> "ContractQuerySet":
        return self.filter(status__in=Contract.IN_FORCE)

    def making_due(self) -> "ContractQuerySet":
        """What happens under them is paid by itself."""
        return self.filter(status__in=(*Contract.IN_FORCE, Contract.Status.ENDED))

    def standing(self, statuses: "tuple[str, ...]") -> "ContractQuerySet":
        """Contracts that stand in one of these, named by whoever asks."""
        return self.filter(status__in=statuses)

    def called(self, words: str) -> "ContractQuerySet":
        """Contracts whose title, brand or person has these words."""
        with_them = Contract.objects.filter(parties__name__icontains=words).values("pk")
        return self.filter(Q(title__icontains=words) | Q(brand__name__icontains=words) | Q(pk__in=with_them))

    def with_terms(self) -> "ContractQuerySet":
        """Everything it says and who says it, in a fixed number of queries."""
        joined = ["brand", "owner", "payee", "paper", "document", "stamp_file", "wording__template", "approved_by"]
        return self.select_related(*joined).prefetch_related(
            Prefetch("parties", read("Party").select_related("influencer", "signature")),
            Prefetch("lines", read("PayLine").select_related("party")),
            Prefetch("posts", read("PromisedPost").select_related("format__platform", "party")),
            "rights__platforms",
        )

    def of_person(self, pk: int) -> "ContractQuerySet":
        return self.filter(pk__in=Contract.objects.filter(parties__influencer=pk).values("pk"))

    def by_date(self) -> "ContractQuerySet":
        """Those the calendar alone moves on, sooner or later."""
        waiting = Q(status=Contract.Status.SENT, offer_until_on__isnull=False)
        running = Q(status=Contract.Status.ACTIVE, end_on__isnull=False) | Q(status=Contract.Status.IN_NOTICE)
        return self.filter(Q(status=Contract.Status.SIGNED) | waiting | running)

    def touched_by(self, on: dt.date) -> "ContractQuerySet":
        """Of those, the ones the calendar may have something to do with by that day; a day of slack, because days begin
        at different hours. What goes on by itself is looked at for as long as its day for notice may be over, which is
        counted and not kept; what ends by a notice, always.
        """
        near = on + dt.timedelta(days=1)
        begun = Q(status=Contract.Status.SIGNED) & (Q(start_on__isnull=True) | Q(start_on__lte=near))
        goes_on = Q(renewal=Contract.Renewal.AUTO) & notice_may_be_over(near)
        over = (Q(end_on__lte=near) | goes_on | Q(status=Contract.Status.IN_NOTICE)) & ~Q(status=Contract.Status.SENT)
        return self.by_date().filter(begun | over | Q(status=Contract.Status.SENT, offer_until_on__lte=near))


class Contract(Stands, GoesOn, Stamped):
    """draft -> in review -> sent -> signed -> active (by date) -> in notice -> ended; the ways out beside it.

    Days are inclusive and counted in `zone`. The words are frozen when it is sent: `text` and its SHA-256 never change after.
    """

    Kind, Status, Decision = Kind, Status, Decision
    WRITTEN, IN_FORCE, OPEN, MOVES, TONES = WRITTEN, IN_FORCE, OPEN, MOVES, TONES

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CAMPAIGN)
    title = models.CharField(_("title"), max_length=160)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product category"),
        help_text=_("What is advertised. Exclusivity promises are held against it."),
    )  # fmt: skip
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    payee = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is paid"),
        help_text=_("Empty: each person herself. An agent may be paid for several people."),
    )  # fmt: skip
    entity = models.CharField(
        _("company that signs"), max_length=160, blank=True, help_text=_("The legal name on the brand's side.")
    )
    start_on = models.DateField(_("first day"), null=True, blank=True, help_text=_("Empty: the day it is signed."))
    end_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until somebody ends it."))
    zone = ZoneField(_("time zone"))
    language = LanguageField(_("language"))
    offer_until_on = models.DateField(_("the offer stands until"), null=True, blank=True)
    said = models.CharField(_("as it was said"), max_length=300, blank=True)
    note = models.TextField(_("note for us"), blank=True, help_text=_("Never shown outside the house."))
    wording = models.ForeignKey(
        "crm.ContractWording", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("template")
    )
    extra_words = models.TextField(
        _("further terms"),
        blank=True,
        help_text=_("Stands under the words of the template, in the contract's language."),
    )
    text = models.TextField(_("words"), blank=True, editable=False)
    text_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("their paper"),
        help_text=_("Somebody else's contract as a file; its terms are entered here as data."),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("approved by"),
    )  # fmt: skip
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    approved_sum = models.CharField(_("approved at"), max_length=60, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("ended early on"), null=True, blank=True, editable=False)
    closed_why = models.CharField(_("because"), max_length=300, blank=True, editable=False)
    notice_on = models.DateField(_("notice given on"), null=True, blank=True, editable=False)
    decision = models.CharField(_("decided"), max_length=7, choices=Decision, blank=True, default="", editable=False)
    decided_for_on = models.DateField(_("decided about the last day"), null=True, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False,
        verbose_name=_("instead of"),
    )  # fmt: skip
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments", editable=False,
        verbose_name=_("amends"),
    )  # fmt: skip
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("signed document"),
    )  # fmt: skip
    stamp_serial = models.CharField(_("e-Meterai number"), max_length=40, blank=True)
    stamp_on = models.DateField(_("stamped on"), null=True, blank=True)
    stamp_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped paper")
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "-id"], name="contract_status"),
            models.Index(fields=["brand", "-id"], name="contract_brand"),
            models.Index(fields=["status", "end_on"], name="contract_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(start_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="contract_forward",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(renewal="auto")
                | Q(start_on__isnull=False, end_on__isnull=False, renew_months__gte=1, notice_value__isnull=False),
                name="contract_renews_by_terms",
                violation_error_message=_(
                    "A contract that goes on by itself needs both its days, for how many months it goes on, and its notice."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "signed", "active", "in_notice", "ended", "terminated"])
                | ~Q(text_sha256="")
                | Q(paper__isnull=False),
                name="contract_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "active", "in_notice", "ended", "terminated", "superseded"])
                | Q(signed_at__isnull=False),
                name="contract_signed_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def added_to(contract: int) -> Q:
        """Terms of amendments of a contract whose day has come."""
        return Q(contract__amends=contract, contract__status__in=BEGUN)

    @property
    def talents(self) -> "list[Party]":
        """The people it is about; asks nothing where `with_terms` has read them."""
        return [party for party in self.parties.all() if party.is_talent]

    @property
    def people(self) -> list[int]:
        """Their ids, to be held while something is promised."""
        return [party.influencer_id for party in self.talents if party.influencer_id]

    @property
    def owed(self) -> "list[PromisedPost]":
        """The posts still promised."""
        return [post for post in self.posts.all() if post.dropped_at is None]

    @property
    def number(self) -> str:
        """What it is called on paper and in letters: its year and its number."""
        return f"{self.created_at:%Y}/{self.pk:05d}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES.get(self.status, "mute")

    @property
    def is_editable(self) -> bool:
        """Terms and words may be changed: nobody outside has seen them."""
        return self.status in self.WRITTEN

    @property
    def is_theirs(self) -> bool:
        return self.paper_id is not None

    @property
    def document_sha256(self) -> str:
        """The hash of what is signed: of our words, or of their file."""
        return self.text_sha256 or (self.paper.sha256 if self.paper else "")

    @property
    def last_on(self) -> dt.date | None:
        """The day after which nothing of it runs, ended early or not."""
        return self.closed_on or self.end_on

    def has_begun(self, now: dt.datetime) -> bool:
        return self.start_on is None or local_midnight(self.start_on, self.zone) <= now

    def is_over(self, now: dt.datetime) -> bool:
        """Whether the last day, as its own zone has it, has passed."""
        return self.end_on is not None and end_of_day(self.end_on, self.zone) <= now

    def has_lapsed(self, now: dt.datetime) -> bool:
        """Whether nobody signed in time."""
        until = self.offer_until_on
        return self.status == self.Status.SENT and until is not None and end_of_day(until, self.zone) <= now

    def may_be(self, status: str) -> bool:
        return may_move(self, status, self.MOVES)

    def put(
        self, to: str, *, at: dt.datetime, actor: Actor = SYSTEM, also: dict[str, Any] | None = None, **told: Any
    ) -> None:
        """Move it, telling the story of everybody it is about. Raises TransitionRefused."""
        params = {"contract": self.title, "number": self.number, **told.pop("params", {})}
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=f"contract.{to}",
            sentence=told.pop("sentence", None) or SENTENCES[to], also=also, params=params, brand=self.brand_id,
            people=self.people, **told,
        )  # fmt: skip


def read(model: str) -> Any:
    """All rows of a model that stands in a file above this one."""
    return apps.get_model("crm", model)._default_manager.all()
