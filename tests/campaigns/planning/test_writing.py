"""Writing to people of a campaign: by column, ticked, or all; with what is known of each one's part."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.messages.models import Message, MessageTemplate
from crm.outbox.models import Email
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_more(campaign: Campaign) -> list[Collaboration]:
    made = []
    for name, status in (("Ayu Lestari", "making"), ("Bima Sakti", "agreed")):
        person = InfluencerFactory(stage_name=name)
        RepresentationFactory(influencer=person, contact=ContactFactory(name=name))
        made.append(CollaborationFactory(campaign=campaign, influencer=person, status=status))
    return made


def write_to(client: Client, campaign: Campaign, **chosen: object) -> Message:
    """From the board's table: the page to write on, "Shoot moved", and who gets it."""
    page = client.post(reverse("campaign-bulk", args=[campaign.pk]), {"action": "write", **chosen})
    template = MessageTemplate.objects.get(code="shoot-moved")
    kept = {name: page.context[name] for name in ("audience", "asked", "key")}
    begun = client.post(reverse("message-new"), {**kept, "use": "1", "use_template": str(template.pk)})
    words = {name: begun.context["form"].initial[name] for name in ("subject_id", "text_id", "subject_en", "text_en")}
    day = {"day_on": "2026-11-27", "when": "now", "mail_class": "service", "use_template": str(template.pk)}
    client.post(reverse("message-new"), {**kept, **words, **day, "is_urgent": "on"})
    return Message.objects.order_by("-pk")[0]


def test_shoot_moved_goes_to_the_ticked_ones_with_brand_campaign_and_day(
    as_coordinator: Client, campaign: Campaign, two_more: list[Collaboration]
) -> None:
    message = write_to(as_coordinator, campaign, pick=[two_more[0].pk])
    assert (message.audience_label, message.brand_ref, message.template_version) == (
        "1 person of Glow", campaign.brand_id, 1,
    )  # fmt: skip
    as_coordinator.post(reverse("message-send", args=[message.pk]))
    email = Email.objects.get()
    assert email.subject == "Lumi: the shoot moves to Friday, 27 November"
    assert email.text.startswith("Hi Ayu,\n\nthe shoot for Glow moves to **Friday, 27 November**. Does that day work")
    assert (email.from_name, email.brand_ref) == ("Dinda, Lumi", campaign.brand_id)
    assert email.subject_refs == [f"campaigns.collaboration:{two_more[0].pk}", f"crm.message:{message.pk}"]


def test_a_column_and_all_that_go_ahead_can_be_written_to(
    as_coordinator: Client, campaign: Campaign, collaboration: Collaboration, two_more: list[Collaboration]
) -> None:
    Collaboration.objects.filter(pk=two_more[0].pk).update(status="off")
    column = write_to(as_coordinator, campaign, column="making")
    assert list(column.lines.values_list("label", flat=True)) == ["Kirana Maheswari"]
    everybody = write_to(as_coordinator, campaign, all_matching="1")
    assert list(everybody.lines.values_list("label", flat=True)) == ["Bima Sakti", "Kirana Maheswari"]


def test_it_stands_in_the_story_of_the_collaboration(
    as_coordinator: Client, campaign: Campaign, two_more: list[Collaboration]
) -> None:
    message = write_to(as_coordinator, campaign, pick=[two_more[0].pk])
    as_coordinator.post(reverse("message-send", args=[message.pk]))
    told = Entry.objects.get(verb="message.written")
    assert (told.subject, told.influencer_id, told.brand_id) == (
        f"campaigns.collaboration:{two_more[0].pk}", two_more[0].influencer_id, campaign.brand_id,
    )  # fmt: skip
    page = as_coordinator.get(reverse("collaboration", args=[two_more[0].pk]))
    assert "Wrote “Lumi: the shoot moves to Friday, 27 November” to Ayu Lestari" in page.content.decode()
    assert message.title == "Lumi: the shoot moves to Friday, 27 November"


def test_the_next_open_day_is_hers(
    as_coordinator: Client, campaign: Campaign, reel: Deliverable, two_more: list[Collaboration]
) -> None:
    asked = f"campaign={campaign.pk}&all_matching=1"
    words = {"subject_en": "Soon", "text_en": "{{ what }} by {{ due_day }}, out on {{ post_day }}."}
    as_coordinator.post(
        reverse("message-new"),
        {"audience": "campaign", "asked": asked, "key": "x", "when": "now", "mail_class": "service", **words},
    )
    message = Message.objects.get()
    assert list(message.lines.order_by("place").values_list("label", "outcome")) == [
        ("Ayu Lestari", "left_out"), ("Bima Sakti", "left_out"), ("Kirana Maheswari", "gets"),
    ]  # fmt: skip
    as_coordinator.post(reverse("message-send", args=[message.pk]))
    assert Email.objects.get().text.splitlines()[0] == (
        "Instagram Reel by Friday, 27 November, out on Friday, 4 December."
    )


def test_behind_the_wall_of_a_brand_nobody_can_be_chosen_and_nothing_is_seen(
    as_coordinator: Client, coordinator: User, campaign: Campaign, two_more: list[Collaboration]
) -> None:
    message = write_to(as_coordinator, campaign, pick=[two_more[0].pk])
    Organisation.objects.update(brand_walls=True)
    coordinator.brand_access.create(brand=BrandFactory(name="Other"))
    assert as_coordinator.get(reverse("message", args=[message.pk])).status_code == 404
    assert as_coordinator.get(reverse("messages")).context["rows"] == []
    page = as_coordinator.get(
        reverse("message-new") + f"?audience=campaign&campaign={campaign.pk}&all_matching=1", follow=True
    )
    assert "Nobody is chosen" in page.content.decode()


def test_a_campaign_of_nobody_is_told(as_coordinator: Client) -> None:
    empty = CampaignFactory(start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 11, 30))
    page = as_coordinator.get(
        reverse("message-new") + f"?audience=campaign&campaign={empty.pk}&all_matching=1", follow=True
    )
    assert "Nobody is chosen" in page.content.decode()
