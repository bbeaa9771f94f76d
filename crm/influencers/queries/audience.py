"""Whom a person reaches, the newest count of each account first, and how she answers under her posts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crm.brands.models import Brand
from crm.influencers.actions.audience import in_order
from crm.influencers.models import Audience, AudienceShare, Influencer, ReplyCount
from crm.team.models import User

SHOWN = 5


@dataclass
class Counted:
    """One count as the panel shows it."""

    audience: Audience
    parts: list[tuple[str, list[AudienceShare]]]
    personas: list[str]
    sought_by: list[str] = field(default_factory=list)

    @property
    def account(self) -> str:
        account = self.audience.account
        return f"{account.platform.name} @{account.handle}" if account else ""


@dataclass(frozen=True)
class Reached:
    """The newest count of each account, and the older ones."""

    newest: list[Counted]
    older: list[Counted]


def audience_of(person: Influencer, user: User) -> Reached:
    """Every count of her audience. Four queries, whatever their number."""
    rows = Audience.objects.filter(influencer=person).select_related("account__platform").newest_first()
    counts = [_counted(audience) for audience in rows.prefetch_related("shares", "personas")]
    newest: dict[int | None, Counted] = {}
    for one in counts:
        newest.setdefault(one.audience.account_id, one)
    _add_brands(list(newest.values()), user)
    first = [id(one) for one in newest.values()]
    return Reached(list(newest.values()), [one for one in counts if id(one) not in first])


def _counted(audience: Audience) -> Counted:
    shares = in_order(audience.shares.all())
    parts = [
        (str(kind.label), [share for share in shares if share.kind == kind][:SHOWN]) for kind in AudienceShare.Kind
    ]
    named = [(label, found) for label, found in parts if found]
    return Counted(audience, named, [str(persona) for persona in audience.personas.all()])


def _add_brands(counts: list[Counted], user: User) -> None:
    """Which brands speak to the same people, as far as the colleague may know of them."""
    for one, names in zip(counts, _sought(counts, user), strict=True):
        one.sought_by = names


def _sought(counts: list[Counted], user: User) -> Iterator[list[str]]:
    personas = {persona.pk for one in counts for persona in one.audience.personas.all()}
    links = Brand.personas.through.objects.filter(persona__in=personas, brand__in=Brand.objects.visible_to(user))
    named = list(links.filter(brand__archived_at=None).values_list("persona_id", "brand__name")) if personas else []
    for one in counts:
        own = {persona.pk for persona in one.audience.personas.all()}
        yield sorted({name for persona, name in named if persona in own})


def reply_counts_of(person: Influencer) -> list[ReplyCount]:
    """The newest first."""
    return list(ReplyCount.objects.filter(influencer=person).select_related("account__platform")[:SHOWN])
