"""What the influencers room puts on the influencer's page: the frame around it, and her days off."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.base.days_ahead import DaysAhead
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.influencers.majority import is_minor
from crm.influencers.models import DayOff, Influencer, Representation
from crm.influencers.queries.authority import closed_because, powers_of, withheld_because
from crm.portal.models import Link
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Asking,
    Frame,
    PortalFeature,
    PortalTask,
    Told,
    portal_frame,
    portal_task,
)
from crm.team.leaves import stand_ins
from crm.team.models import User
from crm.timeline.record import record


@portal_frame("person")
def person_frame(link: Link, now: dt.datetime) -> Frame | None:
    """Whose page a link opens: hers, or that of whom she was merged into.

    A link of somebody who was taken off her contacts opens nothing; one of somebody whose days with her are over says so.
    """
    stands = _stands_for(link)
    if stands is None:
        return None
    brand = Brand.objects.filter(pk=link.brand_ref or 0).first()
    person = stands.influencer.merged_into or stands.influencer
    is_self = stands.is_self
    name = greeting(person.stage_name if is_self else link.contact.name, brand, link.contact.language)
    on = local_date(now, person.zone)
    owner, instead_of = _whom_to_ask(person, on, brand)
    powers = powers_of(stands, on, is_minor=is_minor(person, on))
    closed = closed_because(stands, on)
    return Frame(
        brand=brand.name if brand else "Mitra",
        colour=brand.colour if brand else "a",
        greeting=name,
        acting_for="" if is_self else person.stage_name,
        owner=owner.get_short_name() if owner else "",
        owner_note=_("Stands in for %(name)s.") % {"name": instead_of} if instead_of else "",
        owner_email=owner.email if owner else "",
        owner_hours=_("Monday to Friday, 09.00 to 17.00"),
        owner_whatsapp=f"https://wa.me/{str(owner.phone).lstrip('+')}" if owner and owner.phone else "",
        zone=person.zone,
        powers=powers,
        notice=closed or withheld_because(stands, powers),
        is_closed=bool(closed),
        influencer_id=person.pk,
    )


def _whom_to_ask(person: Influencer, on: dt.date, brand: Brand | None) -> tuple[User | None, str]:
    """Who answers her today: the owner, or who stands in while the owner is away, and then for whom."""
    owner = person.owner
    deputy = stand_ins().of(person.owner_id, on, brand.pk if brand else None) if owner else None
    return (deputy, owner.get_short_name()) if deputy and owner else (owner, "")


def _stands_for(link: Link) -> Representation | None:
    ref = link.influencer_ref or 0
    goes_on_as = Influencer.objects.filter(pk=ref).values("merged_into_id")
    stands = Representation.objects.filter(Q(influencer_id=ref) | Q(influencer_id__in=goes_on_as))
    rows = stands.filter(contact_id=link.contact_id).select_related(
        "influencer__owner", "influencer__merged_into__owner"
    )
    return rows.prefetch_related("authorities").order_by("pk").first()


def greeting(name: str, brand: Brand | None, language: str) -> str:
    """How a brand addresses somebody: "Kak Kirana" in Indonesian when the brand says so, else the first name."""
    first = name.split(" ")[0]
    if brand is not None and brand.form_of_address == Brand.Address.KAK and language == "id":
        return f"Kak {first}"
    return first


class DaysOffForm(forms.Form):
    """First and last day on which she does not want to hear from anybody."""

    start_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    end_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label=_("Anything to add? (optional)"), required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_on"), data.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", _("The last day lies before the first. Swap them or correct one."))
        if start and end and (end - start).days > 366:
            self.add_error("end_on", _("That is more than a year. Tell us by message instead."))
        return data


class DaysOff:
    """Days off as a standing link at the foot of her page."""

    THANKS = {"days_off": _("Noted. We keep quiet on those days.")}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        say = Answer(
            "days_off", _("Days off"), _("She is away"), self.THANKS["days_off"], form=DaysOffForm, icon="calendar3"
        )
        return [
            PortalTask(
                "days_off",
                asking.influencer_id,
                _("Days off"),
                (say,),
                brand_id=asking.brand_id,
                standing=True,
                zone=asking.zone,
                ahead=self._ahead(asking),
            )
        ]

    def _ahead(self, asking: Asking) -> DaysAhead:
        today = local_date(asking.now, asking.zone)
        rows = DayOff.objects.filter(influencer=asking.influencer_id, end_on__gte=today)
        return DaysAhead.of(rows.values_list("start_on", "end_on"), today)

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        person = Influencer.objects.filter(pk=asking.influencer_id).first()
        if person is None:
            raise AnswerRefused(_now("This person is no longer here."))
        start, end = told.data["start_on"], told.data["end_on"]
        DayOff.objects.get_or_create(
            influencer=person, start_on=start, end_on=end, defaults={"note": str(told.data.get("note") or "")[:160]}
        )
        record(
            "influencer.days_off",
            _("Is away from %(start)s to %(end)s"),
            params={"start": start.isoformat(), "end": end.isoformat()},
            at=told.at,
            actor=told.actor,
            subject=person,
            influencer=person,
            brand=asking.brand_id,
            channel=told.channel,
            quote=told.quote,
            file=told.file,
        )


@portal_task("days_off", order=90)
def days_off() -> PortalFeature:
    return DaysOff()


def in_her_language(language: str, text: Any) -> str:
    """A lazy text as she reads it."""
    with override(language):
        return str(text)
