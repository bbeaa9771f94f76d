"""A sheet of running work whose process is killed in the middle, for real: it goes on, and no card is there twice."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crm.influencers.imports.test_kill import ROOT, Watch, environment, kill_once

__all__ = ["environment"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROWS = 700
"""More than one batch: what is left after the first is what the two who go on reach for."""
START = (
    "import sys; sys.path.insert(0, '.'); import django; django.setup(); "
    "from pathlib import Path; from django.utils import timezone; now = timezone.now(); "
    "from campaigns.planning.imports.kind import RunningWork; from crm.intake import actions; "
    "from crm.intake.models import Intake; from crm.timeline.record import SYSTEM; "
)
TAKE = (
    "from crm.influencers.models import *; from tests.factories import BrandFactory, CampaignFactory; "
    "from crm.team.models import User; user = User.objects.create(email='sari@mitra.example', name='Sari'); "
    "CampaignFactory(name='Glow', brand=BrandFactory(name='Lumi'), owner=user); "
    "instagram = Platform.objects.get(code='instagram'); "
    f"Influencer.objects.bulk_create([Influencer(stage_name=f'Orang {{n}}') for n in range({ROWS})], 500); "
    "SocialAccount.objects.bulk_create([SocialAccount(influencer=one, platform=instagram, "
    "handle=one.stage_name.lower().replace(' ', '.')) for one in Influencer.objects.all()], 500); "
    "run = actions.take(RunningWork(), 'work.csv', Path(sys.argv[1]).read_bytes(), user=user); "
    "actions.choose_columns(run, run.columns['targets'], {'platform': 'instagram'}, now=now, actor=SYSTEM)"
)
CARRY_ON = "actions.carry_on(Intake.objects.get().pk, now=now)"
CONFIRM = "Intake.objects.get().confirm(at=now, actor=SYSTEM)"
TAKE_BACK = "Intake.objects.get().take_back(at=now, actor=SYSTEM)"
STATE = (
    "SELECT status, cursor, (SELECT COUNT(*) FROM campaigns_collaboration), "
    "(SELECT COUNT(*) FROM campaigns_deliverable), "
    "(SELECT COUNT(*) FROM crm_entry WHERE verb = 'collaboration.imported'), "
    "(SELECT COUNT(*) FROM crm_intakeline WHERE written_at IS NOT NULL) FROM crm_intake"
)
BACK = (
    "SELECT status, (SELECT COUNT(*) FROM crm_intakeline WHERE taken_back_at IS NOT NULL), "
    "(SELECT COUNT(*) FROM campaigns_collaboration), (SELECT COUNT(*) FROM campaigns_deliverable), "
    "(SELECT COUNT(*) FROM crm_entry WHERE verb = 'collaboration.taken_back') FROM crm_intake"
)


def python(environment: dict[str, str], code: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START + code, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def two_at_once(environment: dict[str, str]) -> list[int]:
    both = [subprocess.Popen([sys.executable, "-c", START + CARRY_ON], cwd=ROOT, env=environment) for _n in range(2)]
    return [one.wait(timeout=200) for one in both]


def taken(environment: dict[str, str], folder: Path) -> None:
    lines = [f"@orang.{n};Glow;1 reel 1 story;500rb;5 Des 2026;deal" for n in range(ROWS)]
    sheet = folder / "work.csv"
    sheet.write_text("Akun IG;Campaign;SOW;Fee;Tgl posting;Status\n" + "\n".join(lines) + "\n")
    python(environment, f"{TAKE}; {CARRY_ON}; {CONFIRM}", str(sheet))


def test_killed_running_work_goes_on_and_makes_no_card_twice(environment: dict[str, str], tmp_path: Path) -> None:
    taken(environment, tmp_path)
    watch = Watch(environment, STATE)
    assert watch.state() == ("confirmed", 0, 0, 0, 0, 0)

    kill_once(environment, watch.has_moved, START + CARRY_ON)
    cursor = watch.state()[1]
    assert 0 < cursor < ROWS + 1
    done = cursor - 1
    # Everything up to the cursor is there, once, and nothing beyond it.
    assert watch.state() == ("confirmed", cursor, done, 2 * done, done, done)

    assert two_at_once(environment) == [0, 0]
    assert watch.state()[2:] == (ROWS, 2 * ROWS, ROWS, ROWS)
    assert watch.state()[0] == "done"


def test_taking_it_back_that_is_killed_goes_on_and_tells_each_story_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    taken(environment, tmp_path)
    python(environment, f"{CARRY_ON}; {TAKE_BACK}")
    watch = Watch(environment, BACK)
    assert watch.state() == ("taking_back", 0, ROWS, 2 * ROWS, 0)

    kill_once(environment, watch.has_moved, START + CARRY_ON)
    gone = watch.state()[1]
    assert 0 < gone < ROWS
    assert watch.state() == ("taking_back", gone, ROWS - gone, 2 * (ROWS - gone), gone)

    assert two_at_once(environment) == [0, 0]
    assert watch.state() == ("taken_back", ROWS, 0, 0, ROWS)
