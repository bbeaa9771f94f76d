"""Rows of a report in words: a person, a campaign of an umbrella, and everything together."""

from collections.abc import Sequence

from campaigns.results.reckoning.basis import Basis
from campaigns.results.reckoning.shape import Group
from campaigns.results.reports.pieces import Part, Person, Row
from campaigns.results.reports.words import count, money_brief, rate, short
from campaigns.results.reports.words import money as full_money

MOST_PEOPLE = 200


def row_of(group: Group, basis: Basis, currency: str) -> Row:
    counts = group.counts
    return Row(
        name=group.label, posts=count(group.posts), people=count(group.people), reach=short(counts.reach),
        orders=count(counts.orders), cost=money_brief(counts.cost, currency), rate=rate(group.median(basis.rate)),
        each=full_money(basis.cost_each(counts), currency),
    )  # fmt: skip


def person_rows(people: Sequence[Person], basis: Basis, currency: str) -> list[Row]:
    """Those who reached the most; a page of thousands is read by nobody, files hold them all."""
    return [row_of(one.group, basis, currency).with_card(one.card, one.shares) for one in people[:MOST_PEOPLE]]


def part_rows(parts: Sequence[Part], basis: Basis, currency: str) -> list[Row]:
    return [row_of(one.group, basis, currency).with_campaign(one.campaign, one.depth) for one in parts]
