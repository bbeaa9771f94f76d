"""Two people who are one: what was found out about either goes on counting."""

import datetime as dt

import pytest

from crm.influencers.merging.actions import MergeRefused, merge
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from crm.vetting.actions import VettingRefused, override_hold
from crm.vetting.models import Check
from crm.vetting.queries.holds import holds_on
from tests.crm.vetting.conftest import check
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana M.")


def test_a_fail_moves_along_and_holds(
    kirana: Influencer, twin: Influencer, coordinator: User, now: dt.datetime
) -> None:
    check(twin, "unsafe", "fail", coordinator)
    check(kirana, "scandals", "pass", coordinator)
    merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator))
    assert len(holds_on(kirana, now)) == 1


def test_a_fail_is_not_hidden_behind_an_older_pass_of_who_stays(
    kirana: Influencer, twin: Influencer, coordinator: User, now: dt.datetime
) -> None:
    passed = check(kirana, "unsafe", "pass", coordinator)
    check(twin, "unsafe", "fail", coordinator)
    with pytest.raises(MergeRefused) as refused:
        merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator))
    assert refused.value.reasons == [
        "“Unsafe content” failed for Kirana M., and Kirana Maheswari has an older answer. Check it again for Kirana "
        "Maheswari first."
    ]
    assert set(Check.objects.values_list("influencer", "verdict")) == {(twin.pk, "fail"), (kirana.pk, "pass")}
    check(kirana, "unsafe", "fail", coordinator, seen=passed.pk)
    merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator))
    assert len(holds_on(kirana, now)) == 1


def test_a_fail_is_not_hidden_behind_an_older_override_of_who_stays(
    kirana: Influencer, twin: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    override_hold(check(kirana, "unsafe", "fail", coordinator), "The brand knows.", user=manager, at=now)
    check(twin, "unsafe", "fail", coordinator)
    with pytest.raises(MergeRefused, match=r"“Unsafe content” failed for Kirana M\."):
        merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator))
    assert len(holds_on(twin, now)) == 1


def test_a_fail_that_was_overridden_stands_in_nobodys_way(
    kirana: Influencer, twin: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    override_hold(check(twin, "unsafe", "fail", coordinator), "The brand knows.", user=manager, at=now)
    check(kirana, "unsafe", "pass", coordinator)
    merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator))
    assert holds_on(kirana, now) == []


def test_nothing_is_written_to_somebody_who_was_merged(
    kirana: Influencer, twin: Influencer, coordinator: User, now: dt.datetime
) -> None:
    merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator))
    with pytest.raises(VettingRefused, match="She goes on as somebody else"):
        check(twin, "unsafe", "pass", coordinator)
    assert Check.objects.count() == 0
