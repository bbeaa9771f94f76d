"""Eight workers look at the same minute: one paper, one letter each. The same without the lock shows what it is for."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from crm.base.models import StoredFile
from crm.contracts.actions.papers import make_papers, put_on_file
from crm.contracts.actions.stamping import stamp
from crm.contracts.models import Contract
from crm.contracts.paper import write_paper
from crm.contracts.paper.keeping import found_in
from crm.influencers.models import Influencer
from crm.outbox.models import Email, EmailFile
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_papers import contact_of, stored
from tests.crm.contracts.test_signing import sign_both
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 8


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def signed(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> Contract:
    contact_of(kirana, "kirana@contoh.example")
    return sign_both(write(kirana, said="1 reel 2jt"), now, actor)


def papered() -> tuple[int, int, int, int]:
    told = Entry.objects.filter(verb="contract.papered").count()
    return StoredFile.objects.count(), Email.objects.count(), EmailFile.objects.count(), told


def test_workers_at_the_same_moment_make_one_paper(signed: Contract, now: dt.datetime) -> None:
    assert together(*[lambda: make_papers(now)] * CROWD) == []
    assert papered() == (1, 2, 2, 1)


def test_control_without_the_lock_there_are_several(signed: Contract, now: dt.datetime) -> None:
    def unlocked() -> None:
        seen = Contract.objects.with_paper().get(pk=signed.pk)
        data = write_paper(seen)
        with transaction.atomic():
            if seen.document_id is None:
                put_on_file(seen, data, now, actor=SYSTEM)

    assert together(*[unlocked] * CROWD) == []
    assert StoredFile.objects.count() > 1


def test_a_stamp_noted_while_the_paper_is_made_is_never_lost(signed: Contract, actor: Actor, now: dt.datetime) -> None:
    def stamping() -> None:
        stamp(signed, "EM-0099-1234", now.date(), None, at=now, actor=actor)

    assert together(lambda: make_papers(now), stamping) == []
    make_papers(timezone.now())
    kept = found_in(stored(signed))
    assert kept is not None
    assert [link.kind for link in kept.links] == ["document", "signature", "signature", "stamp", "pages"]
