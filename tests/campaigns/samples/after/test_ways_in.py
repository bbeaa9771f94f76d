"""How one gets to gifts and tables, what a campaign's end says of loans, and who erases addresses."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign
from campaigns.planning.tabs import tabs_of
from campaigns.planning.wrapping.items import Line, wrap_up_of
from campaigns.samples.after.inspection import check
from campaigns.samples.asking.addresses import NOT_AGREED, address_of
from campaigns.samples.asking.shown import address_for
from campaigns.samples.models import ReturnRequest, SampleRequest, Shipment
from campaigns.samples.shipping.shown import for_request as parcels_shown
from crm.preferences.actions import agree, take_back
from crm.preferences.models import Purpose
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.after.test_books import DOOR
from tests.campaigns.samples.parcels import an_address

pytestmark = pytest.mark.django_db
SHIPMENTS = "/admin/campaigns/shipment/"


def of_samples(campaign: Campaign, user: User, now: dt.datetime) -> Line:
    return next(line for line in wrap_up_of(campaign, user, now).lines if line.item.code == "samples")


def test_the_list_leads_to_gifts_and_a_campaigns_list_to_its_table(
    campaign: Campaign, loan: Shipment, coordinator: User, as_coordinator: Client
) -> None:
    tab = next(one for one in tabs_of(campaign, coordinator, "board") if one["label"] == "Samples")
    assert tab["url"] == f"/samples/?campaign={campaign.pk}"
    export = reverse("campaign-samples-export", args=[campaign.pk])
    pages = [as_coordinator.get(address).content.decode() for address in (tab["url"], reverse("samples"))]
    assert [[f'href="{one}"' in page for one in (reverse("sample-gifts"), export, f"{export}?as=xlsx")] for page in pages] == [
        [True, True, True], [True, False, False],
    ]  # fmt: skip


def test_what_is_to_come_back_opens_first_where_nothing_is_to_be_packed_and_says_its_day(
    back: ReturnRequest, as_coordinator: Client, now: dt.datetime, actor: Actor
) -> None:
    answer = as_coordinator.get(reverse("samples"))
    assert (answer.context["part"].key, [row.why for row in answer.context["rows"]]) == ("back", ["Back by Tue 8 Dec"])
    back.arrived(at=now, actor=actor)
    answer = as_coordinator.get(reverse("samples"))
    assert [row.why for row in answer.context["rows"]] == ["Back, to be looked at"]


def test_a_campaign_without_samples_says_nothing_of_them(
    campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    line = of_samples(campaign, coordinator, now)
    assert (line.is_done, line.still_open) == (False, None)


def test_a_campaigns_end_counts_loans_and_returns_until_they_were_looked_at(
    campaign: Campaign, loan: Shipment, coordinator: User, as_coordinator: Client, now: dt.datetime, actor: Actor
) -> None:
    asked = "1 loan or return is open."
    page = reverse("campaign-wrap-up", args=[campaign.pk])
    assert (
        f'<a href="/samples/?tab=back&amp;campaign={campaign.pk}">{asked}</a>'
        in as_coordinator.get(page).content.decode()
    )
    row = ReturnRequest.objects.create(shipment=loan, reason="loan", due_on=dt.date(2026, 12, 8))
    row.arrived(at=now, actor=actor)
    line = of_samples(campaign, coordinator, now)
    assert (line.is_done, line.still_open and line.still_open.words) == (False, asked)
    check(row, [], used_go_back=False, at=now, actor=actor)
    assert of_samples(campaign, coordinator, now).by_fact
    assert "Seen by Mitra" in as_coordinator.get(page).content.decode()


def test_addresses_are_erased_in_the_administration_after_a_second_look(
    gift: SampleRequest, loan: Shipment, as_owner: Client
) -> None:
    Shipment.objects.update(address_snapshot=DOOR)
    chosen = {"action": "erase_addresses", "_selected_action": [gift.shipments.get().pk]}
    asked = as_owner.post(SHIPMENTS, chosen)
    assert b"<li>Sekar Ayu</li>" in asked.content
    assert b"<li>Kirana Maheswari</li>" not in asked.content
    assert [row.address_snapshot for row in Shipment.objects.all()] == [DOOR, DOOR]
    as_owner.post(SHIPMENTS, {**chosen, "confirmed": "yes"})
    assert Shipment.objects.get(request=gift).address_snapshot == {"city": "Bandung", "province": "Jawa Barat", "country": "ID"}  # fmt: skip
    assert Shipment.objects.get(pk=loan.pk).address_snapshot == DOOR
    assert list(Entry.objects.values_list("verb", "influencer")) == [("parcel.erased", gift.influencer_id)]


def test_what_waits_to_leave_is_refused_with_what_to_do(gift: SampleRequest, as_owner: Client) -> None:
    waits = Shipment.objects.create(request=gift, address_snapshot=DOOR)
    chosen = {"action": "erase_addresses", "_selected_action": [waits.pk], "confirmed": "yes"}
    said = as_owner.post(SHIPMENTS, chosen, follow=True).content
    assert b"Ship it or call it off first" in said
    assert Shipment.objects.get(pk=waits.pk).address_snapshot == DOOR


def test_taking_the_consent_back_forbids_new_parcels_and_blanks_none(
    gift: SampleRequest, now: dt.datetime, actor: Actor
) -> None:
    person = gift.influencer
    contact = person.representations.get().contact
    an_address(person)
    agree(contact, Purpose.ADDRESS, at=now, actor=actor)
    Shipment.objects.update(address_snapshot=DOOR)
    assert address_of(person, now).why == ""
    take_back(contact, Purpose.ADDRESS, at=now, actor=actor)
    assert (address_of(person, now).why, Shipment.objects.get(request=gift).address_snapshot) == (NOT_AGREED, DOOR)


def test_what_is_to_come_back_already_is_not_asked_back_again(
    loan: Shipment, back: ReturnRequest, coordinator: User, now: dt.datetime
) -> None:
    may = {}
    for status in ("asked", "checked", "kept", "given_up"):
        ReturnRequest.objects.filter(pk=back.pk).update(status=status)
        (shown,) = parcels_shown(loan.request, coordinator, now)["parcels"]
        may[status] = shown.may_be_asked_back
    assert may == {"asked": False, "checked": False, "kept": False, "given_up": True}


def test_where_it_goes_is_shown_only_until_it_has_left(loan: Shipment, coordinator: User, now: dt.datetime) -> None:
    assert address_for(loan.request, coordinator, now) == {}
    loan.request.status = SampleRequest.Status.TO_SEND
    assert list(address_for(loan.request, coordinator, now)) == ["goes"]
