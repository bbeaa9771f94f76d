"""Saying how content of the house, of a brand or of a campaign is approved, and taking it back to what counts above."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.approvals.deciding.policies import COLUMNS, Policy, Stage, plainly, stored
from campaigns.approvals.models import ApprovalPolicy, ReviewGuest, ReviewStage
from campaigns.planning.models import Campaign
from campaigns.shortlist.votes_actions import Guest, guest_contact
from crm.brands.models import Brand
from crm.outbox.models import Contact
from crm.team.models import Role, User
from crm.timeline.record import Actor, record


@dataclass(frozen=True)
class Place:
    """Whose policy it is: a campaign's, a brand's, or with neither the house's."""

    campaign: Campaign | None = None
    brand: Brand | None = None

    @property
    def whose(self) -> Any:
        return self.campaign or self.brand or gettext_lazy("the house")

    @property
    def brand_of(self) -> Brand | None:
        return self.campaign.brand if self.campaign is not None else self.brand

    def row(self) -> ApprovalPolicy | None:
        """Its own row, when it has one."""
        found = ApprovalPolicy.objects.filter(campaign=self.campaign, brand=self.brand)
        return found.prefetch_related("stages__people", "stages__guests").first()

    def counts(self) -> Policy:
        """What counts here: its own, else what stands above."""
        row = self.row()
        return plainly(row) if row is not None else self.above()

    def above(self) -> Policy:
        """What would count without a row of its own."""
        brand = self.campaign.brand_id if self.campaign is not None else None
        rows = stored([], [brand] if brand else []) if self.campaign or self.brand else []
        return next((plainly(row) for row in sorted(rows, key=lambda row: row.brand_id is None)), Policy())


def differences(policy: Policy, above: Policy) -> int:
    """In how many things one policy differs from another."""
    names = (*COLUMNS, "stages")
    return sum(_alike(getattr(policy, name)) != _alike(getattr(above, name)) for name in names)


def _alike(value: Any) -> Any:
    """Stages of two policies are alike when the same people say yes in the same way."""
    if isinstance(value, tuple):
        return [(one.role, one.quorum, one.people, one.guests, one.decider) for one in value]
    return value


def save_policy(
    place: Place, values: Mapping[str, Any], stages: Sequence[Stage], *, at: dt.datetime, actor: Actor
) -> ApprovalPolicy:
    """Keep it; reviews that are under way go on with the people they began with."""
    with transaction.atomic():
        row, _made = ApprovalPolicy.objects.select_for_update().get_or_create(
            campaign=place.campaign, brand=place.brand, defaults=dict(values)
        )
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        row.stages.all().delete()
        for stage in stages:
            _lay(row, stage)
        _tell(
            place, "policy.changed", gettext_lazy("How content is approved for %(whose)s was changed"), row, at, actor
        )
    return row


def _lay(row: ApprovalPolicy, stage: Stage) -> None:
    kept = ReviewStage.objects.create(
        policy=row, position=stage.position, role=stage.role, quorum=stage.quorum, decider_id=stage.decider
    )
    kept.people.set(stage.people)
    kept.guests.set(stage.guests)


def drop_policy(place: Place, *, at: dt.datetime, actor: Actor) -> bool:
    """What stands above counts again; False when it did already."""
    with transaction.atomic():
        row = ApprovalPolicy.objects.select_for_update().filter(campaign=place.campaign, brand=place.brand).first()
        if row is None:
            return False
        _tell(place, "policy.dropped", gettext_lazy("Content for %(whose)s is approved as above again"), row, at, actor)
        row.delete()
    return True


def _tell(place: Place, verb: str, sentence: Any, row: ApprovalPolicy, at: dt.datetime, actor: Actor) -> None:
    record(verb, sentence, at=at, actor=actor, subject=row, params={"whose": place.whose}, brand=place.brand_of)


def newcomer(guest: Guest | None, language: str) -> Contact | None:
    """The contact of somebody outside, made when nobody of that address is there."""
    if guest is None:
        return None
    with transaction.atomic():
        return guest_contact(guest, language)


def colleagues() -> list[User]:
    """Who may be asked: everybody at work who reviews."""
    roles = [Role.OWNER, Role.ADMIN, Role.MANAGER, Role.COORDINATOR]
    return list(User.objects.active().filter(role__in=roles).order_by("name", "pk"))


def guests_of(place: Place, policy: Policy) -> list[Contact]:
    """People outside who may be asked: whoever was invited to this brand's reviews, and whoever is named already."""
    named = {pk for stage in policy.stages for pk in stage.guests}
    invited: Collection[int] = ()
    if place.brand_of is not None:
        rows = ReviewGuest.objects.standing().filter(campaign__brand=place.brand_of)
        invited = rows.values_list("contact", flat=True)
    return list(Contact.objects.filter(pk__in={*named, *invited}).order_by("name", "pk"))


def words_of(policy: Policy) -> str:
    """Who says yes, in one line: Coordinator, then Client."""
    return _(", then ").join(str(stage.words) for stage in policy.stages)
