"""The parts of the fit score, one function each: known facts in, a number from 0 to 1 with its reason out."""

from collections.abc import Callable, Collection
from decimal import Decimal
from fractions import Fraction
from math import log10

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.shortlist.fit import Told, told, unknown
from campaigns.shortlist.fit_audience import audience, persona, place
from campaigns.shortlist.fit_known import Known, Wanted, World
from campaigns.shortlist.models import FitWeight
from crm.base.formats import count_full, day_words, money_full, percent
from crm.base.trees import Tree
from crm.vetting.authenticity.signs import dated

Part = FitWeight.Part
HALF = Fraction(1, 2)
QUARTER = Fraction(1, 4)
FEW, MANY = 1_000, 1_000_000


# ---- What she posts about ------------------------------------------------------------------------------------------


def niche_match(known: Known, wanted: Wanted, tree: Tree) -> Fraction | None:
    """How much of what she posts about fits, her main niche counted twice; None where either side is unknown.

    A niche fits with everything within it. Something wider than what is looked for counts half.
    """
    own = [*known.niches, *([known.main_niche] if known.main_niche is not None else [])]
    own += [] if known.main_niche is None or known.main_niche in known.niches else [known.main_niche]
    if not own or not wanted.niches:
        return None
    return sum((_closeness(one, wanted.niches, tree) for one in own), Fraction(0)) / len(own)


def _closeness(own: int, wanted: Collection[int], tree: Tree) -> Fraction:
    if any(tree.is_within(own, one) for one in wanted):
        return Fraction(1)
    return HALF if any(tree.is_within(one, own) for one in wanted) else Fraction(0)


def niche(known: Known, wanted: Wanted, world: World) -> Told:
    if not wanted.niches:
        return unknown(Part.NICHE, _("the campaign names no niche"))
    match = niche_match(known, wanted, world.niches)
    if match is None:
        return unknown(Part.NICHE, _("nobody noted what she posts about"))
    own = {*known.niches, *([known.main_niche] if known.main_niche is not None else [])}
    fitting = [one for one in sorted(own) if _closeness(one, wanted.niches, world.niches)]
    names = ", ".join(world.niche_names.get(one, "") for one in fitting)
    share = percent(Decimal(match.numerator) / match.denominator, 0)
    if not names:
        return told(Part.NICHE, match, _("nothing she posts about lies within what is looked for"))
    return told(Part.NICHE, match, _("%(share)s of what she posts about: %(names)s") % {"share": share, "names": names})


# ---- How well she works --------------------------------------------------------------------------------------------


def engagement(known: Known, wanted: Wanted, world: World) -> Told:
    """On the benchmark is the middle, twice the benchmark the top. Above that nothing is better, and nothing suspicious."""
    if known.rate is None:
        return unknown(Part.ENGAGEMENT, _("nobody counted her likes and comments"))
    if known.band is None:
        return unknown(Part.ENGAGEMENT, _("no benchmark for an account of her size on this platform"))
    usual = (known.band.low + known.band.high) / 2
    band = percent(known.band.low, 2)
    if known.band.low != known.band.high:
        band = f"{band.removesuffix('%')}-{percent(known.band.high, 2)}"
    said = _("%(rate)s against %(band)s, %(set)s") % {
        "rate": percent(known.rate, 2), "band": band, "set": dated(known.band.name, known.band.year),
    }  # fmt: skip
    if known.sponsored is not None:
        said = _("%(said)s; sponsored posts %(rate)s") % {"said": said, "rate": percent(known.sponsored, 2)}
    return told(Part.ENGAGEMENT, Fraction(known.rate) / Fraction(usual) / 2, said)


def quality(known: Known, wanted: Wanted, world: World) -> Told:
    if not known.ratings:
        return unknown(Part.QUALITY, _("nobody rated her yet"))
    mean = sum(known.ratings, Decimal(0)) / len(known.ratings)
    count = len(known.ratings)
    words = ngettext("%(n)d rating: %(mean)s", "average of %(n)d ratings: %(mean)s", count)
    said = words % {"n": count, "mean": count_full(round(mean, 1))}
    return told(Part.QUALITY, (Fraction(mean) - 1) / 4, said)


def reliable(known: Known, wanted: Wanted, world: World) -> Told:
    if not known.posts_due:
        return unknown(Part.RELIABLE, _("she has posted nothing for us yet"))
    said = ngettext("on time %(on)d of %(n)d time", "on time %(on)d of %(n)d times", known.posts_due)
    return told(
        Part.RELIABLE, Fraction(known.posts_on_time, known.posts_due),
        said % {"on": known.posts_on_time, "n": known.posts_due},
    )  # fmt: skip


def first_pass(known: Known, wanted: Wanted, world: World) -> Told:
    share = known.first_pass
    if not share.is_known:
        return unknown(Part.FIRST_PASS, _("no draft of hers was approved yet"))
    said = ngettext("%(good)d of %(n)d draft without changes", "%(good)d of %(n)d drafts without changes", share.of)
    return told(Part.FIRST_PASS, Fraction(share.good, share.of), said % {"good": share.good, "n": share.of})


def authentic(known: Known, wanted: Wanted, world: World) -> Told:
    """What a colleague found who looked. Signs alone decide nothing."""
    said = {
        "pass": (Fraction(1), _("looked at on %(day)s: pass")),
        "concern": (HALF, _("looked at on %(day)s: a concern")),
        "fail": (Fraction(0), _("looked at on %(day)s: failed")),
    }.get(known.screened)
    if said is None or known.screened_on is None:
        return unknown(Part.AUTHENTIC, _("nobody has looked at her numbers, or too long ago"))
    return told(Part.AUTHENTIC, said[0], said[1] % {"day": day_words(known.screened_on)})


# ---- What suits the campaign ---------------------------------------------------------------------------------------


def tier(known: Known, wanted: Wanted, world: World) -> Told:
    """The first tier suggested for the goal fits best, each further one a quarter less, another one not."""
    if not wanted.tiers:
        return unknown(Part.TIER, _("no tier is suggested for this goal"))
    if not known.tier:
        return unknown(Part.TIER, _("her tier is not known"))
    name = world.tier_names.get(known.tier, known.tier)
    if known.tier not in wanted.tiers:
        return told(Part.TIER, 0, _("%(tier)s is not among those suggested for this goal") % {"tier": name})
    value = max(QUARTER, 1 - QUARTER * list(wanted.tiers).index(known.tier))
    return told(Part.TIER, value, _("%(tier)s is suggested for this goal") % {"tier": name})


def price(known: Known, wanted: Wanted, world: World) -> Told:
    """What she asks beside what we have in mind: within it fits, dearer fits the less the dearer it is."""
    if known.asks is None:
        return unknown(Part.PRICE, _("she named no price for this yet"))
    if known.in_mind is None or not known.in_mind.amount:
        return unknown(Part.PRICE, _("neither fee nor budget says what we have in mind"))
    if known.asks.currency != known.in_mind.currency:
        return unknown(Part.PRICE, _("her price is in another currency"))
    words = _("asks %(asks)s, an even share of the budget is %(ours)s") if known.in_mind_is_share else _(
        "asks %(asks)s, we have %(ours)s in mind"
    )  # fmt: skip
    said = words % {"asks": money_full(known.asks), "ours": money_full(known.in_mind)}
    value = Fraction(known.in_mind.amount) / Fraction(known.asks.amount) if known.asks.amount else Fraction(1)
    return told(Part.PRICE, value, said)


def followers(known: Known, wanted: Wanted, world: World) -> Told:
    """A thousand is nothing, a million everything, each step tenfold: one reason among others."""
    if known.followers is None:
        return unknown(Part.FOLLOWERS, _("nobody counted her followers"))
    said = _("%(n)s followers") % {"n": count_full(known.followers)}
    if known.followers_on is not None:
        said = _("%(said)s, counted %(day)s") % {"said": said, "day": day_words(known.followers_on)}
    steps = log10(max(known.followers, FEW) / FEW) / log10(MANY / FEW)
    return told(Part.FOLLOWERS, Fraction(str(round(steps, 4))), said)


PARTS: dict[str, Callable[[Known, Wanted, World], Told]] = {
    Part.NICHE: niche,
    Part.AUDIENCE: audience,
    Part.PLACE: place,
    Part.PERSONA: persona,
    Part.ENGAGEMENT: engagement,
    Part.QUALITY: quality,
    Part.RELIABLE: reliable,
    Part.FIRST_PASS: first_pass,
    Part.AUTHENTIC: authentic,
    Part.TIER: tier,
    Part.PRICE: price,
    Part.FOLLOWERS: followers,
}


def parts_of(known: Known, wanted: Wanted, world: World) -> list[Told]:
    """Every part, in the order of `FitWeight.Part`."""
    return [PARTS[part](known, wanted, world) for part in FitWeight.Part]
