"""What is due around a brief: that she accepts it, what is small and new in it, and the hour before which nobody posts."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.briefs import marks  # noqa: F401  puts itself into the places of the board
from campaigns.briefs.acceptance import ACCEPTED, Standing, standings_of
from campaigns.briefs.content import moment
from campaigns.briefs.models import BriefSending, BriefVariant, BriefVersion
from campaigns.briefs.sending import words_about
from campaigns.planning.card_dues import due_about, facts_about
from campaigns.planning.models import Campaign, Collaboration, CollaborationQuerySet, Deliverable
from campaigns.planning.queries import CAMPAIGN_STOPPED, manager_ids
from crm.base.zones import end_of_day, local_date
from crm.contracts.models import Contract
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due, wanted

ACK, NEWS, EMBARGO = "brief.ack", "brief.news", "brief.embargo"
SHOWN_AFTER = dt.timedelta(days=3)
"""From when on a brief nobody accepts stands on Today; until then she is reminded."""

IS_ACCEPTED, NOT_SENT = _("The brief is accepted"), _("No brief was sent")
NOT_AGREED, PAUSED = _("Nothing is agreed yet"), _("Reminders about this collaboration are paused")
SIGNS_FIRST = _("She is asked to sign the contract first")
NO_NEWS = _("Nothing small is new since she accepted it")
PASSED, POSTED, NO_EMBARGO = _("The hour has passed"), _("Everything is posted"), _("There is no hour to wait for")
GONE = _("The person is archived, or does not want to be contacted")


@dataclass(frozen=True)
class Asks:
    """One card with how it stands with its brief, who is asked, and when it was sent last."""

    card: Collaboration
    standing: Standing
    route: Route
    sent_at: dt.datetime | None
    managers: tuple[int, ...]
    now: dt.datetime

    @property
    def zone(self) -> str:
        return self.card.campaign.zone

    def stopped(self) -> Any:
        """Why she hears nothing at all about this card now."""
        card, campaign = self.card, self.card.campaign
        if campaign.status != Campaign.Status.LIVE:
            return CAMPAIGN_STOPPED[campaign.status]
        if not card.is_promised:
            return NOT_AGREED
        if not card.may_be_reminded:
            return PAUSED
        person = card.influencer
        if person.archived_at is not None or not person.may_be_contacted(local_date(self.now, self.zone)):
            return GONE
        return ""

    @property
    def is_on_hold(self) -> bool:
        return not self.card.may_be_reminded or self.card.campaign.status == Campaign.Status.PAUSED


@due(ACK, label=_("Briefs to accept"), of="campaigns.Collaboration", order=22, on_calendar=False)
def acceptances(asked: Asked) -> Iterator[Due]:
    """From the day the brief was sent, until she has accepted it. On Today only once reminding did not help."""
    for one in _asks(asked):
        is_young = one.sent_at is not None and asked.now < one.sent_at + SHOWN_AFTER
        if one.sent_at is None or (asked.user is not None and asked.subjects is None and is_young):
            continue
        signs = _signs_first(one.card)
        why = one.stopped() or ("" if one.standing.is_open else IS_ACCEPTED) or (SIGNS_FIRST if signs else "")
        on = local_date(one.sent_at, one.zone)
        yield from wanted(
            _due(ACK, one, on, end_of_day(on, one.zone), TITLES[ACK], why, on_hold=one.is_on_hold or signs), asked
        )


@due(NEWS, label=_("Small news in briefs"), of="campaigns.Collaboration", order=23, on_calendar=False)
def small_news(asked: Asked) -> Iterator[Due]:
    """A small change is told once to whoever accepted an earlier version. Nobody has to do anything about it."""
    if asked.user is not None and asked.subjects is None:
        return
    for one in _asks(asked):
        version, ack = one.standing.version, one.standing.ack
        if version is None or version.released_at is None:
            continue
        is_news = one.standing.state == ACCEPTED and ack is not None and ack.version_id != version.pk
        on = local_date(version.released_at, one.zone)
        yield from wanted(
            _due(NEWS, one, on, end_of_day(on, one.zone), TITLES[NEWS], one.stopped() or ("" if is_news else NO_NEWS)),
            asked,
        )


@due(EMBARGO, label=_("Not before"), of="campaigns.Collaboration", order=24, clock=True)
def embargoes(asked: Asked) -> Iterator[Due]:
    """The hour before which nothing of it may be seen, for whoever has something to post still."""
    if asked.calendar and asked.subjects is None:
        yield from embargoes_for_a_calendar(asked)
        return
    asks = [(one, at) for one in _asks(asked) if (at := embargo_of(one.standing)) is not None]
    waiting = _with_unposted([one.card for one, _at in asks])
    for one, at in asks:
        why = one.stopped() or (PASSED if at <= asked.now else "") or ("" if one.card.pk in waiting else POSTED)
        yield from wanted(_due(EMBARGO, one, local_date(at, one.zone), at, TITLES[EMBARGO], why), asked)


TITLES: Mapping[str, Any] = {
    ACK: _("Acceptance of the brief for “{campaign}”"),
    NEWS: _("Something small is new in the brief for “{campaign}”"),
    EMBARGO: _("Not before this hour: “{campaign}”"),
}


def embargoes_for_a_calendar(asked: Asked) -> Iterator[Due]:
    """The same for those who only look, in one query: nobody is written to, so nobody's address is asked for."""
    theirs = BriefVersion.objects.released().filter(brief__campaign=OuterRef("campaign")).order_by("-number")
    hers = BriefVariant.objects.filter(collaboration=OuterRef("pk")).values("overrides")[:1]
    unposted = Deliverable.objects.post_open().filter(collaboration=OuterRef("pk"))
    rows = _open_cards(asked).filter(Exists(unposted))
    rows = rows.annotate(embargo_at=Subquery(theirs.values("embargo_at")[:1]), own=Subquery(hers))
    for card in rows.filter(Q(embargo_at__isnull=False) | Q(own__isnull=False)):
        own: Mapping[str, Any] = card.own or {}  # type: ignore[attr-defined]
        at = moment(own.get("embargo_at")) or card.embargo_at  # type: ignore[attr-defined]
        if at is None or at <= asked.now:
            continue
        one = Asks(card, Standing(), Route((), ()), None, (), asked.now)
        found = _due(EMBARGO, one, local_date(at, one.zone), at, TITLES[EMBARGO], one.stopped())
        yield from wanted(found, asked)


def embargo_of(standing: Standing) -> dt.datetime | None:
    """Not before when, as she has it."""
    if standing.version is None:
        return None
    return moment(standing.overrides.get("embargo_at")) or standing.version.embargo_at


def _asks(asked: Asked) -> Sequence[Asks]:
    """The cards a question may be about, read once for the three kinds in a fixed number of queries."""
    return asked.once("briefs", lambda: list(_read(asked)))  # type: ignore[no-any-return]


def _read(asked: Asked) -> Iterator[Asks]:
    cards = _cards(asked)
    if not cards:
        return
    standings = standings_of(cards)
    sent: dict[int, dt.datetime] = {}
    rows = BriefSending.objects.filter(collaboration__in=[card.pk for card in cards]).order_by("sent_at", "pk")
    for pk, at in rows.values_list("collaboration_id", "sent_at"):
        sent[pk] = at
    routes = mail_routes({card.influencer_id for card in cards}, asked.now)
    managers = manager_ids({card.campaign.brand_id for card in cards})
    for card in cards:
        route = routes.of(card.influencer_id, Topic.WORK)
        yield Asks(
            card, standings[card.pk], route, sent.get(card.pk), managers[card.campaign.brand_id], asked.now
        )  # fmt: skip


def _cards(asked: Asked) -> list[Collaboration]:
    rows = _open_cards(asked) if asked.subjects is None else _seen(asked).filter(pk__among=asked.subjects)
    return list(rows.select_related("party__contract", "party__signature"))


def _open_cards(asked: Asked) -> CollaborationQuerySet:
    """The cards of live campaigns with a released brief, of those who promised and may be reminded."""
    briefed = BriefVersion.objects.released().values("brief__campaign")
    rows = _seen(asked).promised().filter(campaign__status=Campaign.Status.LIVE, campaign__in=briefed)
    return rows.filter(paused_at__isnull=True, reminders_off_at__isnull=True)


def _seen(asked: Asked) -> CollaborationQuerySet:
    rows = Collaboration.objects.all() if asked.user is None else Collaboration.objects.visible_to(asked.user)
    return rows.select_related("campaign__brand", "campaign__owner", "influencer").order_by("pk")


def _signs_first(card: Collaboration) -> bool:
    """Whether her contract waits for her signature: one thing at a time."""
    party = card.party
    return party is not None and party.contract.status == Contract.Status.SENT and not hasattr(party, "signature")


def _with_unposted(cards: Iterable[Collaboration]) -> set[int]:
    rows = Deliverable.objects.post_open().filter(collaboration__in=[card.pk for card in cards])
    return set(rows.values_list("collaboration_id", flat=True).order_by())


def _due(
    kind: str, one: Asks, on: dt.date, at: dt.datetime, title: Any, why: Any, *, on_hold: bool = False
) -> Due:  # fmt: skip
    card, campaign = one.card, one.card.campaign
    born = [moment_ for moment_ in (campaign.live_at, card.promised_at, card.reminders_on_at) if moment_ is not None]
    return due_about(
        card,
        kind=kind,
        due_on=on,
        due_at=at,
        zone=one.zone,
        title=format_lazy(title, campaign=campaign.name),
        manager_ids=one.managers,
        contact_ids=one.route.to,
        copy_ids=one.route.copies,
        url=f"{reverse('collaboration', args=[card.pk])}#brief",
        verb=_("Look at it"),
        icon="journal-text",
        stopped_why=why,
        on_hold=on_hold,
        born_at=max(born, default=None),
        went_on_at=max((at for at in (card.resumed_at, campaign.resumed_at) if at is not None), default=None),
        facts=_facts(one),
    )


def _facts(one: Asks) -> dict[str, Any]:
    if one.standing.version is None:
        return facts_about(one.card)
    words = words_about(one.card.influencer.stage_name, one.standing, is_hers=True)
    return {**facts_about(one.card), "campaign": one.card.campaign.name, "words": words}
