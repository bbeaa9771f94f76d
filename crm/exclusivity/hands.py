"""A brand in other hands: sisters become rivals or rivals sisters, so claims and findings are brought in line."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from crm.brands.models import Brand
from crm.brands.places import HandsKeeper, changed_hands
from crm.exclusivity.bars import bar_of, brands_of, world_of
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.conflicts import standing_conflicts, work_of
from crm.exclusivity.explaining import explain
from crm.exclusivity.gate import Door, hold
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Claim, Clause
from crm.exclusivity.predicate import Severity
from crm.team.models import User


class Hands:
    """Everybody who promised this brand something, or works for it, is looked at again."""

    def standing(self, brand: Brand, user: User, now: dt.datetime) -> Mapping[str, str]:
        """What warns or refuses today, in a sentence each."""
        people = people_of(brand)
        meeting = [one for one in standing_conflicts(people, now) if one.severity >= Severity.WARN] if people else []
        told = explain(meeting, user, now)
        return {
            f"{one.bar.clause}/{one.engagement.ref}/{one.severity}": f"{said.title}. {said.work}: {said.days}"
            for one, said in zip(meeting, told, strict=True)
        }

    def follow(self, brand: Brand, now: dt.datetime) -> None:
        """Claims say anew which house they are for. Nobody can refuse who owns a brand: what now meets stands unguarded."""
        people = hold(people_of(brand))
        if not people:
            return
        claims = self._claims(brand, people, now)
        Door(people, now).note(sorted({claim.source for claim in claims}), claims)
        look_again(people, now)

    def _claims(self, brand: Brand, people: frozenset[int], now: dt.datetime) -> list[Claim]:
        """What the brand's promises and its work claim now; what was excused stays excused."""
        work = [replace(one, people=one.people & people) for one in work_of(people, now) if one.brand == brand.pk]
        bars = [bar_of(clause) for clause in Clause.objects.in_force().filter(brand=brand).with_scope()]
        world = world_of({brand.pk} | brands_of(bars))
        known = Claim.objects.of_people(sorted(people)).filter(brand=brand)
        excused = dict(known.filter(active=False).values_list("source", "why"))
        sources = {one.ref for one in work} & set(known.values_list("source", flat=True))
        claims = [claim for one in work if one.ref in sources for claim in claims_of_engagement(one, world)]
        claims += [claim for bar in bars if bar.person in people for claim in claims_of_bar(bar, world)]
        for claim in claims:
            if claim.source in excused:
                claim.active, claim.why = False, excused[claim.source]
        return claims


def people_of(brand: Brand) -> list[int]:
    """Who promised something to this brand, or works for it under guard."""
    promised = Clause.objects.speaking().filter(brand=brand).values_list("influencer_id", flat=True)
    working = Claim.objects.filter(brand=brand).values_list("influencer_id", flat=True)
    return sorted({*promised, *working})


@changed_hands("exclusivity")
def hands() -> HandsKeeper:
    return Hands()
