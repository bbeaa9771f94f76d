"""Many people at once: added, planned for, moved, dropped; each row has its own answer."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from campaigns.planning.actions.people import add_people
from campaigns.planning.actions.work import Days, Plan, drop_open, move_days, plan_work, put_many
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from campaigns.planning.preview import preview_plan
from crm.influencers.models import Influencer
from crm.reminders.models import Rule, RuleStep
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    FormatFactory,
    InfluencerFactory,
    RepresentationFactory,
    SocialAccountFactory,
)

pytestmark = pytest.mark.django_db


def cards_of(campaign: Campaign) -> list[Collaboration]:
    return list(campaign.collaborations.select_related("influencer", "campaign").order_by("pk"))


def told(verdicts: Any) -> list[tuple[str, bool, str]]:
    return [(verdict.who, verdict.done, str(verdict.text)) for verdict in verdicts]


# ---- adding people ----


def test_each_added_person_has_her_own_answer(campaign: Campaign, now: dt.datetime, actor: Actor) -> None:
    new, there = InfluencerFactory(stage_name="New"), InfluencerFactory(stage_name="There")
    barred = InfluencerFactory(stage_name="Barred", do_not_contact_at=now, do_not_contact_why="Asked us to stop")
    gone = InfluencerFactory(stage_name="Gone", archived_at=now)
    CollaborationFactory(campaign=campaign, influencer=there)
    verdicts = add_people(campaign, [new, there, barred, gone, new], at=now, actor=actor)
    assert told(verdicts) == [
        ("New", True, "On the shortlist now."),
        ("There", False, "Is in this campaign already."),
        ("Barred", False, "Does not want to be contacted: Asked us to stop"),
        ("Gone", False, "Is archived. Bring her or him back first."),
        ("New", True, "On the shortlist now."),
    ]
    assert [verdict.needs_tick for verdict in verdicts] == [False, False, True, False, False]
    assert sorted(campaign.collaborations.values_list("influencer__stage_name", "status")) == [
        ("New", "shortlist"),
        ("There", "making"),
    ]
    entry = Entry.objects.get()
    assert (entry.sentence_en, entry.influencer_id, entry.brand_id) == (
        "Shortlisted for Glow",
        new.pk,
        campaign.brand_id,
    )


def test_who_knows_that_she_does_not_want_it_adds_her_all_the_same(
    campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    barred = InfluencerFactory(do_not_contact_at=now)
    (verdict,) = add_people(campaign, [barred], at=now, actor=actor, knowing=[barred.pk])
    assert verdict.done
    assert campaign.collaborations.count() == 1


@pytest.mark.parametrize("status", ["wrapped", "cancelled"])
def test_nobody_is_added_to_a_campaign_that_is_over(status: str, now: dt.datetime, actor: Actor) -> None:
    over = CampaignFactory(status=status)
    with pytest.raises(Refused, match="This campaign is over"):
        add_people(over, [InfluencerFactory()], at=now, actor=actor)
    assert over.collaborations.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_adding_any_number_of_people_costs_the_same_queries(
    count: int, campaign: Campaign, now: dt.datetime, actor: Actor, django_assert_num_queries: Any
) -> None:
    people = [InfluencerFactory() for _each in range(count)]
    with django_assert_num_queries(6):  # savepoint twice, the campaign, who is there, cards, story
        add_people(campaign, people, at=now, actor=actor)


def test_people_are_found_picked_and_added_from_the_campaign(as_coordinator: Client, campaign: Campaign) -> None:
    wanted, other = InfluencerFactory(stage_name="Kirana"), InfluencerFactory(stage_name="Bagas")
    address = f"/campaigns/{campaign.pk}/people/"
    found = as_coordinator.get(f"{address}?q=kira").context["rows"]
    assert [row["person"] for row in found] == [wanted]
    answer = as_coordinator.post(f"{address}add/", {"pick": [str(wanted.pk), "x", "9" * 30]})
    assert told(answer.context["verdicts"]) == [("Kirana", True, "On the shortlist now.")]
    assert list(campaign.collaborations.values_list("influencer", flat=True)) == [wanted.pk]
    assert other.pk != wanted.pk


def test_picking_nobody_says_so(as_coordinator: Client, campaign: Campaign) -> None:
    answer = as_coordinator.post(f"/campaigns/{campaign.pk}/people/add/", {}, follow=True)
    assert b"Nobody is chosen. Tick at least one person." in answer.content


def test_the_barred_ones_are_offered_again_with_a_tick(
    as_coordinator: Client, campaign: Campaign, now: dt.datetime
) -> None:
    barred = InfluencerFactory(do_not_contact_at=now)
    address = f"/campaigns/{campaign.pk}/people/add/"
    first = as_coordinator.post(address, {"pick": [str(barred.pk)]})
    assert f'name="knowing" value="{barred.pk}"' in first.content.decode()
    assert campaign.collaborations.count() == 0
    as_coordinator.post(address, {"pick": [str(barred.pk)], "knowing": [str(barred.pk)]})
    assert campaign.collaborations.count() == 1


def test_ticked_people_of_the_list_go_into_a_campaign(as_coordinator: Client, campaign: Campaign) -> None:
    person = InfluencerFactory()
    listed = as_coordinator.get("/people/").content
    assert b'value="campaign"' in listed
    ids = {"ids": [str(person.pk)]}
    asked = as_coordinator.post("/people/bulk/", {**ids, "action": "campaign"})
    assert (asked.status_code, asked.context["kept"]) == (200, [("ids", str(person.pk))])
    as_coordinator.post("/campaigns/add-people/", {**ids, "campaign": str(campaign.pk)})
    assert list(campaign.collaborations.values_list("influencer", flat=True)) == [person.pk]


def test_who_only_looks_is_not_offered_the_way_into_a_campaign(as_viewer: Client) -> None:
    assert b'value="campaign"' not in as_viewer.get("/people/").content
    assert as_viewer.post("/people/bulk/", {"ids": ["1"], "action": "campaign"}).status_code == 403


# ---- planning for many ----


def plan(**given: Any) -> Plan:
    days = {"draft_due_on": dt.date(2026, 12, 1), "post_due_on": dt.date(2026, 12, 8), "zone": "Asia/Jakarta"}
    return Plan(**{"format": FormatFactory(), "count": 2, **days, **given})


def test_the_same_work_is_planned_for_everybody_who_goes_ahead(
    campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    on = CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="On"))
    account = SocialAccountFactory(influencer=on.influencer, followers=100)
    SocialAccountFactory(influencer=on.influencer, followers=10)
    CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Off"), status="off")
    CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Bare"), status="done")
    verdicts = plan_work(cards_of(campaign), plan(), at=now, actor=actor)
    assert told(verdicts) == [
        ("On", True, "Planned."),
        ("Off", False, "Is not going ahead. Bring the card back first."),
        ("Bare", True, "Planned. There is no Instagram account on file."),
    ]
    assert list(
        Deliverable.objects.values_list("collaboration__influencer__stage_name", "account", "dates_set_at")
    ) == [
        ("On", account.pk, now),
        ("On", account.pk, now),
        ("Bare", None, now),
        ("Bare", None, now),
    ]
    assert Collaboration.objects.get(influencer__stage_name="Bare").status == "making"
    assert Entry.objects.filter(verb="deliverable.planned").count() == 2


def test_the_preview_counts_people_and_the_reminders_their_rules_will_plan(
    campaign: Campaign, now: dt.datetime
) -> None:
    rule = Rule.objects.get(code="DRAFT") if Rule.objects.filter(code="DRAFT").exists() else None
    RuleStep.objects.all().delete()
    draft = rule or Rule.objects.create(code="DRAFT", kind="deliverable.draft", name="Draft")
    post = Rule.objects.filter(code="POST").first() or Rule.objects.create(
        code="POST", kind="deliverable.post", name="P"
    )
    for made, offset in ((draft, -3), (draft, -1), (draft, 1), (post, -3), (post, 0)):
        RuleStep.objects.create(rule=made, offset=offset, recipient="influencer", email_name="draft_due")
    RuleStep.objects.create(rule=draft, offset=-2, recipient="coordinator", email_name="escalation")
    for status in ("agreed", "making", "in_talks"):
        person = RepresentationFactory().influencer
        CollaborationFactory(campaign=campaign, influencer=person, status=status)
    told_first = preview_plan(campaign, cards_of(campaign), plan(count=1), now)
    assert told_first.summary == "Adds 1 × Instagram Reel to 3 people."
    assert told_first.notes == [
        "8 reminders will be planned.",
        "1 person has not agreed yet or is paused; reminders begin after that.",
    ]
    soon = plan(count=1, draft_due_on=dt.date(2026, 11, 25), post_due_on=dt.date(2026, 11, 25))
    assert preview_plan(campaign, cards_of(campaign), soon, now).notes[0] == "4 reminders will be planned."


def test_the_preview_warns_of_silent_people_and_odd_days(campaign: Campaign, now: dt.datetime) -> None:
    CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Silent", do_not_contact_at=now))
    notes = preview_plan(campaign, cards_of(campaign), plan(post_due_on=dt.date(2027, 5, 1)), now).notes
    assert notes[1:] == [
        "Without an e-mail address: Silent. Their dates appear on Today instead.",
        "Do not want to be contacted: Silent. Nothing is sent to them.",
        "The posting day lies outside the campaign.",
    ]


# ---- moving days, columns, dropping ----


def test_days_move_by_a_number_for_everything_that_is_open(
    reel: Deliverable, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    out = DeliverableFactory(collaboration=reel.collaboration)
    out.publish(at=now, actor=SYSTEM)
    CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Idle"))
    verdicts = move_days(cards_of(campaign), Days(shift=3), at=now, actor=actor)
    assert told(verdicts) == [
        ("Kirana Maheswari", True, "1 thing has new days."),
        ("Idle", False, "Nothing is open here."),
    ]
    assert sorted(Deliverable.objects.values_list("draft_due_on", "post_due_on")) == [
        (dt.date(2026, 11, 27), dt.date(2026, 12, 4)),
        (dt.date(2026, 11, 30), dt.date(2026, 12, 7)),
    ]


def test_all_days_of_a_card_move_or_none(reel: Deliverable, campaign: Campaign, now: dt.datetime, actor: Actor) -> None:
    DeliverableFactory(collaboration=reel.collaboration, draft_due_on=None, post_due_on=dt.date(2026, 11, 20))
    (verdict,) = move_days(cards_of(campaign), Days(draft_due_on=dt.date(2026, 12, 20)), at=now, actor=actor)
    assert (verdict.done, str(verdict.text)) == (
        False,
        "The draft is due after the posting day. Swap the days or correct one.",
    )
    assert sorted(Deliverable.objects.values_list("post_due_on", flat=True)) == [
        dt.date(2026, 11, 20),
        dt.date(2026, 12, 4),
    ]
    assert Entry.objects.count() == 0


def test_cards_that_cannot_go_there_say_why_and_the_others_go(
    campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    for name, status in (("A", "shortlist"), ("B", "review")):
        CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name=name), status=status)
    verdicts = put_many(cards_of(campaign), "agreed", at=now, actor=actor)
    assert [(verdict.who, verdict.done) for verdict in verdicts] == [("A", True), ("B", False)]
    assert sorted(campaign.collaborations.values_list("status", flat=True)) == ["agreed", "review"]


def test_dropping_takes_everything_that_is_open_and_nothing_that_is_out(
    reel: Deliverable, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    out = DeliverableFactory(collaboration=reel.collaboration)
    out.publish(at=now, actor=SYSTEM)
    assert told(drop_open(cards_of(campaign), at=now, actor=actor)) == [("Kirana Maheswari", True, "1 thing dropped.")]
    assert sorted(Deliverable.objects.values_list("status", flat=True)) == ["dropped", "published"]


# ---- the page ----


def bulk(client: Client, campaign: Campaign, **data: Any) -> Any:
    return client.post(f"/campaigns/{campaign.pk}/bulk/", data)


def test_nothing_is_written_before_its_preview_was_seen(as_coordinator: Client, reel: Deliverable) -> None:
    campaign, pick = reel.collaboration.campaign, [str(reel.collaboration_id)]
    assert bulk(as_coordinator, campaign, action="days", pick=pick).status_code == 200
    form = {"action": "days", "pick": pick, "shift": "3"}
    first = bulk(as_coordinator, campaign, **form, seen="")
    assert first.context["preview"].summary == "Moves 1 thing."
    assert Deliverable.objects.get().post_due_on == dt.date(2026, 12, 4)
    seen = first.context["seen"]
    other = bulk(as_coordinator, campaign, **{**form, "shift": "4"}, seen=seen)
    assert other.context["seen"] != seen
    assert Deliverable.objects.get().post_due_on == dt.date(2026, 12, 4)
    done = bulk(as_coordinator, campaign, **form, seen=seen)
    assert told(done.context["verdicts"]) == [("Kirana Maheswari", True, "1 thing has new days.")]
    assert Deliverable.objects.get().post_due_on == dt.date(2026, 12, 7)


def test_a_preview_that_no_longer_holds_is_shown_again(
    as_coordinator: Client, reel: Deliverable, now: dt.datetime
) -> None:
    campaign, pick = reel.collaboration.campaign, [str(reel.collaboration_id)]
    form = {"action": "drop", "pick": pick, "why": ""}
    seen = bulk(as_coordinator, campaign, **form, seen="").context["seen"]
    DeliverableFactory(collaboration=reel.collaboration)
    again = bulk(as_coordinator, campaign, **form, seen=seen)
    assert again.context["preview"].summary == "Drops 2 things."
    assert set(Deliverable.objects.values_list("status", flat=True)) == {"expected"}


@pytest.mark.parametrize(
    "data",
    [
        {"action": "days"},
        {"action": "days", "shift": "3", "post_due_on": "2026-12-24"},
        {"action": "days", "shift": "99999"},
        {"action": "days", "shift": "soon"},
        {"action": "days", "draft_due_on": "2026-12-24", "post_due_on": "2026-12-20"},
        {"action": "move", "to": "done"},
        {"action": "move", "to": "off"},
        {"action": "plan", "count": "2"},
        {"action": "plan", "format": "x", "count": "-1", "post_due_on": "never"},
        {"action": "drop", "why": "x" * 201},
    ],
)
def test_what_is_wrong_in_bulk_is_said_and_nothing_happens(
    data: dict[str, str], as_coordinator: Client, reel: Deliverable
) -> None:
    before = list(Deliverable.objects.values())
    answer = bulk(as_coordinator, reel.collaboration.campaign, pick=[str(reel.collaboration_id)], seen="", **data)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert list(Deliverable.objects.values()) == before


def test_cards_are_chosen_by_column_by_tick_or_all(as_coordinator: Client, campaign: Campaign) -> None:
    for name, status in (("A", "agreed"), ("B", "agreed"), ("C", "making")):
        CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name=name), status=status)

    def names(**data: str) -> list[str]:
        answer = as_coordinator.get(f"/campaigns/{campaign.pk}/bulk/", {"action": "plan", **data})
        return [card.influencer.stage_name for card in answer.context["cards"]]

    assert names(column="agreed") == ["A", "B"]
    assert names(all_matching="1") == ["A", "B", "C"]
    assert names(pick=str(cards_of(campaign)[2].pk)) == ["C"]


def test_cards_of_another_campaign_are_not_touched(
    as_coordinator: Client, campaign: Campaign, reel: Deliverable
) -> None:
    other = DeliverableFactory()
    answer = as_coordinator.post(
        f"/campaigns/{campaign.pk}/bulk/",
        {"action": "drop", "pick": [str(other.collaboration_id)], "seen": ""},
        follow=True,
    )
    assert b"Nobody is chosen." in answer.content
    assert set(Deliverable.objects.values_list("status", flat=True)) == {"expected"}


def test_an_unknown_action_is_not_found(as_coordinator: Client, campaign: Campaign) -> None:
    assert bulk(as_coordinator, campaign, action="explode").status_code == 404


def test_the_people_page_marks_who_is_in_and_who_is_barred(
    as_coordinator: Client, collaboration: Collaboration, now: dt.datetime
) -> None:
    InfluencerFactory(stage_name="Barred", do_not_contact_at=now)
    rows = as_coordinator.get(f"/campaigns/{collaboration.campaign_id}/people/").context["rows"]
    assert {row["person"].stage_name: (row["is_there"], row["is_barred"]) for row in rows} == {
        "Kirana Maheswari": (True, False),
        "Barred": (False, True),
    }
    assert Influencer.objects.count() == 2
