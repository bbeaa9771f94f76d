"""Asking the database once for everything some captions are judged by; the same number of queries for one and for fifty."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.conf import settings

from campaigns.approvals.checking import building
from campaigns.approvals.checking.asked import Asked, Clash
from campaigns.approvals.checking.markets import audiences_of, countries_above, countries_of_places
from campaigns.approvals.checking.reference import Reference
from campaigns.approvals.checking.rules.selling import codes_in
from campaigns.briefs.acceptance import Standing, standings_of
from campaigns.briefs.content import Content, content_of, merged
from campaigns.briefs.models import BriefVersion
from campaigns.planning.models import Campaign, Deliverable
from campaigns.planning.models.promises import engagement_of
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.base.models import Organisation
from crm.base.windows import day_window
from crm.base.zones import local_date
from crm.exclusivity.bars import bars_of, brands_of, sells_of, world_of
from crm.exclusivity.conflicts import judged
from crm.exclusivity.predicate import Severity
from crm.influencers.models import Format

HERE = "Asia/Jakarta"


def asked_of(
    deliverables: Iterable[Deliverable], now: dt.datetime, *, briefs: Mapping[int, int | None] | None = None,
    planned: Mapping[int, dt.datetime | None] | None = None,
) -> dict[int, Asked]:  # fmt: skip
    """What the captions of these deliverables are judged by, without the captions.

    `briefs` are the versions somebody had accepted when she handed in, by deliverable; without one it is what she
    accepted last, or the newest. `planned` are the moments she means to post.
    """
    rows = _rows([row.pk for row in deliverables])
    contents = _contents(rows, briefs or {})
    reference = Reference.on(local_date(now, HERE))
    markets = _markets(rows)
    codes, links = _codes(rows), _links(rows)
    clashes = _clashes(rows, planned or {})
    found = {}
    for row in rows:
        asked = building.asked_from(
            reference, kind=row.format, markets=markets[row.pk], content=contents.get(row.pk),
            campaign=row.collaboration.campaign,
        )  # fmt: skip
        found[row.pk] = replace(
            asked, code=building.code_of(codes.get(row.collaboration_id)),
            link=building.link_of(asked, links.get(row.pk), settings.BASE_URL),
            posting=building.posting_of(row, contents.get(row.pk)), clashes=clashes.get(row.pk, ()),
            planned_at=(planned or {}).get(row.pk), is_live=row.status == Deliverable.Status.PUBLISHED,
        )  # fmt: skip
    return found


def asked_for(
    kind: Format | None, market: str, campaign: Campaign | None, now: dt.datetime, *, about: str = ""
) -> Asked:
    """What a caption nobody handed in yet would be judged by; `about` is a regulated kind."""
    content = None
    if campaign is not None:
        released = BriefVersion.objects.filter(brief__campaign=campaign).released().newest_first().whole().first()
        content = content_of(released) if released is not None else None
    reference = Reference.on(local_date(now, HERE))
    return building.asked_from(
        reference, kind=kind, markets=[market] if market else [], content=content, campaign=campaign,
        about=about,
    )  # fmt: skip


def foreign_codes(captions: Iterable[str]) -> dict[str, int]:
    """Voucher codes of ours that stand in these captions, with the collaboration each belongs to. One query at most."""
    named = {text for caption in captions for text, _at in codes_in(caption)}
    return dict(VoucherCode.objects.filter(code__in=named).values_list("code", "collaboration_id")) if named else {}


def with_words(
    asked: Asked,
    caption: str,
    platform: int | None,
    *,
    codes: Mapping[str, int],
    card: int | None,
    label_on: bool = False,
) -> Asked:
    """The same, of these words on this platform; None is the deliverable's own."""
    foreign = frozenset(text for text, owner in codes.items() if owner != card)
    heard = replace(asked, caption=caption, foreign_codes=foreign, label_on=label_on)
    if platform is None:
        return heard
    return replace(heard, limit=asked.limits.get(platform), platform="", is_story=False, is_video=False)


def _rows(keys: Sequence[int]) -> list[Deliverable]:
    """With everything that is read of them."""
    found = Deliverable.objects.filter(pk__in=keys).with_card().select_related(
        "collaboration__party__contract", "collaboration__influencer__territory"
    )  # fmt: skip
    return list(
        found.prefetch_related(
            "collaboration__campaign__territories",
            "collaboration__campaign__products",
            "collaboration__campaign__brand__rivals",
        ).order_by("pk")
    )


def _contents(rows: Sequence[Deliverable], briefs: Mapping[int, int | None]) -> dict[int, Content]:
    """What the brief says to each of them, as she accepted it."""
    standings = standings_of(list({row.collaboration_id: row.collaboration for row in rows}.values()))
    chosen = {row.pk: _chosen(standings[row.collaboration_id], briefs.get(row.pk)) for row in rows}
    versions = BriefVersion.objects.whole().in_bulk([pk for pk in chosen.values() if pk])
    return {
        row.pk: merged(content_of(version), standings[row.collaboration_id].overrides)
        for row in rows
        if (version := versions.get(chosen[row.pk] or 0)) is not None
    }


def _chosen(standing: Standing, accepted: int | None) -> int | None:
    if accepted:
        return accepted
    if standing.ack is not None:
        return standing.ack.version_id
    return standing.version.pk if standing.version is not None else None


def _markets(rows: Sequence[Deliverable]) -> dict[int, frozenset[str]]:
    """Where each campaign runs, where she is and where her audience is; the house's own country when nobody said."""
    places = countries_of_places()
    heard = audiences_of({row.collaboration.influencer_id for row in rows}, places)
    home = Organisation.load().country
    found = {}
    for row in rows:
        person, campaign = row.collaboration.influencer, row.collaboration.campaign
        runs = {code for place in campaign.territories.all() for code in countries_above(place.pk, places)}
        lives = {str(person.country)} if person.country else countries_above(person.territory_id, places)
        found[row.pk] = frozenset({*(runs or {home}), *lives, *heard.get(person.pk, ())})
    return found


def _codes(rows: Sequence[Deliverable]) -> dict[int, VoucherCode]:
    cards = {row.collaboration_id for row in rows}
    return {one.collaboration_id: one for one in VoucherCode.objects.standing().filter(collaboration__in=cards)}


def _links(rows: Sequence[Deliverable]) -> dict[int, TrackedLink]:
    return {one.deliverable_id: one for one in TrackedLink.objects.filter(deliverable__in=[row.pk for row in rows])}


def _clashes(rows: Sequence[Deliverable], planned: Mapping[int, dt.datetime | None]) -> dict[int, tuple[Clash, ...]]:
    """Promises about other brands that each of them would hit on the day it is meant for."""
    bars = bars_of({row.collaboration.influencer_id for row in rows})
    if not bars:
        return {}
    sells = sells_of({row.collaboration.campaign.brand_id for row in rows})
    work = {}
    for row in rows:
        one, at = engagement_of(row, row.collaboration, sells), planned.get(row.pk)
        day = local_date(at, row.zone) if at is not None and row.is_unposted else None
        work[row.pk] = replace(one, window=day_window(day, day, row.zone)) if day else one
    world = world_of({one.brand for one in work.values()} | brands_of(bars))
    found: dict[int, tuple[Clash, ...]] = {}
    for pk, one in work.items():
        meeting = judged([(bar, one) for bar in bars if bar.person in one.people], world)
        weighty = [met for met in meeting if met.severity >= Severity.WARN]
        found[pk] = tuple(Clash(f"clause {met.bar.clause}", met.severity == Severity.BLOCK) for met in weighty)
    return found
