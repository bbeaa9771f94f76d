"""A link to a report is made, used, and taken back."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Refused
from campaigns.results.models import ReportLink
from campaigns.results.sharing.links import address_of, fresh_token
from crm.portal.links import digest
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

DAYS, MOST_DAYS = 30, 365
"""How long a link opens where nobody says otherwise, and at most."""
GONE = _("The link for %(label)s was taken back already.")


def share(
    campaign: Campaign,
    *,
    label: str,
    language: str,
    days: int = DAYS,
    shows_money: bool = True,
    at: dt.datetime,
    user: "User",
) -> tuple[ReportLink, str]:
    """A new link and its full address, which nobody is ever told again: only its hash is kept."""
    token = fresh_token()
    with transaction.atomic():
        link = ReportLink.objects.create(
            campaign=campaign, label=label, language=language, shows_money=shows_money, made_by=user,
            token_sha256=digest(token), expires_at=at + dt.timedelta(days=min(max(days, 1), MOST_DAYS)),
        )  # fmt: skip
        _tell(link, "report.shared", _("The report of %(campaign)s may be read by %(label)s"), at, Actor.user(user))
    return link, address_of(token)


def take_back(link: ReportLink, *, at: dt.datetime, actor: Actor) -> None:
    """The link and every visit through it open nothing from now on. Raises Refused when that was done already."""
    with transaction.atomic():
        if not ReportLink.objects.standing().filter(pk=link.pk).update(revoked_at=at, updated_at=at):
            raise Refused(link, GONE % {"label": link.label})
        _tell(link, "report.taken_back", _("%(label)s may not read the report of %(campaign)s any more"), at, actor)
    link.revoked_at = at


def came(link: ReportLink, at: dt.datetime) -> None:
    """The button was pressed: somebody read it."""
    ReportLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=at)
    ReportLink.objects.filter(pk=link.pk).update(seen_at=at, updated_at=at)


def _tell(link: ReportLink, verb: str, sentence: object, at: dt.datetime, actor: Actor) -> None:
    campaign = link.campaign
    record(
        verb, sentence, at=at, actor=actor, subject=campaign, brand=campaign.brand_id,
        params={"label": link.label, "campaign": campaign.name},
    )  # fmt: skip
