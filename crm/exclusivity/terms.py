"""The two sides of a conflict as plain facts: a bar (who may not do what, when) and an engagement (work that may hit it).

Both are projections: contracts, deliverables, posts and outside deals become these, and nothing here knows their tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from crm.base.trees import Tree
from crm.base.windows import Window, without

Channel = tuple[int, int | None]
"""A platform and a format on it; no format means any."""


class Kind(TextChoices):
    """How far a clause reaches."""

    FULL = "full", _("Any paid work")
    CATEGORY_PRODUCT = "product", _("Products of a category")
    CATEGORY_COMPANY = "company", _("Companies that sell in a category")
    NAMED_BRAND = "brand", _("Named brands")
    NAMED_OWNER = "house", _("Named houses")


class Act(TextChoices):
    """What somebody may be kept from doing."""

    PAID_POST = "paid_post", _("paid posts")
    GIFTED_POST = "gifted_post", _("posts about gifts")
    AFFILIATE = "affiliate", _("affiliate links")
    AMBASSADORSHIP = "ambassadorship", _("being an ambassador")
    PAID_AD_USAGE = "paid_ad_usage", _("content run as an ad")
    APPEARANCE = "appearance", _("appearances")
    ANNOUNCEMENT = "announcement", _("announcing a deal")
    ORGANIC_MENTION = "organic_mention", _("unpaid mentions")
    OWN_BRAND = "own_brand", _("their own brand")


ACT_NUMBERS = {act: number for number, act in enumerate(Act, start=1)}
"""Numbers of acts stand in the database: new ones go to the end of `Act`."""


class Standing(TextChoices):
    """How far a clause has come."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("In force")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")
    WAIVED = "waived", _("Waived")
    VOID = "void", _("Void")


class Certainty(TextChoices):
    """How sure the work is."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    SIGNED = "signed", _("Signed")
    PUBLISHED = "published", _("Published")
    OBSERVED = "observed", _("Seen")


FIRM = frozenset({Certainty.SIGNED, Certainty.PUBLISHED, Certainty.OBSERVED})


@dataclass(frozen=True)
class Stretch:
    """A window of a bar. Where what it hangs on has not happened, only its core is certain; None means nothing is."""

    window: Window
    core: Window | None
    is_provisional: bool = False

    @classmethod
    def certain(cls, window: Window) -> "Stretch":
        return cls(window, window)

    def within(self, piece: Window) -> "Stretch | None":
        """What of it lies in a piece of time."""
        window = self.window.overlap(piece)
        return Stretch(window, self.core and self.core.overlap(piece), self.is_provisional) if window else None


@dataclass(frozen=True)
class Scope:
    """What a clause speaks of. Empty channels and territories mean all of them."""

    kind: Kind
    categories: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    with_children: bool = True
    brands: frozenset[int] = frozenset()
    houses: frozenset[int] = frozenset()
    platforms: frozenset[int] = frozenset()
    formats: frozenset[int] = frozenset()
    territories: frozenset[int] = frozenset()
    acts: frozenset[Act] = frozenset({Act.PAID_POST})


@dataclass(frozen=True)
class CarveOut:
    """What stays allowed, by brand, house, category or act; up to an instant, or for good."""

    brand: int | None = None
    house: int | None = None
    category: int | None = None
    act: Act | None = None
    until_at: datetime | None = None


@dataclass(frozen=True)
class Bar:
    """One clause binding one person."""

    clause: int
    version: int
    person: int
    scope: Scope
    stretches: Sequence[Stretch]
    zone: str
    standing: Standing = Standing.ACTIVE
    blocks: bool = True
    beneficiary: int | None = None  # the brand it is for
    house: int | None = None  # the house it is for
    is_known: bool = True  # False: somebody told us, and whom it is for or its days are not sure
    is_of_stranger: bool = False  # for a brand that is certainly none of ours, though it is not on file
    own_house_counts: bool = False
    counts_presence: bool = False
    buffer_days: int = 0
    carve_outs: Sequence[CarveOut] = ()
    effective_from: datetime | None = None


@dataclass(frozen=True)
class Engagement:
    """One thing that may hit a bar: a post, a term as ambassador, an ad run from old content, work elsewhere."""

    ref: str
    people: frozenset[int]
    brand: int
    window: Window
    act: Act = Act.PAID_POST
    certainty: Certainty = Certainty.SIGNED
    categories: frozenset[int] | None = None  # of the product; None when nobody knows
    company: frozenset[int] = frozenset()  # every category the brand sells in
    platform: int | None = None
    format: int | None = None
    territories: frozenset[int] | None = frozenset()  # empty is the whole world, None is unknown
    presence: Window | None = None  # how long it can be seen
    committed_at: datetime | None = None
    label: str = ""


@dataclass(frozen=True)
class World:
    """What both sides are read against: the trees, and which house a brand belonged to when."""

    categories: Tree
    territories: Tree
    houses: Tree
    owned: Mapping[int, Sequence[tuple[int, Window]]] = field(default_factory=dict)

    def owners_during(self, brand: int, window: Window) -> list[tuple[Window, int | None]]:
        """The pieces of a window with the house that owned the brand in each; None where nobody is known to."""
        owned = self.owned.get(brand, ())
        pieces: list[tuple[Window, int | None]] = [
            (piece, house) for house, during in owned if (piece := window.overlap(during))
        ]
        return pieces + [(gap, None) for gap in without(window, [during for _house, during in owned])]

    def root_of(self, house: int) -> int:
        """The house at the top of everything this one stands within."""
        return list(self.houses.line(house))[-1]
