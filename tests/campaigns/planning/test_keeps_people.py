"""Whoever an import made and somebody took into a campaign stays when the import is taken back."""

import pytest

from campaigns.planning.models import Collaboration
from crm.influencers.imports.taking_back.undoing import take_back
from crm.influencers.imports.taking_back.words import sentence
from crm.influencers.models import ImportRow, ImportRun, Influencer
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def test_whoever_is_in_a_campaign_stays(collaboration: Collaboration) -> None:
    run = ImportRun.objects.create(file_name="a.csv", status="done", counts={"new": 2})
    other = InfluencerFactory(stage_name="Oka")
    for line, pk in ((2, collaboration.influencer_id), (3, other.pk)):
        ImportRow.objects.create(
            run=run,
            line=line,
            verdict="new",
            influencer_ref=pk,
            written_at=NOW,
            changed={"created": {"influencer": pk}},
        )

    run.take_back(by=None, at=NOW, actor=SYSTEM)
    assert take_back(run, now=NOW)

    rows = run.rows.order_by("line")
    assert [(row.line, row.outcome) for row in rows] == [(2, "kept"), (3, "removed")]
    assert "Is part of a campaign." in [sentence(one) for one in rows[0].kept]
    assert not Influencer.objects.filter(pk=other.pk).exists()
    assert Collaboration.objects.count() == 1
