"""A report, put together from its ground."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.planning.campaign_list import in_order
from campaigns.planning.models import Campaign
from campaigns.results.emv import emv_of
from campaigns.results.models import Order
from campaigns.results.reckoning.shape import Group, PostFigure, grouped
from campaigns.results.reports import aims, money_told, sections
from campaigns.results.reports.against import bands_for, compared
from campaigns.results.reports.charts import charts_of
from campaigns.results.reports.chosen import Chosen
from campaigns.results.reports.ground import Ground, ground_of
from campaigns.results.reports.headline import tiles_of
from campaigns.results.reports.pieces import OwnShare, Part, Person
from campaigns.results.reports.rows import part_rows, person_rows, row_of
from campaigns.results.reports.shape import Report
from crm.base.zones import local_date

if TYPE_CHECKING:
    from crm.team.models import User


def report_of(
    campaign: Campaign, *, user: "User | None" = None, now: dt.datetime, client: bool = False,
    prices: bool = True, chosen: Chosen | None = None,
) -> Report:  # fmt: skip
    """Everything the report of a campaign tells, with all that is part of it counted once.

    With a user only the parts she may see. `client` puts the client's prices where costs would stand, or nothing without
    `prices`, and leaves other brands out. Words are of the active language. A fixed number of queries.
    """
    return told(ground_of(campaign, user=user, now=now, client=client, prices=prices, chosen=chosen))


def told(ground: Ground) -> Report:
    campaign, chosen, currency = ground.campaign, ground.chosen, ground.currency
    aimed = aims.aims_of(campaign)
    kpis = aimed.kpis
    lines = aims.kpi_lines(kpis, reached(ground, ground.total), currency)
    sheet = money_told.cost_sheet(ground.spending, chosen, currency, client=ground.client)
    sample = sections.sample_of(ground.figures, chosen.mark, ground.now)
    newest_at = sections.newest_of(ground.figures)
    people, parts = people_of(ground, aimed), parts_told(ground)
    report = Report(
        campaign=campaign.pk, title=campaign.name, brand=str(campaign.brand), goal=campaign.get_goal_display(),
        goal_code=campaign.goal, period=sections.days(campaign.start_on, campaign.end_on), zone=campaign.zone,
        currency=currency, client=ground.client, mark=chosen.mark, mark_words=chosen.mark_words, sample=sample,
        newest_at=newest_at, age_words=sections.age_words(newest_at, ground.now), total=ground.total,
        basis=ground.basis.code, basis_words=str(ground.basis.words), match=chosen.match,
        tiles=tiles_of(lines, ground.total, ground.basis, campaign.goal, sheet, currency, client=ground.client), kpis=lines,
        changes=aims.changes_of(kpis, currency), benchmarks=compared(ground.figures, bands_for(chosen.row)),
        by_tier=by_tier(ground), by_platform=groups_by(ground, "platform"), by_format=groups_by(ground, "format"),
        by_person=people, by_post=ground.figures, parts=parts, costs=sheet,
        orders=money_told.order_sheet(ground.purse.all_sold, ground.total.counts, currency, client=ground.client),
        forecast=sections.forecast_of(ground.figures), sponsored=sections.sponsored_of(ground.figures),
        confounders=[] if ground.client else sections.also_of(ground.meanwhile.confounders),
        lift=[sections.lift_of(one) for one in ground.meanwhile.lifts],
        people_told=person_rows(people, ground.basis, currency), parts_told=part_rows(parts, ground.basis, currency),
        total_told=row_of(ground.total, ground.basis, currency),
        emv=emv_of(ground.figures, wanted=chosen.shows_emv, currency=currency, on=local_date(ground.now, campaign.zone)),
        notes=sections.notes_of(sample, chosen.mark_words, str(ground.basis.words)),
    )  # fmt: skip
    return charts_of(report, ground)


def reached(ground: Ground, group: Group, cards: Sequence[int] | None = None) -> aims.Reached:
    sold = [one for one in ground.purse.all_sold if cards is None or one.card in cards]
    by_code = sum(one.orders for one in sold if one.via == Order.Via.CODE)
    return aims.Reached(group, ground.basis, by_code if sold else None)


def by_tier(ground: Ground) -> list[Group]:
    """The largest accounts first; posts of unknown accounts last."""
    groups = grouped(ground.figures, tier_key, ground.purse.of_posts)
    return sorted(groups, key=lambda group: -max((one.counts.followers or 0 for one in group.figures), default=0))


def tier_key(one: PostFigure) -> tuple[str, str]:
    return one.tier, one.tier_name or _("Followers unknown")


def groups_by(ground: Ground, what: str) -> list[Group]:
    groups = grouped(
        ground.figures, lambda one: (getattr(one, what), getattr(one, f"{what}_name")), ground.purse.of_posts
    )
    return sorted(groups, key=lambda group: (-group.posts, group.label))


def people_of(ground: Ground, aimed: aims.Aims) -> list[Person]:
    """Each person once, whoever brought the most first, with her own part of the targets."""
    posts: dict[int, list[PostFigure]] = {}
    for one in ground.figures:
        posts.setdefault(one.person, []).append(one)
    cards: dict[int, dict[int, None]] = {}
    names: dict[int, str] = {}
    for person, name, card in [(c.person, c.name, c.pk) for c in ground.cards] + [
        (one.person, one.name, one.card) for one in ground.figures
    ]:
        cards.setdefault(person, {})[card] = None
        names[person] = name
    groups = {pk: ground.of_cards(names[pk], posts.get(pk, []), list(own)) for pk, own in cards.items()}
    shares = own_shares(ground, aimed, cards, groups)
    found = [
        Person(next(iter(cards[pk])), group.label, group, [line for card in cards[pk] for line in shares.get(card, ())])
        for pk, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-(one.group.counts.reach or 0), -one.group.posts, one.name))


def own_shares(
    ground: Ground, aimed: aims.Aims, cards: dict[int, dict[int, None]], groups: dict[int, Group]
) -> dict[int, list[OwnShare]]:
    if not aimed.carried:
        return {}
    whose = {card: reached(ground, groups[pk], list(own)) for pk, own in cards.items() for card in own}
    return aims.own_shares(aimed, whose, ground.currency)


def parts_told(ground: Ground) -> list[Part]:
    """Each campaign of an umbrella by itself; empty without parts."""
    if not ground.parts:
        return []
    own = Part(
        ground.campaign.pk, ground.campaign.name, 0, ground.of_campaigns(ground.campaign.name, [ground.campaign.pk])
    )
    below = in_order(list(ground.parts), ground.campaign.pk)
    return [own, *(Part(one.pk, one.name, depth, ground.of_campaigns(one.name, [one.pk])) for one, depth in below)]
