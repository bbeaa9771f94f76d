"""What colleagues do on the pages of campaigns, and what the pages refuse."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation, StoredFile
from crm.brands.models import Brand, BrandAccess, Category
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    FormatFactory,
    InfluencerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def campaign_data(**given: Any) -> dict[str, Any]:
    return {
        "name": "Ramadan Glow",
        "goal": "awareness",
        "start_on": "2027-01-26",
        "end_on": "2027-03-20",
        "budget_0": "185 jt",
        "budget_1": "IDR",
        "zone": "",
        "about": "",
        **given,
    }


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    found: dict[str, list[str]] = answer.context["form"].errors.get_json_data()
    return {name: [str(error["message"]) for error in listed] for name, listed in found.items()}  # type: ignore[index]


# ---- a campaign's form ----


def test_a_campaign_opens_as_a_draft_with_the_brands_zone(as_coordinator: Client, coordinator: User) -> None:
    brand = BrandFactory(zone="Asia/Makassar")
    answer = as_coordinator.post("/campaigns/new/", campaign_data(brand=brand.pk, owner=coordinator.pk))
    campaign = Campaign.objects.get()
    assert answer["Location"] == f"/campaigns/{campaign.pk}/"
    assert (campaign.status, campaign.zone, campaign.budget, campaign.owner) == (
        "draft",
        "Asia/Makassar",
        Money(185_000_000, "IDR"),
        coordinator,
    )
    assert Entry.objects.get().sentence_en == "Campaign Ramadan Glow was opened"


def test_the_form_offers_me_as_owner_and_the_only_brand(as_coordinator: Client, coordinator: User) -> None:
    brand = BrandFactory()
    form = as_coordinator.get("/campaigns/new/").context["form"]
    assert (form["owner"].value(), form["brand"].value()) == (coordinator.pk, brand.pk)


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"end_on": "2026-01-01"}, "end_on"),
        ({"end_on": "2199-01-01"}, "end_on"),
        ({"start_on": "31/31/2026"}, "start_on"),
        ({"start_on": "0001-01-01"}, "__all__"),
        ({"goal": "world peace"}, "goal"),
        ({"brand": "999999"}, "brand"),
        ({"brand": "9" * 40}, "brand"),
        ({"owner": "x"}, "owner"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"budget_0": "2M"}, "budget"),
        ({"budget_0": "-5"}, "budget"),
        ({"budget_0": "9" * 30}, "budget"),
        ({"budget_1": "XYZ"}, "budget"),
        ({"name": " "}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a" * 121}, "name"),
    ],
)
def test_what_is_wrong_in_a_campaign_is_said_and_what_was_typed_stays(
    wrong: dict[str, str], field: str, as_coordinator: Client, coordinator: User
) -> None:
    right = {"brand": BrandFactory().pk, "owner": coordinator.pk, "about": "Long thoughts"}
    data = campaign_data(**{**right, **wrong})
    answer = as_coordinator.post("/campaigns/new/", data)
    assert list(errors(answer)) == [field]
    assert b"Long thoughts" in answer.content
    assert Campaign.objects.count() == 0


def test_a_second_campaign_of_the_same_name_is_refused(as_coordinator: Client, campaign: Campaign) -> None:
    data = campaign_data(brand=campaign.brand_id, owner=campaign.owner_id, name="Glow")
    assert errors(as_coordinator.post("/campaigns/new/", data)) == {
        "__all__": ["This brand already has a campaign of that name. Give this one another name."]
    }


def test_changing_a_campaign_tells_old_and_new_and_keeps_its_brand_and_standing(
    as_coordinator: Client, campaign: Campaign
) -> None:
    other = BrandFactory()
    data = campaign_data(
        brand=other.pk, owner=campaign.owner_id, name="Glow", start_on="2026-11-01", zone="Asia/Jakarta"
    )
    assert as_coordinator.post(f"/campaigns/{campaign.pk}/edit/", data).status_code == 302
    stored = Campaign.objects.get()
    assert (stored.brand_id, stored.status, stored.end_on) == (campaign.brand_id, "live", dt.date(2027, 3, 20))
    changes = Entry.objects.get().changes
    assert changes["end_on"] == ["2026-12-31", "2027-03-20"]
    assert set(changes) == {"end_on", "budget"}


def test_saving_without_a_change_says_nothing(as_coordinator: Client, campaign: Campaign) -> None:
    form = as_coordinator.get(f"/campaigns/{campaign.pk}/edit/").context["form"]
    data = {name: form[name].value() for name in ("name", "goal", "owner", "about", "zone")}
    data |= {"start_on": "2026-11-01", "end_on": "2026-12-31", "budget_0": "", "budget_1": "IDR"}
    assert as_coordinator.post(f"/campaigns/{campaign.pk}/edit/", data).status_code == 302
    assert Entry.objects.count() == 0


class TestCategory:
    def test_a_new_campaign_advertises_what_its_brand_sells_unless_it_says_otherwise(
        self, as_coordinator: Client, campaign: Campaign, coordinator: User
    ) -> None:
        skincare, drinks = (Category.objects.get(slug=slug) for slug in ("skincare", "food-drink"))
        Brand.objects.filter(pk=campaign.brand_id).update(category=skincare)
        for name, said in (("First", ""), ("Second", drinks.pk)):
            data = campaign_data(name=name, brand=campaign.brand_id, owner=coordinator.pk, category=said)
            assert as_coordinator.post("/campaigns/new/", data).status_code == 302
        assert list(Campaign.objects.order_by("pk").values_list("category", flat=True)[1:]) == [skincare.pk, drinks.pk]

    def test_it_stands_once_somebody_agreed(self, as_coordinator: Client, collaboration: Collaboration) -> None:
        campaign = collaboration.campaign
        address = f"/campaigns/{campaign.pk}/edit/"
        Collaboration.objects.update(status="in_talks")
        assert not as_coordinator.get(address).context["form"].fields["category"].disabled
        Collaboration.objects.update(status="agreed")
        drinks = Category.objects.get(slug="food-drink")
        data = campaign_data(owner=campaign.owner_id, category=drinks.pk)
        assert as_coordinator.post(address, data).status_code == 302
        campaign.refresh_from_db()
        assert (campaign.name, campaign.category) == ("Ramadan Glow", None)


# ---- a campaign's verbs ----


def test_a_verb_asks_first_and_then_does_it(as_coordinator: Client, reel: Deliverable) -> None:
    campaign = reel.collaboration.campaign
    address = f"/campaigns/{campaign.pk}/do/pause/"
    asked = as_coordinator.get(address)
    assert b"Reminders about 1 open piece of work stop until you let it go on." in asked.content
    assert Campaign.objects.get().status == "live"
    assert as_coordinator.post(address)["Location"] == f"/campaigns/{campaign.pk}/"
    assert Campaign.objects.get().status == "paused"


def test_wrapping_up_has_a_page_of_its_own(as_coordinator: Client, campaign: Campaign) -> None:
    address = f"/campaigns/{campaign.pk}/do/wrap-up/"
    for answer in (as_coordinator.get(address), as_coordinator.post(address)):
        assert answer["Location"] == f"/campaigns/{campaign.pk}/wrap-up/"
    assert Campaign.objects.get().status == "live"


def test_a_verb_that_came_too_late_is_refused_calmly(as_coordinator: Client, campaign: Campaign) -> None:
    address = f"/campaigns/{campaign.pk}/do/go-live/"
    assert as_coordinator.get(address).status_code == 302
    answer = as_coordinator.post(address, follow=True)
    assert b"cannot go from Live to Live any more" in answer.content
    assert Entry.objects.count() == 0


def test_an_unknown_verb_is_not_found(as_coordinator: Client, campaign: Campaign) -> None:
    assert as_coordinator.get(f"/campaigns/{campaign.pk}/do/explode/").status_code == 404


# ---- a card ----


def put(client: Client, card: Collaboration, script: bool = False, **data: str) -> Any:
    headers = {"HX-Request": "true"} if script else {}
    return client.post(f"/campaigns/collaborations/{card.pk}/put/", data, headers=headers)


def test_a_dragged_card_moves_and_answers_with_nothing(as_coordinator: Client, collaboration: Collaboration) -> None:
    answer = put(as_coordinator, collaboration, script=True, to="agreed")
    assert (answer.status_code, answer.content) == (204, b"")
    assert Collaboration.objects.get().status == "agreed"
    assert Entry.objects.get().actor_label == "Dinda"


@pytest.mark.parametrize("to", ["done", "review", "posting", "nowhere", "", "off", "making"])
def test_a_drag_that_is_refused_says_why_and_changes_nothing(
    to: str, as_coordinator: Client, collaboration: Collaboration
) -> None:
    answer = put(as_coordinator, collaboration, script=True, to=to)
    assert answer.status_code == 409
    assert len(answer.json()["error"]) > 20
    assert Collaboration.objects.get().status == "making"
    assert Entry.objects.count() == 0


def test_the_keyboards_choice_leads_back_to_the_board_with_a_word(
    as_coordinator: Client, collaboration: Collaboration
) -> None:
    answer = put(as_coordinator, collaboration, to="in_talks", next="https://evil.example/")
    assert answer["Location"] == f"/campaigns/{collaboration.campaign_id}/"
    refused = as_coordinator.post(f"/campaigns/collaborations/{collaboration.pk}/put/", {"to": "done"}, follow=True)
    assert b"A card reaches Done by itself" in refused.content


def test_not_going_ahead_asks_why_and_can_be_taken_back(as_coordinator: Client, collaboration: Collaboration) -> None:
    asked = put(as_coordinator, collaboration, to="off")
    assert (asked.status_code, b"Why is this not going ahead?" in asked.content) == (200, True)
    assert put(as_coordinator, collaboration, to="off", why=" ").status_code == 422
    assert Collaboration.objects.get().status == "making"
    assert put(as_coordinator, collaboration, to="off", why="Too dear").status_code == 302
    assert (Collaboration.objects.get().status, Collaboration.objects.get().off_why) == ("off", "Too dear")
    put(as_coordinator, collaboration, to="shortlist")
    assert Collaboration.objects.get().status == "shortlist"


def test_terms_are_typed_as_they_were_said_and_leave_the_column_alone(
    as_coordinator: Client, collaboration: Collaboration
) -> None:
    address = f"/campaigns/collaborations/{collaboration.pk}/terms/"
    answer = as_coordinator.post(address, {"fee_0": "2,8 jt", "fee_1": "IDR", "note": "Half as product"})
    assert answer.status_code == 302
    card = Collaboration.objects.get()
    assert (card.fee.amount, card.note, card.status) == (Decimal(2_800_000), "Half as product", "making")
    assert Entry.objects.get().verb == "collaboration.terms"
    wrong = as_coordinator.post(address, {"fee_0": "a lot", "fee_1": "IDR", "note": "kept words"})
    assert list(errors(wrong)) == ["fee"]
    assert b"kept words" in wrong.content


def test_reminders_are_paused_and_go_on_from_the_page(as_coordinator: Client, collaboration: Collaboration) -> None:
    here = f"/campaigns/collaborations/{collaboration.pk}/"
    assert as_coordinator.post(f"{here}pause/")["Location"] == here
    assert Collaboration.objects.get().paused_at is not None
    again = as_coordinator.post(f"{here}pause/", follow=True)
    assert b"Reminders about this are paused already." in again.content
    as_coordinator.post(f"{here}resume/")
    assert Collaboration.objects.get().paused_at is None


# ---- what is made ----


def plan_data(**given: Any) -> dict[str, Any]:
    return {"count": "2", "draft_due_on": "2026-12-01", "post_due_on": "2026-12-08", "title": "", "zone": "", **given}


def test_planning_adds_so_many_with_the_campaigns_zone_and_tells_it_once(
    as_coordinator: Client, collaboration: Collaboration
) -> None:
    address = f"/campaigns/collaborations/{collaboration.pk}/plan/"
    assert as_coordinator.post(address, plan_data(format=FormatFactory().pk)).status_code == 302
    rows = Deliverable.objects.values_list("draft_due_on", "post_due_on", "zone", "status")
    assert list(rows) == [(dt.date(2026, 12, 1), dt.date(2026, 12, 8), "Asia/Jakarta", "expected")] * 2
    assert Entry.objects.get().sentence_en == "Planned for Glow: 2 × Instagram Reel, posting day 8 December 2026"


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"draft_due_on": "2026-12-09"}, "draft_due_on"),
        ({"post_due_on": ""}, "post_due_on"),
        ({"post_due_on": "tomorrow"}, "post_due_on"),
        ({"post_due_on": "9999-12-31"}, "post_due_on"),
        ({"count": "0"}, "count"),
        ({"count": "11"}, "count"),
        ({"count": "1e3"}, "count"),
        ({"format": "0"}, "format"),
        ({"format": "9" * 30}, "format"),
        ({"zone": "Asia/Nowhere"}, "zone"),
    ],
)
def test_what_is_wrong_in_a_plan_is_said_and_nothing_is_planned(
    wrong: dict[str, str], field: str, as_coordinator: Client, collaboration: Collaboration
) -> None:
    data = plan_data(**{"format": FormatFactory().pk, **wrong})
    answer = as_coordinator.post(f"/campaigns/collaborations/{collaboration.pk}/plan/", data)
    assert list(errors(answer)) == [field]
    assert Deliverable.objects.count() == 0


def test_days_title_and_account_are_changed_in_one_go(as_coordinator: Client, reel: Deliverable) -> None:
    address = f"/campaigns/deliverables/{reel.pk}/edit/"
    data = {"draft_due_on": "", "post_due_on": "2026-12-10", "zone": "Asia/Jayapura", "title": "Hero", "account": ""}
    assert as_coordinator.post(address, data).status_code == 302
    row = Deliverable.objects.get()
    assert (row.draft_due_on, row.post_due_on, row.zone, row.title) == (
        None,
        dt.date(2026, 12, 10),
        "Asia/Jayapura",
        "Hero",
    )
    assert set(Entry.objects.values_list("verb", flat=True)) == {"deliverable.renamed", "deliverable.rescheduled"}


def test_an_account_of_somebody_else_is_refused(as_coordinator: Client, reel: Deliverable) -> None:
    from tests.factories import SocialAccountFactory

    data = {"post_due_on": "2026-12-10", "zone": "Asia/Jakarta", "account": SocialAccountFactory().pk}
    answer = as_coordinator.post(f"/campaigns/deliverables/{reel.pk}/edit/", data)
    assert list(errors(answer)) == ["account"]


def test_days_of_what_is_out_do_not_move_and_neither_does_its_title(as_coordinator: Client, reel: Deliverable) -> None:
    reel.publish(at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC), actor=SYSTEM)
    data = {"post_due_on": "2026-12-10", "zone": "Asia/Jakarta", "title": "Hero"}
    answer = as_coordinator.post(f"/campaigns/deliverables/{reel.pk}/edit/", data, follow=True)
    assert b"has moved on" in answer.content
    assert (Deliverable.objects.get().post_due_on, Deliverable.objects.get().title) == (dt.date(2026, 12, 4), "")


def test_dropping_asks_and_can_be_taken_back(as_coordinator: Client, reel: Deliverable) -> None:
    base = f"/campaigns/deliverables/{reel.pk}/"
    assert as_coordinator.get(f"{base}drop/").status_code == 200
    assert Deliverable.objects.get().status == "expected"
    as_coordinator.post(f"{base}drop/", {"why": "Out of stock"})
    assert Deliverable.objects.get().status == "dropped"
    as_coordinator.post(f"{base}reopen/")
    assert Deliverable.objects.get().status == "expected"


def test_a_screenshot_is_shown_only_when_there_is_one(
    as_coordinator: Client, reel: Deliverable, now: dt.datetime
) -> None:
    address = f"/campaigns/deliverables/{reel.pk}/proof/"
    assert as_coordinator.get(address).status_code == 404
    shot = StoredFile.objects.create(
        file=ContentFile(b"png", name="x.png"), label="shot.png", mime="image/png", size=3, sha256="0" * 64
    )
    reel.publish(at=now, actor=SYSTEM, proof=shot)
    answer = as_coordinator.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/png",
        "nosniff",
    )
    answer.close()


# ---- who may ----

GETS = [
    "/campaigns/{campaign}/",
    "/campaigns/{campaign}/?view=table",
    "/campaigns/{campaign}/edit/",
    "/campaigns/{campaign}/people/",
    "/campaigns/{campaign}/bulk/?action=plan&column=making",
    "/campaigns/{campaign}/do/pause/",
    "/campaigns/collaborations/{card}/",
    "/campaigns/collaborations/{card}/put/",
    "/campaigns/collaborations/{card}/terms/",
    "/campaigns/collaborations/{card}/plan/",
    "/campaigns/deliverables/{row}/edit/",
    "/campaigns/deliverables/{row}/drop/",
    "/campaigns/deliverables/{row}/proof/",
]
POSTS = [
    *GETS[2:4],
    "/campaigns/{campaign}/people/add/",
    "/campaigns/{campaign}/bulk/",
    "/campaigns/{campaign}/do/pause/",
    "/campaigns/collaborations/{card}/put/",
    "/campaigns/collaborations/{card}/terms/",
    "/campaigns/collaborations/{card}/plan/",
    "/campaigns/collaborations/{card}/pause/",
    "/campaigns/collaborations/{card}/resume/",
    "/campaigns/deliverables/{row}/edit/",
    "/campaigns/deliverables/{row}/drop/",
    "/campaigns/deliverables/{row}/reopen/",
]


def address_of(pattern: str, reel: Deliverable) -> str:
    card = reel.collaboration
    return pattern.format(campaign=card.campaign_id, card=card.pk, row=reel.pk)


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Campaign, Collaboration, Deliverable, Entry)]


@pytest.mark.parametrize("method, pattern", [("get", one) for one in GETS] + [("post", one) for one in POSTS])
def test_a_campaign_of_another_brand_is_not_found_and_not_changed(
    method: str, pattern: str, reel: Deliverable, organisation: Organisation
) -> None:
    organisation.brand_walls = True
    organisation.save()
    stranger = UserFactory()
    BrandAccess.objects.create(user=stranger, brand=BrandFactory())
    client = Client()
    client.force_login(stranger)
    before = everything()
    data = {"to": "agreed", "action": "plan", "pick": [str(reel.collaboration_id)], "note": "x", "why": "x"}
    call = client.post if method == "post" else client.get
    answer = call(address_of(pattern, reel), data if method == "post" else None)
    assert answer.status_code == (405 if (method, pattern) == ("post", GETS[3]) else 404)
    assert b"Glow" not in answer.content
    assert everything() == before


def test_the_list_and_the_search_show_only_brands_one_may_see(
    campaign: Campaign, organisation: Organisation, coordinator: User, as_coordinator: Client
) -> None:
    from campaigns.planning.searches import find_campaigns

    CampaignFactory(name="Secret", brand=BrandFactory(name="Rival"))
    organisation.brand_walls = True
    organisation.save()
    BrandAccess.objects.create(user=coordinator, brand=campaign.brand)
    page = as_coordinator.get("/campaigns/").content
    assert (b"Glow" in page, b"Secret" in page) == (True, False)
    seen = User.objects.get(pk=coordinator.pk)
    assert [found.label for found in find_campaigns(seen, "e", 5)] == []
    assert [found.label for found in find_campaigns(seen, "glow", 5)] == ["Glow"]


@pytest.mark.parametrize("pattern", POSTS)
def test_who_only_looks_changes_nothing(pattern: str, reel: Deliverable, as_viewer: Client) -> None:
    before = everything()
    data = {"to": "agreed", "action": "plan", "pick": [str(reel.collaboration_id)]}
    assert as_viewer.post(address_of(pattern, reel), data).status_code in (403, 405)
    assert everything() == before


@pytest.mark.parametrize("pattern", [*GETS, *POSTS, "/campaigns/", "/campaigns/new/"])
def test_strangers_are_sent_to_sign_in(pattern: str, reel: Deliverable) -> None:
    answer = Client().get(address_of(pattern, reel))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("pattern", GETS)
def test_looking_changes_nothing(pattern: str, reel: Deliverable, as_coordinator: Client) -> None:
    before = everything()
    assert as_coordinator.get(address_of(pattern, reel)).status_code in (200, 404)
    assert everything() == before


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 25])
def test_ids_that_are_nobodys_are_not_found(pk: str, as_coordinator: Client, organisation: Organisation) -> None:
    for pattern in ("/campaigns/{}/", "/campaigns/collaborations/{}/", "/campaigns/deliverables/{}/edit/"):
        assert as_coordinator.get(pattern.format(pk)).status_code == 404


def test_the_persons_panel_lists_her_campaigns_one_may_see(
    reel: Deliverable, coordinator: User, rf: Any, organisation: Organisation
) -> None:
    from campaigns.planning.panels import person_campaigns

    person = reel.collaboration.influencer
    CollaborationFactory(influencer=person, campaign=CampaignFactory(name="Secret"))
    request = rf.get("/")
    request.user = coordinator
    shown = person_campaigns(request, person)
    assert shown is not None
    assert [card.collaboration.campaign.name for card in shown[1]["cards"]] == ["Secret", "Glow"]
    organisation.brand_walls = True
    organisation.save()
    BrandAccess.objects.create(user=coordinator, brand=reel.collaboration.campaign.brand)
    request.user = User.objects.get(pk=coordinator.pk)
    shown = person_campaigns(request, person)
    assert shown is not None
    assert [card.collaboration.campaign.name for card in shown[1]["cards"]] == ["Glow"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_persons_panel_costs_the_same_queries(
    count: int, coordinator: User, rf: Any, django_assert_num_queries: Any
) -> None:
    from campaigns.planning.panels import person_campaigns

    person = InfluencerFactory()
    for _each in range(count):
        DeliverableFactory(collaboration=CollaborationFactory(influencer=person))
    request = rf.get("/")
    request.user = coordinator
    coordinator.brand_ids()
    with django_assert_num_queries(8):
        person_campaigns(request, person)
