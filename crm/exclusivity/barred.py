"""From what somebody is barred, as a colleague may read it: brands she does not work for stay unnamed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm.base.formats import day_words
from crm.base.trees import Tree
from crm.base.windows import Window
from crm.base.zones import local_date
from crm.brands.models import Category
from crm.exclusivity.models import Clause, ClauseQuerySet, ClauseStretch, OutsideDeal, OutsideDealQuerySet
from crm.exclusivity.terms import Kind, Standing
from crm.exclusivity.words import allowed_in_words, days_in_words, sentence_of, stretch_in_words
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Badge, person_badge
from crm.team.models import User

SHOWN = (Standing.PROPOSED, Standing.ACTIVE, Standing.SUSPENDED)
MASKED_COLOUR = "d"


@dataclass(frozen=True)
class Stay:
    """One window of a promise, in the days of its zone; open ends are None."""

    first_on: dt.date | None
    last_on: dt.date | None
    words: str
    moves: bool


@dataclass(frozen=True)
class BarLine:
    """One promise, or one exclusive deal elsewhere."""

    person: Influencer
    what: str
    sentence: str
    allowed: str
    stays: list[Stay]
    standing: str
    tone: str
    colour: str
    brand: str = ""  # empty where the reader may not know it
    is_elsewhere: bool = False
    is_proposed: bool = False

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.what, self.brand) if part)


def lines_of(
    people: Iterable[Influencer], user: User, now: dt.datetime, *, category: int | None = None
) -> list[BarLine]:
    """Everything that bars these people today or later, from one category or from anything. A fixed number of queries."""
    known = {person.pk: person for person in people}
    clauses, deals = _about(category)
    lines = [
        _of_clause(clause, known[clause.influencer_id], user, now)
        for clause in clauses.of_people(set(known)).with_scope()
    ]
    deals = deals.filter(influencer_id__among=set(known)).select_related("category").order_by("pk")
    lines += [_of_deal(deal, known[deal.influencer_id], user) for deal in deals if _is_ahead(deal, now)]
    return [line for line in lines if line.stays or (line.is_proposed and category is None)]


def people_barred(user: User, now: dt.datetime, category: int | None) -> InfluencerQuerySet:
    """Everybody who is barred, today or later, from this category or a part of it; from anything without one."""
    clauses, deals = _about(category)
    ahead = Q(stretches__end_at__isnull=True) | Q(stretches__end_at__gt=now)
    promised = clauses.filter(ahead, stretches__isnull=False, influencer=OuterRef("pk")).order_by()
    yesterday = local_date(now, user.zone) - dt.timedelta(days=1)
    elsewhere = deals.filter(Q(end_on__isnull=True) | Q(end_on__gt=yesterday), influencer=OuterRef("pk"))
    seen = Influencer.objects.visible_to(user).present()
    return seen.select_related("owner").filter(Q(Exists(promised)) | Q(Exists(elsewhere))).order_by("stage_name", "pk")


def _about(category: int | None) -> tuple[ClauseQuerySet, OutsideDealQuerySet]:
    """Promises on their way or in force, and exclusive deals elsewhere, that speak of a category, wider or narrower."""
    clauses = Clause.objects.filter(standing__in=SHOWN)
    deals = OutsideDeal.objects.filter(is_exclusive=True)
    if category is None:
        return clauses, deals
    tree = Tree.of(Category)
    wider, narrower = tree.above([category]), tree.below([category])
    speaks = Q(categories__in=narrower) | Q(categories__in=wider, with_children=True) | Q(kind=Kind.FULL)
    spoken = clauses.filter(speaks).exclude(excluded_categories__in={category, *wider})
    mine = Clause.objects.filter(pk__in=spoken.order_by().values("pk"))
    return mine, deals.filter(Q(category__isnull=True) | Q(category__in=wider | narrower))


def _of_clause(clause: Clause, person: Influencer, user: User, now: dt.datetime) -> BarLine:
    rows = [row for row in clause.stretches.all() if row.end_at is None or row.end_at > now]
    stays = [_stay(row, clause.zone) for row in rows]
    brands = user.brand_ids()
    standing, tone = str(clause.get_standing_display()), clause.tone
    if brands is not None and clause.brand_id not in brands:
        return BarLine(person, what_of(clause), _masked(clause, person), "", stays, standing, tone, MASKED_COLOUR,
                       is_proposed=clause.standing == Standing.PROPOSED)  # fmt: skip
    return BarLine(
        person, what_of(clause), sentence_of(clause), allowed_in_words(clause), stays, standing, tone,
        clause.brand.colour, str(clause.brand), is_proposed=clause.standing == Standing.PROPOSED,
    )  # fmt: skip


def _masked(clause: Clause, person: Influencer) -> str:
    """Barred, from what, where, until when (the days stand beside it), and whom to ask."""
    where = ", ".join(str(platform) for platform in clause.platforms.all())
    what = _("%(what)s on %(where)s") % {"what": what_of(clause), "where": where} if where else what_of(clause)
    return _("Barred from %(what)s for a brand you do not work with. Ask %(who)s.") % {
        "what": what, "who": person.owner or _("a manager"),
    }  # fmt: skip


def what_of(clause: Clause) -> str:
    """What it is about, in a word or two that name no brand."""
    if clause.kind in (Kind.CATEGORY_PRODUCT, Kind.CATEGORY_COMPANY):
        return ", ".join(str(category) for category in clause.categories.all())
    return str(_("all paid work") if clause.kind == Kind.FULL else _("named brands"))


def _of_deal(deal: OutsideDeal, person: Influencer, user: User) -> BarLine:
    brands = user.brand_ids()
    is_masked = brands is not None and deal.brand_id is not None and deal.brand_id not in brands
    what = str(deal.category or _("all paid work"))
    stay = Stay(deal.start_on, deal.end_on, days_in_words(deal.start_on, deal.end_on), moves=False)
    brand = "" if is_masked else deal.brand_name
    sentence = (
        _("Exclusive elsewhere for a brand you do not work with.")
        if is_masked
        else _("Exclusive elsewhere, with %(brand)s") % {"brand": brand}
    )
    sure = _("Confirmed") if deal.is_confirmed else _("Not confirmed")
    said = "" if is_masked else deal.as_said
    return BarLine(
        person,
        what,
        sentence,
        said,
        [stay],
        sure,
        "warn" if deal.is_confirmed else "",
        MASKED_COLOUR,
        brand,
        is_elsewhere=True,
    )


def _is_ahead(deal: OutsideDeal, now: dt.datetime) -> bool:
    return deal.end_on is None or deal.end_on >= local_date(now, deal.zone)


def _stay(row: ClauseStretch, zone: str) -> Stay:
    return Stay(*row.window.first_and_last(zone), stretch_in_words(row, zone), row.is_provisional)


@person_badge("barred")
def barred_now(user: User, people: Collection[int], now: dt.datetime) -> Mapping[int, Badge]:
    """A lock for whoever is barred today: from what, until when, and no brand. One query."""
    name = "clause__categories__name_id" if get_language() == "id" else "clause__categories__name_en"
    rows = ClauseStretch.objects.filter(
        Q(start_at__isnull=True) | Q(start_at__lte=now),
        Q(end_at__isnull=True) | Q(end_at__gt=now),
        clause__standing=Standing.ACTIVE,
        clause__influencer__in=people,
    ).order_by("clause__influencer", name)
    told: dict[int, list[tuple[Any, ...]]] = {}
    for person, *said in rows.values_list("clause__influencer", name, "end_at", "clause__zone"):
        told.setdefault(person, []).append(tuple(said))
    return {person: Badge("lock-fill", _badge(said)) for person, said in told.items()}


def _badge(said: Sequence[tuple[Any, ...]]) -> str:
    what = ", ".join(dict.fromkeys(str(name or _("paid work")) for name, _end, _zone in said))
    ends = [Window(None, end).first_and_last(zone)[1] for _name, end, zone in said]
    last = None if None in ends else max(end for end in ends if end)
    if last is None:
        return _("Barred from %(what)s") % {"what": what}
    return _("Barred from %(what)s until %(day)s") % {"what": what, "day": day_words(last, "short")}
