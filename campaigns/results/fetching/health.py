"""Which platforms are asked for figures, and what went wrong last: for the page that tells whether all is well."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from campaigns.results.fetching.providers import PROVIDERS
from campaigns.results.models import FetchTry
from crm.base.formats import when_zone
from crm.base.outcomes import Outcome, came_out
from crm.base.places import status_line
from crm.influencers.models import Platform
from crm.watch.status.lines import LOOK, OFF, OK, Line

RECENT = dt.timedelta(days=1)
OUTCOME = "platforms"


def platforms_said(now: dt.datetime) -> str:
    """`instagram off, youtube on (asked 2026-11-24 03:00 UTC, 2 failed within a day)`. Never a key."""
    return ", ".join(f"{one.name} {_said(one.name, now) if one.is_on() else 'off'}" for one in PROVIDERS.values())


def _said(name: str, now: dt.datetime) -> str:
    rows = FetchTry.objects.filter(provider=name)
    last = rows.order_by("-asked_at").values_list("asked_at", flat=True).first()
    failed = rows.filter(asked_at__gt=now - RECENT).exclude(error="").count()
    asked = f"asked {last:%Y-%m-%d %H:%M} UTC" if last else "not asked yet"
    return f"on ({asked}, {failed} failed within a day)"


def tell_round(report: Mapping[str, int], at: dt.datetime) -> None:
    """How a round of questions came out: badly when no platform said anything. One post that is gone is no failure."""
    asked = {name: report[name] for name in ("asked", "taken", "failed", "busy", "gave_up") if report.get(name)}
    if not asked:
        return
    silent = not report.get("taken") and (report.get("failed") or report.get("busy"))
    came_out(OUTCOME, at, why=_last_trouble() if silent else "", **asked)


def _last_trouble() -> str:
    last = FetchTry.objects.exclude(error="").order_by("-updated_at", "-pk").first()
    return f"{last.provider}: {last.error}" if last else ""


@status_line("platforms", group="clockwork")
def line(outcomes: Mapping[str, Outcome], now: dt.datetime) -> Line:
    label, on = _("Platforms"), [code for code, one in PROVIDERS.items() if one.is_on()]
    if not on:
        return Line("platforms", label, OFF, _("None is asked for figures: people type them, or bring a file."))
    names = ", ".join(Platform.objects.filter(code__in=on).order_by("name").values_list("name", flat=True))
    row = outcomes.get(OUTCOME)
    since = _("Last well on %(when)s") % {"when": when_zone(row.ok_at)} if row and row.ok_at else ""
    if row and row.why:
        said = _("%(names)s: nobody answered when last asked.") % {"names": names}
        todo = _("Look at the keys of the platforms on the server. People can type the figures meanwhile.")
        return Line("platforms", label, LOOK, said, since, todo, detail=row.why)
    return Line("platforms", label, OK, _("Asked for figures: %(names)s.") % {"names": names}, since)
