"""What would become of each person: her posts, her fee and its split, what stands against it, what is missing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.contracts.many.findings import conflicts_by_person, in_words, once_each, promises_of
from crm.contracts.many.terms import Rule, Sentence, Terms, sentence_forms
from crm.contracts.models import Contract
from crm.contracts.said import formats_among
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.explaining import Explained
from crm.influencers.models import Format, Influencer, RateCard, Representation, SocialAccount
from crm.influencers.places import Offer, OfferHold, holds_of
from crm.team.models import User

MISSING: dict[str, Any] = {
    "fee": _("No fee: her rate card has no price for this. Type one."),
    "unclear": _("“%(words)s” exists on several platforms, and she has an account on none of them."),
    "mail": _("No e-mail address: what is sent becomes a task for you."),
    "alone": _("She is not to be written to: %(why)s"),
    "open": _("A contract with this brand is open already: %(contract)s."),
    "held": "%(why)s",
}
TOLD = 2
STOPS = ("unclear",)
"""Nothing can be written while this is so."""
HOLDS = ("fee", "alone", "open", "held", *STOPS)
"""Left out until somebody ticks her."""


@dataclass(frozen=True)
class Missing:
    """Something that is not there, or there already."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    label: str = ""  # where `url` leads, in a word

    def __str__(self) -> str:
        text = str(MISSING[self.code])
        return text % self.params if self.params else text

    @property
    def tone(self) -> str:
        return "warn" if self.code in HOLDS else "info"


@dataclass(frozen=True)
class Planned:
    """One person's contract before it is written."""

    person: Influencer
    formats: Sequence[tuple[Format, int]]
    fee: Decimal | None
    cash: Decimal | None
    in_kind: Decimal | None
    tax: str
    missing: Sequence[Missing]
    findings: Sequence[Explained]
    more: int
    """Findings beyond those that are told."""
    is_barred: bool

    @property
    def is_impossible(self) -> bool:
        return any(one.code in STOPS for one in self.missing)

    @property
    def is_held(self) -> bool:
        """Left out unless somebody ticks her knowing why."""
        return self.is_barred or any(one.code in HOLDS for one in self.missing)


@dataclass(frozen=True)
class Known:
    """What is asked once for everybody."""

    formats: Mapping[int, Mapping[str, Format | None]]
    rates: Mapping[int, Sequence[RateCard]]
    mailed: frozenset[int]
    open: Mapping[int, str]
    today: dt.date


def plan(
    terms: Terms,
    sentences: Sequence[Sentence],
    fees: Mapping[int, Decimal | None],
    user: User,
    now: dt.datetime,
    *,
    most: int = TOLD,
) -> dict[int, Planned]:
    """Everybody in `fees`, with the fee that was typed for her (None: as the rule says). A fixed number of queries.

    The worst findings are put into words, as many for each as `most`.
    """
    seen = Influencer.objects.visible_to(user).present().select_related("main_platform").in_bulk(list(fees))
    people = {pk: seen[pk] for pk in fees if pk in seen}  # in the order they were named
    brand = Brand.objects.select_related("owner").get(pk=terms.brand)
    known = _known(terms, list(people.values()), now)
    formats = {pk: [one for one in known.formats[pk].values() if one] for pk in people}
    forms = sentence_forms(sentences, brand, terms.zone, user)
    hit = once_each(conflicts_by_person(terms, brand, formats, promises_of(forms, terms), now))
    told = in_words({pk: conflicts[:most] for pk, conflicts in hit.items()}, user, now)
    paid = {pk: _fee(terms, known.formats[pk], known.rates.get(pk, ()), fees[pk]) for pk in people}
    held = holds_of([Offer(pk, _money(fee, terms)) for pk, (fee, _tax) in paid.items()], now)
    return {
        pk: _planned(terms, person, known, paid[pk], held.get(pk, ()), hit.get(pk, ()), told.get(pk, ()))
        for pk, person in people.items()
    }


def _money(fee: Decimal | None, terms: Terms) -> Any:
    return Money(fee, terms.currency) if fee is not None else None


def _planned(
    terms: Terms,
    person: Influencer,
    known: Known,
    paid: tuple[Decimal | None, str],
    held: Sequence[OfferHold],
    hit: Sequence[Conflict],
    told: Sequence[Explained],
) -> Planned:
    fee, tax = paid
    cash, in_kind = terms.split(fee) if fee is not None else (None, None)
    formats = [(row, count) for code, count in terms.posts if (row := known.formats[person.pk][code])]
    holds = [Missing("held", {"why": one.why}, one.url, one.label) for one in held]
    missing = [*_missing(person, known, fee), *holds]
    is_barred = any(one.blocks for one in hit)
    return Planned(person, formats, fee, cash, in_kind, tax, missing, told, len(hit) - len(told), is_barred)


def _missing(person: Influencer, known: Known, fee: Decimal | None) -> Iterable[Missing]:
    unclear = [code for code, row in known.formats[person.pk].items() if row is None]
    if unclear:
        yield Missing("unclear", {"words": ", ".join(unclear)})
    if fee is None:
        yield Missing("fee")
    if not person.may_be_contacted(known.today):
        yield Missing("alone", {"why": person.do_not_contact_why or "–"})
    if person.pk in known.open:
        yield Missing("open", {"contract": known.open[person.pk]})
    if person.pk not in known.mailed:
        yield Missing("mail")


def _fee(
    terms: Terms, formats: Mapping[str, Format | None], rates: Sequence[RateCard], typed: Decimal | None
) -> tuple[Decimal | None, str]:
    """What was typed for her, or what the rule says, and whether tax is in it; None where her prices do not say."""
    ruled, tax = _ruled(terms, formats, rates)
    return (ruled if typed is None else typed), tax


def _ruled(terms: Terms, formats: Mapping[str, Format | None], rates: Sequence[RateCard]) -> tuple[Decimal | None, str]:
    if terms.rule != Rule.RATES:
        return (Decimal(terms.amount) if terms.amount else None), terms.tax
    package = " + ".join(f"{count} {code}" for code, count in terms.posts)
    whole = [one for one in rates if one.package == package and _is_one_price(one, terms)]
    if whole:
        return whole[0].price.amount, terms.tax or whole[0].tax
    total, taxes = Decimal(0), set[str]()
    for code, count in terms.posts:
        row = formats[code]
        single = [one for one in rates if row and one.format_id == row.pk and not one.package]
        if not single or not _is_one_price(single[0], terms):
            return None, terms.tax
        total += single[0].price.amount * count
        taxes.add(single[0].tax)
    return total, terms.tax or (taxes.pop() if len(taxes) == 1 else "")


def _is_one_price(rate: RateCard, terms: Terms) -> bool:
    return rate.price_to is None and str(rate.price.currency) == terms.currency


def _known(terms: Terms, people: Sequence[Influencer], now: dt.datetime) -> Known:
    ids, today = [person.pk for person in people], local_date(now, terms.zone)
    stands = Representation.objects.filter(influencer__in=ids).standing(today).receiving()
    mailed = stands.exclude(contact__email="").values_list("influencer_id", flat=True)
    return Known(
        formats=_formats(terms, ids),
        rates=_rates(ids, today) if terms.rule == Rule.RATES else {},
        mailed=frozenset(mailed),
        open=_open_with(terms.brand, ids),
        today=today,
    )


def _formats(terms: Terms, people: Sequence[int]) -> dict[int, dict[str, Format | None]]:
    platforms: dict[int, list[int]] = defaultdict(list)
    accounts = SocialAccount.objects.filter(influencer__in=people).largest_first()
    for person, platform in accounts.values_list("influencer_id", "platform_id"):
        platforms[person].append(platform)
    return formats_among([code for code, _count in terms.posts], {pk: platforms[pk] for pk in people})


def _rates(people: Sequence[int], today: dt.date) -> dict[int, list[RateCard]]:
    found: dict[int, list[RateCard]] = defaultdict(list)
    for rate in RateCard.objects.filter(influencer__in=people).valid_on(today).order_by("-valid_from", "-pk"):
        found[rate.influencer_id].append(rate)
    return found


def _open_with(brand: int, people: Sequence[int]) -> dict[int, str]:
    rows = Contract.objects.open().filter(brand=brand, parties__influencer__in=people).order_by("pk")
    return dict(rows.values_list("parties__influencer", "title"))
