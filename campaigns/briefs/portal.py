"""The brief on her own page: as she has it, what is new, and her yes; also as a box beside whatever she answers."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.acceptance import Standing, accept, read_by, standings_of
from campaigns.briefs.accepting.forms import AcceptForm, UseForm
from campaigns.briefs.use import answer_use, open_uses
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import Part, her_part
from crm.contracts.models import Contract
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Asking,
    PortalFeature,
    PortalTask,
    Tick,
    Told,
    offered,
    portal_task,
    with_answers,
)
from crm.timeline.transitions import TransitionRefused

BRIEF, USE = "brief", "use"
PAGE = "portal-campaign"
THANKS = _("Thank you. We know that you have read the brief.")
USE_THANKS = _("Thank you for telling us.")
READ_IT = _("Read the brief")

ACCEPT = Answer("accept", _("I have read it"), _("Has accepted the brief"), THANKS, AcceptForm, icon="check2-square")
TOLD_ACCEPT = Answer("accept", _("I have read it"), _("Has accepted the brief"), THANKS, None, icon="check2-square")
USES = Answer("uses", _("Tell us how you use it"), _("Says how she uses it"), USE_THANKS, UseForm, True, "bag")


class Briefs:
    """Briefs that wait for her yes, for the first time or anew."""

    THANKS = {"accept": THANKS}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        cards = her_cards(asking)
        standings = standings_of(cards)
        return [_task(card, standings[card.pk], asking) for card in cards if standings[card.pk].is_open]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        say_yes(asking, task.subject_id, told, str(told.data.get("seen") or ""))


@portal_task(BRIEF, order=6)
def briefs() -> PortalFeature:
    return Briefs()


class Uses:
    """Products she is asked about: whether she really uses them."""

    THANKS = {"uses": USE_THANKS}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [
            PortalTask(
                USE,
                row.collaboration_id,
                format_lazy(_("How do you like it? {campaign}"), campaign=row.collaboration.campaign.name),
                [USES],
                brand_id=row.collaboration.campaign.brand_id,
                zone=row.collaboration.campaign.zone,
                lines=[_("We ask before you post, so that what you say is true. “Not yet” is a fine answer.")],
                campaign=row.collaboration.campaign.name,
                whole_page=PAGE if asking.contact is not None else "",
                whole_id=row.collaboration_id,
            )
            for row in open_uses(her_cards(asking))
        ]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        card = _card(asking, task.subject_id)
        try:
            answer_use(
                card, told.data, at=told.at, actor=told.actor, channel=told.channel, quote=told.quote, file=told.file
            )
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused


@portal_task(USE, order=12)
def uses() -> PortalFeature:
    return Uses()


@her_part("brief", order=30)
def brief_part(card: Collaboration, asking: Asking) -> Part | None:
    """The brief as she has it, for whoever has agreed."""
    is_hers = any(one.pk == card.pk for one in her_cards(asking))
    read = read_by(card) if is_hers else None
    if read is None:
        return None
    task = offered(_task(card, read.standing, asking), asking)
    may_accept = read.standing.is_open and task.answer("accept") is not None
    return Part("campaigns/briefs/her_part.html", {"read": read, "may_accept": may_accept, "feature": BRIEF})


@with_answers("brief")
def brief_tick(asking: Asking, task: PortalTask) -> list[Tick]:
    """The brief of the campaign a task is about, to be accepted in passing; for a contract, of its campaign."""
    cards = [card for card in her_cards(asking) if _is_about(card, task)]
    standings = standings_of(cards) if asking.contact is not None and asking.may_say(ACCEPT) else {}
    return [_tick(card, standings[card.pk]) for card in cards if card.pk in standings and standings[card.pk].is_open]


def _is_about(card: Collaboration, task: PortalTask) -> bool:
    if task.feature == "contract":
        return card.party is not None and card.party.contract_id == task.subject_id
    return task.feature == "deliverable" and task.subject_id in {row.pk for row in card.deliverables.all()}


def _tick(card: Collaboration, standing: Standing) -> Tick:
    version, seen = standing.version, standing.token
    assert version is not None

    def take(asking: Asking, told: Told) -> None:
        say_yes(asking, card.pk, told, seen)

    label = format_lazy(_("I have read the brief (version {number})"), number=version.number)
    return Tick(f"brief-{seen}", label, take, PAGE, card.pk)


def her_cards(asking: Asking) -> list[Collaboration]:
    """Her parts in live campaigns that she has agreed to, or is asked to sign for."""
    signs = Q(party__contract__status=Contract.Status.SENT) & ~Q(status=Collaboration.Status.OFF)
    rows = Collaboration.objects.filter(Q(status__in=Collaboration.PROMISED) | signs).filter(
        influencer_id=asking.influencer_id, campaign__status=Campaign.Status.LIVE, paused_at__isnull=True
    )
    if asking.brand_id is not None:
        rows = rows.filter(campaign__brand_id=asking.brand_id)
    found = rows.select_related("campaign__brand", "campaign__owner", "influencer", "party")
    return list(found.prefetch_related("deliverables").order_by("pk"))


def say_yes(asking: Asking, card_id: int, told: Told, seen: str) -> None:
    """Her yes, or what a colleague noted of it. Raises AnswerRefused."""
    card = _card(asking, card_id)
    try:
        accept(
            card, seen, at=told.at, actor=told.actor, contact=asking.contact, address=told.address,
            channel=told.channel, quote=told.quote, file=told.file,
        )  # fmt: skip
    except TransitionRefused as refused:
        raise AnswerRefused(str(refused)) from refused


def _card(asking: Asking, pk: int) -> Collaboration:
    found = next((card for card in her_cards(asking) if card.pk == pk), None)
    if found is None:
        raise AnswerRefused(_("This is no longer asked for. Nothing was changed."))
    return found


def _task(card: Collaboration, standing: Standing, asking: Asking) -> PortalTask:
    is_hers = asking.contact is not None
    return PortalTask(
        BRIEF,
        card.pk,
        format_lazy(_("Brief for {campaign}"), campaign=card.campaign.name),
        [ACCEPT if is_hers else TOLD_ACCEPT],
        brand_id=card.campaign.brand_id,
        zone=card.campaign.zone,
        is_next=True,
        lines=[_("There is something new in it.")] if standing.ack is not None else [],
        campaign=card.campaign.name,
        initial={"seen": standing.token},
        page=PAGE if is_hers else "",
        page_label=READ_IT,
    )
