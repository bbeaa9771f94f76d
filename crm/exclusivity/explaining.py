"""A conflict so that somebody can act on it: what meets, on which days, from when it is free, what would clear it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from crm.base.formats import day_words
from crm.base.windows import Window, day_window
from crm.base.zones import local_date
from crm.brands.models import Brand, Category
from crm.exclusivity.bars import brands_of, world_of
from crm.exclusivity.conflicts import Conflict, find_conflicts
from crm.exclusivity.models import Clause, OutsideDeal
from crm.exclusivity.predicate import Severity, judge
from crm.exclusivity.terms import Certainty, Engagement, Kind, World
from crm.exclusivity.words import days_in_words, reason_in_words, sentence_of
from crm.influencers.models import Influencer
from crm.team.models import User

LOOKED_AHEAD = 400  # days
ASKED = 40  # people looked at to find three
FREE = 3
TONES = {Severity.BLOCK: "bad", Severity.WARN: "warn", Severity.INFO: "info"}


@dataclass(frozen=True)
class Explained:
    """One conflict in words. Readers without the promised brand learn category, days and whom to ask, and no name."""

    severity: Severity
    title: str
    promise: str
    work: str
    days: str
    reasons: list[str]
    free_on: dt.date | None = None
    cures: list[str] = field(default_factory=list)
    is_masked: bool = False

    @property
    def tone(self) -> str:
        return TONES[self.severity]


def explain(conflicts: Sequence[Conflict], user: User, now: dt.datetime) -> list[Explained]:
    """These conflicts as this colleague may read them. A fixed number of queries, whatever their number."""
    clauses = (
        Clause.objects.with_scope()
        .select_related("influencer__owner")
        .in_bulk([one.bar.clause for one in conflicts if one.bar.clause > 0])
    )
    deals = OutsideDeal.objects.in_bulk([-one.bar.clause for one in conflicts if one.bar.clause < 0])
    allowed = user.brand_ids()
    world = _world_of([one for one in conflicts if one.bar.clause in clauses and _may_move(one)])
    found = []
    for one in conflicts:
        clause = clauses.get(one.bar.clause)
        if clause is not None:
            masked = allowed is not None and clause.brand_id not in allowed
            found.append(_of_clause(one, clause, now, user, world, masked=masked))
        elif -one.bar.clause in deals:
            found.append(_of_deal(one, deals[-one.bar.clause], user))
        else:
            found.append(_of_new(one, user))
    return found


def work_in_words(brand: int | None, label: str, user: User) -> str:
    """The work's own name, where the reader works for its brand."""
    brands = user.brand_ids()
    is_masked = brands is not None and bool(brand) and brand not in brands
    return _("Work for a brand you do not work with") if is_masked else label


def _work(one: Conflict, user: User) -> str:
    return work_in_words(one.engagement.brand, one.engagement.label, user)


def _of_new(one: Conflict, user: User) -> Explained:
    """The promise itself is only being written: what stands against it is the work."""
    title = _("Work that is agreed stands against this promise")
    cure = _("Shorten the promise so that it leaves these days out, or move the work first.")
    return Explained(one.severity, title, "", _work(one, user), _days(one), _reasons(one), cures=[cure])


def _has_happened(one: Conflict) -> bool:
    return one.engagement.certainty in (Certainty.PUBLISHED, Certainty.OBSERVED)


def _may_move(one: Conflict) -> bool:
    """Whether a later day would clear it."""
    return one.blocks and not _has_happened(one)


def _world_of(conflicts: Sequence[Conflict]) -> World | None:
    """What all of them are read against, read once; nothing where nothing is to be moved."""
    if not conflicts:
        return None
    return world_of({one.engagement.brand for one in conflicts} | brands_of([one.bar for one in conflicts]))


def _of_clause(
    one: Conflict, clause: Clause, now: dt.datetime, user: User, world: World | None, *, masked: bool
) -> Explained:
    free_on = first_free_day(one, now, world) if _may_move(one) else None
    cures = [] if _has_happened(one) else _cures(one, free_on)
    name = clause.influencer.stage_name
    if masked:
        what = ", ".join(str(category) for category in clause.categories.all()) or _("all paid work")
        title = _("%(name)s is barred from %(what)s") % {"name": name, "what": what}
        promise = _("It was promised to a brand you do not work with. Ask %(who)s.") % {
            "who": clause.influencer.owner or _("a manager")
        }
        return Explained(one.severity, title, promise, _work(one, user), _days(one), _reasons(one), free_on,
                         cures, is_masked=True)  # fmt: skip
    title = _("%(name)s promised exclusivity to %(brand)s") % {"name": name, "brand": clause.brand}
    return Explained(one.severity, title, sentence_of(clause), _work(one, user), _days(one), _reasons(one),
                     free_on, cures)  # fmt: skip


def _of_deal(one: Conflict, deal: OutsideDeal, user: User) -> Explained:
    title = _("Exclusive elsewhere, with %(brand)s") % {"brand": deal.brand_name}
    promise = deal.as_said or days_in_words(deal.start_on, deal.end_on)
    return Explained(one.severity, title, promise, _work(one, user), _days(one), _reasons(one))


def _reasons(one: Conflict) -> list[str]:
    return [reason_in_words(code) for code in one.finding.reasons]


def _days(one: Conflict) -> str:
    overlap = one.finding.overlap
    return days_in_words(*overlap.first_and_last(one.bar.zone)) if overlap else ""


def _cures(one: Conflict, free_on: dt.date | None) -> list[str]:
    if not one.blocks:
        return []
    cures = [_("Move it to %(day)s or later.") % {"day": day_words(free_on, "short")}] if free_on else []
    if one.bar.scope.platforms or one.bar.scope.formats:
        cures.append(_("Choose a platform or a format the promise does not name."))
    if one.bar.scope.kind in (Kind.CATEGORY_PRODUCT, Kind.CATEGORY_COMPANY):
        cures.append(_("Choose a product of another category."))
    return [*cures, _("Ask for a written exception and log it as allowed, with the reason.")]


def first_free_day(one: Conflict, now: dt.datetime, world: World | None = None) -> dt.date | None:
    """The first day, in the bar's zone, on which the same work would not be refused by the same bar."""
    overlap = one.engagement.window
    if overlap.start_at is None or overlap.end_at is None:
        return None
    zone, length = one.bar.zone, overlap.end_at - overlap.start_at
    world = world or _world_of([one])
    assert world is not None
    on = max(local_date(overlap.start_at, zone), local_date(now, zone))
    for step in range(1, LOOKED_AHEAD):
        day = on + dt.timedelta(days=step)
        start_at = day_window(day, day, zone).start_at
        assert start_at is not None
        moved = replace(one.engagement, window=Window(start_at, start_at + length), presence=None)
        if judge(one.bar, moved, world, is_signing=True).severity < Severity.BLOCK:
            return day
    return None


def free_people(work: Engagement, like: Influencer, user: User, now: dt.datetime) -> list[Influencer]:
    """Three people of like niche and size whom nothing keeps from this work."""
    near = Influencer.objects.visible_to(user).present().exclude(pk=like.pk).filter(do_not_contact_at=None)
    if like.main_niche_id:
        near = near.filter(main_niche=like.main_niche_id)
    if like.tier_code:
        near = near.filter(tier_code=like.tier_code)
    people = sorted(near[:ASKED], key=lambda one: abs((one.followers or 0) - (like.followers or 0)))
    asked = [replace(work, people=frozenset({one.pk}), ref=f"asked:{one.pk}") for one in people]
    ids = [one.pk for one in people]
    hit = {person for one in find_conflicts(ids, engagements=asked, now=now, is_signing=True) if one.blocks
           for person in one.engagement.people}  # fmt: skip
    return [one for one in people if one.pk not in hit][:FREE]


def sentence_for_client(name: str, others: Iterable[Influencer], category: Category | None, brand: Brand | None) -> str:
    """A sentence to paste to the client: why she cannot, and who can. It names no other client."""
    what = str(category) if category else _("this")
    told = _("%(name)s is not free for %(what)s on these days because of an exclusivity promise.") % {
        "name": name, "what": what,
    }  # fmt: skip
    names = ", ".join(other.stage_name for other in others)
    return f"{told} " + (_("We suggest %(names)s instead.") % {"names": names}) if names else told
