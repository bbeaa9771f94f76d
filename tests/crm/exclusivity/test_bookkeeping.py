"""Promises beside what else happens to a person: merged with another, brought by a file, corrected by the admin."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.planning.models import Collaboration
from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.exclusivity.models import Claim, Clause
from crm.exclusivity.panels import has_promised
from crm.influencers.merging.actions import MergeRefused, merge
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import category, deal, on, promise
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana M.")


@pytest.fixture
def clause(kirana: Influencer, now: dt.datetime, actor: Actor) -> Clause:
    """In force around 10 December."""
    card = deal(kirana, "Lumi", on(12, 10))
    made = promise(card)
    card.put("agreed", at=now, actor=actor)
    made.refresh_from_db()
    return made


def agreed(person: Influencer, name: str, post_on: dt.date, now: dt.datetime, actor: Actor) -> Collaboration:
    card = deal(person, name, post_on)
    card.put("agreed", at=now, actor=actor)
    return card


class TestMerging:
    @pytest.mark.parametrize("barred_stays", [True, False])
    def test_two_whose_promise_and_work_collide_stay_two(
        self, kirana: Influencer, twin: Influencer, clause: Clause, now: dt.datetime, actor: Actor, barred_stays: bool
    ) -> None:
        card = agreed(twin, "Serasi", on(12, 12), now, actor)
        pair = (kirana.pk, twin.pk) if barred_stays else (twin.pk, kirana.pk)
        with pytest.raises(MergeRefused) as refused:
            merge(*pair, {}, at=now, actor=actor)
        assert refused.value.reasons == [
            f"Kirana Maheswari promised exclusivity to Lumi, and “{card.deliverables.get()} · {card.campaign}” of Kirana "
            "M. breaks it. Move that work or end the promise first."
        ]
        assert sorted(Claim.objects.values_list("influencer", flat=True)) == [kirana.pk, kirana.pk, twin.pk]

    def test_the_other_brand_is_no_name_for_who_does_not_see_it(
        self, kirana: Influencer, twin: Influencer, clause: Clause, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        card = agreed(twin, "Serasi", on(12, 12), now, actor)
        Organisation.objects.update(brand_walls=True)
        BrandAccess.objects.create(user=coordinator, brand=card.campaign.brand)
        coordinator.forget_brands()
        with pytest.raises(MergeRefused) as refused:
            merge(kirana.pk, twin.pk, {}, at=now, actor=Actor.user(coordinator), user=coordinator)
        assert refused.value.reasons == [
            "Kirana Maheswari promised exclusivity to a brand you do not see, and work of Kirana M. breaks it. Ask a "
            "manager."
        ]

    def test_work_outside_the_days_and_work_only_talked_about_do_not_part_them(
        self, kirana: Influencer, twin: Influencer, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        agreed(twin, "Serasi", on(12, 18), now, actor)
        deal(twin, "Senja", on(12, 10))
        merge(kirana.pk, twin.pk, {}, at=now, actor=actor)
        assert set(Claim.objects.values_list("influencer", flat=True)) == {kirana.pk}


def test_whoever_promised_something_stays_on_file(kirana: Influencer, twin: Influencer, clause: Clause) -> None:
    assert list(has_promised([kirana.pk, twin.pk])) == [kirana.pk]


class TestAdmin:
    def address(self, clause: Clause) -> str:
        return f"/admin/crm/clause/{clause.pk}/change/"

    def test_what_is_in_force_cannot_be_posted(self, as_owner: Client, clause: Clause) -> None:
        assert as_owner.get(self.address(clause)).status_code == 200
        assert as_owner.post(self.address(clause), {"note": "changed"}).status_code == 403
        clause.refresh_from_db()
        assert (clause.note, clause.standing) == ("", "active")

    def test_the_windows_follow_what_is_corrected_before_that(
        self, as_owner: Client, kirana: Influencer, now: dt.datetime
    ) -> None:
        clause = promise(deal(kirana, "Lumi", on(12, 10)), anchor="fixed", work_ref="")
        page = as_owner.get(self.address(clause)).context["adminform"].form
        said = {name: page.get_initial_for_field(field, name) for name, field in page.fields.items()}
        posted = {name: value for name, value in said.items() if value or (value == 0 and value is not False)}
        posted |= {
            "categories": [category("skincare").pk], "fixed_start_on": "2026-12-01", "fixed_end_on": "2026-12-31",
            "carve_outs-TOTAL_FORMS": 0, "carve_outs-INITIAL_FORMS": 0,
            "stretches-TOTAL_FORMS": 0, "stretches-INITIAL_FORMS": 0,
            "rests-TOTAL_FORMS": 0, "rests-INITIAL_FORMS": 0,
        }  # fmt: skip
        answer = as_owner.post(self.address(clause), posted)
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        (row,) = clause.stretches.all()
        assert (row.start_at, row.end_at) == (
            dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC),
            dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC),
        )
