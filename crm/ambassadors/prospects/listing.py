"""The list of prospects: what it is narrowed by, and its tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import Program, Prospect
from crm.ambassadors.models.programs import ProspectQuerySet
from crm.brands.models import Brand
from crm.team.models import User

Narrowing = Callable[[ProspectQuerySet], ProspectQuerySet]
TABS: dict[str, tuple[Any, Narrowing]] = {
    "": (_("To be decided"), lambda rows: rows.open()),
    "dropped": (_("Not now"), lambda rows: rows.dropped()),
    "taken": (_("Became ambassadors"), lambda rows: rows.taken()),
}


@dataclass(frozen=True)
class Asked:
    """A tab, and the brand or programme it is narrowed to; what is not there narrows nothing."""

    tab: str
    brand: Brand | None
    program: Program | None

    @classmethod
    def read(cls, data: Any, brands: "list[Brand]", programs: "list[Program]") -> "Asked":
        tab = data.get("tab", "")
        return cls(
            tab if tab in TABS else "", _named(brands, data.get("brand", "")), _named(programs, data.get("program", ""))
        )

    def narrow(self, rows: ProspectQuerySet) -> ProspectQuerySet:
        wanted = {name: one for name, one in (("brand", self.brand), ("program", self.program)) if one is not None}
        return rows.filter(**wanted)

    def of_tab(self, rows: ProspectQuerySet) -> ProspectQuerySet:
        return TABS[self.tab][1](rows).with_sides().order_by("-updated_at", "-pk")

    def tabs(self, rows: ProspectQuerySet) -> list[dict[str, Any]]:
        """How many are where. One query."""
        counts = {
            key or "open": Count("pk", filter=Q(pk__in=narrow(Prospect.objects.all()).values("pk")))
            for key, (_label, narrow) in TABS.items()
        }
        found = rows.order_by().aggregate(**counts)
        return [
            {"label": label, "url": self.url(tab=key), "active": key == self.tab, "count": found[key or "open"]}
            for key, (label, _narrow) in TABS.items()
        ]

    def url(self, **other: str) -> str:
        words = {"tab": self.tab, "brand": _key(self.brand), "program": _key(self.program), **other}
        return f"?{urlencode({name: value for name, value in words.items() if value})}"


def choices(user: User) -> tuple[list[Brand], list[Program]]:
    """Brands with programmes or prospects, and programmes that take people. Two queries."""
    noted = Prospect.objects.visible_to(user).values("brand")
    programs = list(Program.objects.visible_to(user).running().order_by("name"))
    seen = Brand.objects.visible_to(user)
    brands = seen.filter(Q(pk__in=noted) | Q(pk__in=[one.brand_id for one in programs])).order_by("name")
    return list(brands), programs


def _named(rows: "list[Any]", key: str) -> Any:
    return next((one for one in rows if str(one.pk) == key), None)


def _key(row: Any) -> str:
    return str(row.pk) if row is not None else ""
