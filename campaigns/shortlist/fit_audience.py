"""Whom somebody reaches beside whom a campaign is for: three parts of the fit score, and the share they come to."""

import re
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from campaigns.shortlist.fit import Told, told, unknown
from campaigns.shortlist.fit_known import Known, Reached, Wanted, World
from campaigns.shortlist.models import FitWeight
from crm.base.formats import day_words, percent
from crm.base.trees import Tree

Part = FitWeight.Part
OPEN_BAND = 20  # years an open age band such as 45+ is taken to reach
OLDEST = 200
AGES = re.compile(r"(\d{1,3})\s*(?:[-–]\s*(\d{1,3})|\+)?")


def share_of_ages(reached: Reached, wanted: Wanted) -> Fraction | None:
    """How many of her people are of the ages looked for; a band that reaches beyond counts for the years inside."""
    if not reached.ages or not wanted.has_ages:
        return None
    low, high = wanted.age_from or 0, wanted.age_to if wanted.age_to is not None else OLDEST
    found = Fraction(0)
    for label, share in reached.ages.items():
        band = band_of_ages(label)
        if band is not None:
            first, last = band
            years = max(0, min(last, high) - max(first, low) + 1)
            found += Fraction(share) / 100 * Fraction(years, last - first + 1)
    return min(found, Fraction(1))


def band_of_ages(label: str) -> tuple[int, int] | None:
    """25-34; an open band such as 45+ reaches a while further."""
    found = AGES.fullmatch(label.strip())
    if found is None:
        return None
    first = int(found[1])
    last = int(found[2]) if found[2] else first + OPEN_BAND - 1 if label.strip().endswith("+") else first
    return (first, last) if first <= last else None


def share_of_gender(reached: Reached, wanted: Wanted) -> Fraction | None:
    if not reached.genders or not wanted.gender:
        return None
    return Fraction(reached.genders.get(wanted.gender, Decimal(0))) / 100


def share_of_places(reached: Reached, wanted: Wanted, tree: Tree) -> Fraction | None:
    """How many live where the campaign runs. A place within another that is counted, too, is not counted twice."""
    if not reached.places or not wanted.places:
        return None
    inside = {place for place in reached.places if any(tree.is_within(place, one) for one in wanted.places)}
    widest = [place for place in inside if not tree.above([place]) & inside]
    if not inside and any(tree.above(wanted.places) & {place} for place in reached.places):
        return None  # only a wider place was counted: how many of them live in the town, nobody knows
    return min(sum((Fraction(reached.places[place]) / 100 for place in widest), Fraction(0)), Fraction(1))


def audience(known: Known, wanted: Wanted, world: World) -> Told:
    if not wanted.has_ages and not wanted.gender:
        return unknown(Part.AUDIENCE, _("the campaign names neither ages nor gender"))
    if known.audience is None:
        return unknown(Part.AUDIENCE, _("nobody counted whom she reaches"))
    shares = [(share_of_ages(known.audience, wanted), _("of the ages looked for"))]
    shares.append((share_of_gender(known.audience, wanted), _("women") if wanted.gender == "women" else _("men")))
    counted = [(share, words) for share, words in shares if share is not None]
    if not counted:
        return unknown(Part.AUDIENCE, _("her audience was counted without ages and genders"))
    value = Fraction(1)
    for share, _words in counted:
        value *= share
    said = ", ".join(f"{shown(share)} {words}" for share, words in counted)
    return told(Part.AUDIENCE, value, _counted(said, known.audience))


def place(known: Known, wanted: Wanted, world: World) -> Told:
    if not wanted.places:
        return unknown(Part.PLACE, _("the campaign names no place"))
    share = share_of_places(known.audience, wanted, world.places) if known.audience else None
    if known.audience is None or share is None:
        return unknown(Part.PLACE, _("nobody counted where her audience lives"))
    names = ", ".join(world.place_names.get(one, "") for one in sorted(wanted.places))
    said = _("%(share)s of her audience lives in %(places)s") % {"share": shown(share), "places": names}
    return told(Part.PLACE, share, _counted(said, known.audience))


def persona(known: Known, wanted: Wanted, world: World) -> Told:
    if not wanted.personas:
        return unknown(Part.PERSONA, _("neither campaign nor brand say to whom they speak"))
    if known.audience is None or not known.audience.personas:
        return unknown(Part.PERSONA, _("nobody noted what kind of people follow her"))
    own = known.audience.personas
    shared = sorted(set(own) & set(wanted.personas))
    if not shared:
        return told(Part.PERSONA, 0, _("speaks to %(whom)s") % {"whom": ", ".join(own.values())})
    names = ", ".join(own[one] for one in shared)
    return told(Part.PERSONA, Fraction(len(shared), len(own)), _("speaks to %(whom)s, too") % {"whom": names})


def _counted(said: str, reached: Reached) -> str:
    return _("%(said)s, counted %(day)s") % {"said": said, "day": day_words(reached.counted_on)}


def shown(share: Fraction) -> str:
    return percent(Decimal(share.numerator) / share.denominator, 0)


def target_match(known: Known, wanted: Wanted, tree: Tree) -> Fraction | None:
    """The share of her audience this campaign is for: ages, gender and places as far as both sides are known."""
    if known.audience is None:
        return None
    shares = (
        share_of_ages(known.audience, wanted),
        share_of_gender(known.audience, wanted),
        share_of_places(known.audience, wanted, tree),
    )
    counted = [share for share in shares if share is not None]
    match = Fraction(1)
    for share in counted:
        match *= share
    return match if counted else None
