"""Work on many people whose process is killed in the middle, for real: it goes on and does nobody twice."""

import signal
import subprocess
import sys
import time

import pytest

from tests.crm.influencers.imports.test_kill import ROOT, Watch, environment

__all__ = ["environment"]
PEOPLE = 6_000
START = (
    "import os, sys; sys.path.insert(0, '.'); import django; django.setup(); "
    "from django.utils import timezone; from crm.influencers.bulk_runs import actions; "
    "from crm.influencers.models import *; from crm.team.models import User; now = timezone.now(); "
)
BEGIN = (
    f"Influencer.objects.bulk_create([Influencer(stage_name=f'Orang {{n}}') for n in range({PEOPLE})], 500); "
    "user = User.objects.create(email='sari@mitra.example', name='Sari', role='owner'); "
    "actions.begin('archive', Influencer.objects.all(), data={}, query='', user=user, now=now)"
)
CARRY_ON = "actions.carry_on(BulkRun.objects.get().pk, now=now)"
STATE = (
    "SELECT status, cursor, (SELECT COUNT(*) FROM crm_influencer WHERE archived_at IS NOT NULL), "
    "(SELECT COUNT(*) FROM crm_entry WHERE verb = 'influencer.archived'), "
    "(SELECT COUNT(*) FROM crm_bulkrow WHERE outcome = 'changed') FROM crm_bulkrun"
)


def worker(environment: dict[str, str], code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", START + code], cwd=ROOT, env=environment)


@pytest.mark.integration
@pytest.mark.django_db
def test_killed_work_goes_on_without_losing_or_doubling_anybody(environment: dict[str, str]) -> None:
    assert worker(environment, BEGIN).wait(timeout=120) == 0
    watch = Watch(environment, STATE)
    assert watch.state() == ("confirmed", 0, 0, 0, 0)

    first = worker(environment, CARRY_ON)
    deadline = time.monotonic() + 60
    while first.poll() is None and not watch.has_moved():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert first.poll() is None, "the worker ended before it could be killed"
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = watch.state()[1]
    assert 0 < done < PEOPLE
    assert watch.state() == ("confirmed", done, done, done, done)

    two = [worker(environment, CARRY_ON) for _n in range(2)]
    assert [one.wait(timeout=120) for one in two] == [0, 0]
    assert watch.state() == ("done", PEOPLE, PEOPLE, PEOPLE, PEOPLE)
