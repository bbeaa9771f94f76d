"""Drafts and versions: saved, told who was faster, released once, and never changed afterwards."""

import datetime as dt

import pytest

from campaigns.briefs.actions.copying import copy_brief
from campaigns.briefs.actions.writing import Meanwhile, release, save_draft, throw_away
from campaigns.briefs.beginning import first_content
from campaigns.briefs.content import Pointer, content_of
from campaigns.briefs.diff import needs_new_acceptance
from campaigns.briefs.models import BriefItem, BriefReference, BriefVersion, ReleasedStays
from campaigns.briefs.queries import current_version, state_of
from campaigns.briefs.showing import shown_text
from campaigns.planning.models import Campaign
from campaigns.planning.models.pillars import Pillar
from campaigns.planning.models.told import Refused
from crm.brands.models import Product
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.briefs.conftest import released, said, written
from tests.factories import CampaignFactory


def test_a_first_draft_begins_with_what_the_house_knows(campaign: Campaign) -> None:
    brand = campaign.brand
    brand.about, brand.values, brand.language = "A small house.", "Skin that feels well.", "id"
    campaign.products.add(Product.objects.create(brand=brand, name="Glow Serum", url="https://lumi.example/serum"))
    Pillar.objects.create(campaign=campaign, name="Light enough for every day")
    assert dict(first_content(campaign).values) == {
        "language": "id", "brand_story": "A small house.", "product_story": "Glow Serum",
        "public_benefit": "Skin that feels well.", "key_messages": "Light enough for every day",
        "disclosure": "#iklan", "link": "https://lumi.example/serum",
    }  # fmt: skip


def test_a_draft_is_written_once_and_changed_in_place(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    first = written(campaign, said(pose="Standing", items=[("Smile", "must")]), now, actor)
    again = written(campaign, said(pose="Sitting", items=[("Smile", "must"), ("Wave", "free")]), now, actor)
    assert (again.pk, again.number, again.pose) == (first.pk, 1, "Sitting")
    assert list(again.items.values_list("text", "level")) == [("Smile", "must"), ("Wave", "free")]
    assert list(Entry.objects.newest_first().values_list("verb", flat=True)) == ["brief.changed", "brief.begun"]


def test_saving_what_is_there_already_tells_nothing(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    first = written(campaign, said(pose="Standing"), now, actor)
    again = written(campaign, said(pose="Standing"), now, actor)
    assert (again.updated_at, Entry.objects.count()) == (first.updated_at, 1)


def test_who_saves_second_is_told_and_overwrites_nothing(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    empty = state_of(campaign).token
    save_draft(campaign, said(pose="Standing"), seen=empty, at=now, actor=actor)
    opened = state_of(campaign).token
    save_draft(campaign, said(pose="Sitting"), seen=opened, at=now, actor=actor)
    for seen in (empty, opened, "", "junk@junk"):
        with pytest.raises(Meanwhile) as told:
            save_draft(campaign, said(pose="Lying"), seen=seen, at=now, actor=actor)
        assert told.value.state.draft is not None
        assert told.value.state.draft.pose == "Sitting"
    assert BriefVersion.objects.get().pose == "Sitting"


def test_a_release_numbers_versions_and_the_next_draft_counts_on(
    campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    assert current_version(campaign) is None
    first = released(campaign, said(pose="Standing"), now, actor)
    draft = written(campaign, said(pose="Sitting"), now, actor)
    assert (first.number, first.released_at, draft.number) == (1, now, 2)
    assert current_version(campaign) == first
    second = released(campaign, said(pose="Lying"), now, actor, change="small")
    assert (second.pk, second.change, current_version(campaign)) == (draft.pk, "small", second)


def test_a_released_version_never_changes(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    released(campaign, said(pose="Standing", items=[("Smile", "must")]), now, actor)
    version = BriefVersion.objects.get()
    version.pose = "Sitting"
    (item,) = version.items.all()
    for forbidden in (
        version.save,
        version.delete,
        item.save,
        item.delete,
        lambda: BriefVersion.objects.update(pose="Sitting"),
        lambda: BriefVersion.objects.all().delete(),
        lambda: version.items.update(level="free"),
        lambda: version.items.all().delete(),
        lambda: BriefItem.objects.create(version=version, text="Wave"),
        lambda: BriefItem.objects.bulk_create([BriefItem(version=version, text="Wave")]),
        lambda: BriefReference.objects.create(version=version, url="https://lumi.example/"),
    ):
        with pytest.raises(ReleasedStays):
            forbidden()
    assert BriefVersion.objects.get().pose == "Standing"
    assert list(BriefItem.objects.values_list("text", "level")) == [("Smile", "must")]


def test_a_version_read_before_its_release_is_not_saved_over_it(
    campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    stale = written(campaign, said(pose="Standing"), now, actor)
    release(stale, seen=state_of(campaign).token, change="ask_again", at=now, actor=actor)
    stale = BriefVersion(pk=stale.pk, brief=stale.brief, number=1, pose="Sitting")
    with pytest.raises(ReleasedStays):
        stale.save()


def test_an_impossible_brief_is_not_released(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    draft = written(campaign, said(caption="Aman", forbidden=["aman"]), now, actor)
    with pytest.raises(Refused) as refused:
        release(draft, seen=state_of(campaign).token, change="ask_again", at=now, actor=actor)
    assert str(refused.value) == (
        "“aman” stands here and among the words that must not be said. Take it out of one of the two."
    )
    assert BriefVersion.objects.get().released_at is None


def test_asking_for_less_than_what_changed_takes_a_reason(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    released(campaign, said(), now, actor)
    with pytest.raises(Refused):
        released(campaign, said(use_days=14), now, actor, change="small", because="  ")
    assert current_version(campaign).number == 1  # type: ignore[union-attr]
    version = released(campaign, said(use_days=14), now, actor, change="small", because="Everybody agreed by phone")
    told = Entry.objects.newest_first().first()
    assert told is not None
    assert (version.change, told.verb, told.quote) == ("small", "brief.released", "Everybody agreed by phone")


def test_asking_again_needs_no_reason(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    released(campaign, said(), now, actor)
    assert released(campaign, said(pose="Sitting"), now, actor, change="ask_again").change == "ask_again"


def test_what_is_released_is_what_was_looked_at(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    draft = written(campaign, said(pose="Standing"), now, actor)
    looked_at = state_of(campaign).token
    written(campaign, said(pose="Sitting"), now, actor)
    with pytest.raises(Meanwhile):
        release(draft, seen=looked_at, change="ask_again", at=now, actor=actor)
    assert BriefVersion.objects.get().released_at is None


def test_a_draft_can_be_thrown_away_and_what_was_released_cannot(
    campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    released(campaign, said(pose="Standing"), now, actor)
    written(campaign, said(pose="Sitting"), now, actor)
    throw_away(campaign, seen=state_of(campaign).token, at=now, actor=actor)
    with pytest.raises(Meanwhile):
        throw_away(campaign, seen=state_of(campaign).token, at=now, actor=actor)
    assert [version.pose for version in BriefVersion.objects.all()] == ["Standing"]


def test_a_variant_is_read_merged_and_compared_merged(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    first = released(campaign, said(pose="Standing", items=[("Smile", "must")]), now, actor)
    second = released(campaign, said(pose="Sitting", items=[("Smile", "must"), ("Wave", "must")]), now, actor)
    hers = {"items": [["Laugh", "must"]]}
    assert [line.text for part in shown_text(second, hers) for line in part.lines] == ["Laugh", "Sitting"]
    assert needs_new_acceptance(first, second)
    assert not needs_new_acceptance(first, second, hers, hers)


def test_references_are_kept_with_the_version(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    pointer = Pointer(url="https://lumi.example/mood", note="The light in it")
    content = said(pose="Standing")
    draft = written(campaign, type(content)(content.values, (), (pointer,)), now, actor)
    assert content_of(BriefVersion.objects.whole().get(pk=draft.pk)).references == (pointer,)


def test_a_copied_campaign_begins_with_the_newest_version_without_its_days(
    campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    new = CampaignFactory(brand=campaign.brand)
    assert copy_brief(campaign, new, now, actor) is None
    released(campaign, said(pose="Standing", items=[("Smile", "must")], embargo_at=now), now, actor)
    written(campaign, said(pose="Not finished"), now, actor)
    draft = copy_brief(campaign, new, now, actor)
    assert draft is not None
    assert (draft.number, draft.pose, draft.embargo_at, draft.released_at) == (1, "Standing", None, None)
    assert list(draft.items.values_list("text", "level")) == [("Smile", "must")]
    assert copy_brief(campaign, new, now, actor) is None
