"""What promises of exclusivity have to say when two people become one: what one promised must not meet the other's work."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.exclusivity.bars import bars_of, brands_of, world_of
from crm.exclusivity.conflicts import Conflict, judged, work_of
from crm.exclusivity.models import Clause, Finding
from crm.influencers.places import may_merge

if TYPE_CHECKING:
    from crm.influencers.models import Influencer
    from crm.team.models import User

COLLIDES = _(
    "{barred} promised exclusivity to {brand}, and “{work}” of {works} breaks it. Move that work or end the promise "
    "first."
)
HIDDEN = _(
    "{barred} promised exclusivity to a brand you do not see, and work of {works} breaks it. Ask a manager."
)  # fmt: skip


@may_merge("exclusivity", order=15)
def no_promise_is_broken(stays: "Influencer", goes: "Influencer", user: "User | None") -> list[Any]:
    """As one person she would have promised what she already breaks; the database would not have it either."""
    met = [one for pair in ((stays, goes), (goes, stays)) for one in _meeting(*pair)]
    clauses = Clause.objects.select_related("brand").in_bulk({one.bar.clause for one in met})
    names = {stays.pk: stays.stage_name, goes.pk: goes.stage_name}
    return [_said(one, clauses[one.bar.clause], names, user) for one in met]


def _meeting(barred: "Influencer", works: "Influencer") -> Iterator[Conflict]:
    """What of the one's work would be refused under the other's promises, were they the same person."""
    bars = [bar for bar in bars_of([barred.pk]) if bar.clause > 0]
    work = (
        [replace(one, people=one.people | {barred.pk}) for one in work_of([works.pk], timezone.now())] if bars else []
    )
    world = world_of({one.brand for one in work} | brands_of(bars))
    allowed = Finding.objects.of_people([barred.pk]).waived_pairs() if work else set()
    found = judged([(bar, one) for bar in bars for one in work], world, excused=allowed)
    return (one for one in found if one.blocks)


def _said(one: Conflict, clause: Clause, names: dict[int, str], user: "User | None") -> Any:
    barred = names[one.bar.person]
    works = next(name for pk, name in names.items() if pk != one.bar.person)
    seen = user.brand_ids() if user is not None else None
    if seen is not None and not {clause.brand_id, one.engagement.brand} <= seen:
        return format_lazy(HIDDEN, barred=barred, works=works)
    return format_lazy(COLLIDES, barred=barred, works=works, brand=clause.brand.name, work=one.engagement.label)
