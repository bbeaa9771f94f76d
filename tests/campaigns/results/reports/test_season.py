"""Every figure of a report of a campaign in which nearly everything happens, field by field.

`GOLDEN_UPDATE=1 pytest tests/campaigns/results/reports/test_season.py` writes what is kept.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from campaigns.planning.models import Campaign
from campaigns.results.costs.reckoning import costs_by_card, costs_of
from campaigns.results.reports.chosen import Chosen
from tests.campaigns.results.reports.conftest import told
from tests.campaigns.results.reports.season import fill, plainly

pytestmark = pytest.mark.django_db
KEPT = Path(__file__).with_name("season.json")
LOOKS: dict[str, dict[str, Any]] = {
    "usual": {},
    "early and in money only": {"chosen": Chosen(mark=24, cost="cash")},
    "of a client": {"client": True},
    "of a client without prices": {"client": True, "prices": False},
}


def told_plainly(campaign: Campaign) -> dict[str, Any]:
    found: dict[str, Any] = {name: plainly(told(campaign, **look)) for name, look in LOOKS.items()}
    ids = [campaign.pk, Campaign.objects.get(parent=campaign).pk]
    found["costs"] = [plainly(dict(costs_of(ids)[pk])) for pk in ids]
    found["costs of cards"] = [plainly(dict(one)) for _pk, one in sorted(costs_by_card(ids).items())]
    return found


def test_a_report_of_everything_at_once_keeps_each_of_its_figures(campaign: Campaign) -> None:
    fill(campaign)
    found = json.loads(json.dumps(told_plainly(campaign)))
    if os.environ.get("GOLDEN_UPDATE"):
        KEPT.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert list(found) == [*LOOKS, "costs", "costs of cards"]
    for name, part in found.items():
        assert part == kept[name], name
