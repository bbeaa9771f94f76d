"""Bars and engagements as the rows the guard compares: one for each stretch of time with one house."""

from collections.abc import Iterator

from crm.base.windows import Window
from crm.exclusivity.models import Claim
from crm.exclusivity.models.claims import BEGINNING, END
from crm.exclusivity.terms import FIRM, Bar, Engagement, Standing, World
from crm.exclusivity.tokens import Tokens, tokens_of_bar, tokens_of_engagement


def source_of(bar: Bar) -> str:
    return f"crm.clause:{bar.clause}"


def claims_of_bar(bar: Bar, world: World) -> Iterator[Claim]:
    """One claim for each certain stretch. Nothing for a clause that only warns: it refuses nobody."""
    if bar.standing != Standing.ACTIVE or not bar.blocks or not bar.is_known or not (bar.beneficiary and bar.house):
        return
    tokens, house = tokens_of_bar(bar, world), world.root_of(bar.house)
    for stretch in bar.stretches if tokens.may_meet else ():
        if stretch.core is not None:
            yield _claim(
                bar.person, Claim.Side.BAR, source_of(bar), house, bar.beneficiary, bar.own_house_counts,
                stretch.core, tokens,
            )  # fmt: skip


def claims_of_engagement(engagement: Engagement, world: World) -> Iterator[Claim]:
    """One claim for each person and each house the brand belongs to meanwhile. Work that is not firm claims nothing."""
    if engagement.certainty not in FIRM:
        return
    for window, house in world.owners_during(engagement.brand, engagement.window):
        if house is None:
            continue
        tokens = tokens_of_engagement(engagement, world.houses.line(house))
        for person in sorted(engagement.people):
            yield _claim(
                person, Claim.Side.ENGAGEMENT, engagement.ref, world.root_of(house), engagement.brand, True,
                window, tokens,
            )  # fmt: skip


def _claim(
    person: int, side: int, source: str, house: int, brand: int, within_house: bool, window: Window, tokens: Tokens
) -> Claim:
    return Claim(
        influencer_id=person,
        side=side,
        source=source,
        house_id=house,
        brand_id=brand,
        within_house=within_house,
        start_at=window.start_at or BEGINNING,
        end_at=window.end_at or END,
        subjects=tokens.subjects,
        channels=tokens.channels,
        territories=tokens.territories,
        acts=tokens.acts,
    )
