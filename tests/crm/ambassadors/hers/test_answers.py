"""What she answers about posts that are still open: it counts at once, once, and somebody looks at it."""

import datetime as dt

import pytest

from crm.ambassadors.hers.portal import MAKE_GOOD, QUOTA
from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, MakeGood, PeriodQuota, QuotaEntry
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.portal.registry import AnswerRefused, Asking, PortalTask, Told, features, find_task, open_tasks
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor, subject_of
from tests.crm.ambassadors.hers.test_reminders import with_cards
from tests.crm.ambassadors.showing.laid import State, period_of
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
OURS = (QUOTA, MAKE_GOOD)


@pytest.fixture
def asking(kirana: Influencer, deal: AmbassadorDeal, her: Contact, now: dt.datetime) -> Asking:
    return Asking(kirana.pk, deal.contract.brand_id, now, "Asia/Jakarta", her)


def tasks(asking: Asking) -> list[PortalTask]:
    return [task for task in open_tasks(asking) if task.feature in OURS]


def say(asking: Asking, task: PortalTask, code: str, **data: object) -> None:
    told = Told(
        code,
        data,
        asking.now,
        Actor.contact(asking.contact) if asking.contact else SYSTEM,
        quote=str(data.get("note") or ""),
    )
    features()[task.feature].settle(asking, task, told)


def test_what_nothing_else_asks_for_is_a_task(asking: Asking, november: DealPeriod) -> None:
    (task,) = tasks(asking)
    assert (str(task.title), [str(line) for line in task.lines], task.due_on) == (
        "1 × Instagram Reel", ["This month: 1 of 2 posted"], dt.date(2026, 11, 30),
    )  # fmt: skip


def test_what_is_to_be_made_good_is_a_task_of_its_own(asking: Asking, from_october: MakeGood) -> None:
    (task,) = tasks(asking)
    assert (str(task.title), [str(line) for line in task.lines], task.due_on) == (
        "1 × Instagram Reel", ["Still open from 1 Oct – 31 Oct 2026"], dt.date(2026, 12, 9),
    )  # fmt: skip


def test_what_has_a_card_is_asked_by_the_card(asking: Asking, november: DealPeriod, from_october: MakeGood) -> None:
    with with_cards(posts=1, make_goods=1):
        assert tasks(asking) == []


def test_nothing_is_asked_while_it_is_paused(asking: Asking, november: DealPeriod, from_october: MakeGood) -> None:
    DealPause.objects.create(deal=november.deal, first_on=dt.date(2026, 11, 20))
    assert tasks(asking) == []


def test_another_brand_is_asked_nothing_of_this_one(asking: Asking, november: DealPeriod, kirana: Influencer) -> None:
    other = Asking(kirana.pk, BrandFactory().pk, asking.now, asking.zone, asking.contact)
    assert tasks(other) == []


def test_a_post_counts_at_once_on_its_day(asking: Asking, november: DealPeriod) -> None:
    (task,) = tasks(asking)
    say(asking, task, "posted", url="https://instagram.com/p/1", posted_on=dt.date(2026, 11, 22))
    row = QuotaEntry.objects.get()
    assert (row.kind, row.quantity, row.on, row.label, row.by) == (
        "delivered", -1, dt.date(2026, 11, 22), "https://instagram.com/p/1", "Kirana Maheswari",
    )  # fmt: skip
    assert PeriodQuota.objects.get(pk=task.subject_id).left == 0
    assert tasks(asking) == []


def test_somebody_looks_at_it(asking: Asking, november: DealPeriod) -> None:
    say(asking, tasks(asking)[0], "posted", url="https://instagram.com/p/1")
    todo = Todo.objects.get()
    assert (todo.kind, todo.quote, todo.owner_id, todo.subject) == (
        "check", "https://instagram.com/p/1", november.deal.contract.owner_id, subject_of(november),
    )  # fmt: skip
    assert Entry.objects.get(verb="quota.posted").subject == subject_of(november.deal)


def test_the_same_link_counts_once(asking: Asking, deal: AmbassadorDeal) -> None:
    period_of(deal, 11, State.OPEN, (2, 0))
    (task,) = tasks(asking)
    say(asking, task, "posted", url="https://instagram.com/p/1")
    with pytest.raises(AnswerRefused, match="counts already"):
        say(asking, task, "posted", url="https://instagram.com/p/1")
    assert (QuotaEntry.objects.count(), Todo.objects.count()) == (1, 1)


def test_what_was_made_good_leaves_this_month_alone(
    asking: Asking, november: DealPeriod, from_october: MakeGood
) -> None:
    task = next(one for one in tasks(asking) if one.feature == MAKE_GOOD)
    say(asking, task, "posted", url="https://instagram.com/p/2")
    from_october.refresh_from_db()
    assert (from_october.done, [task.feature for task in tasks(asking)]) == (1, [QUOTA])


def test_more_time_is_a_task_for_the_owner_and_counts_nothing(asking: Asking, november: DealPeriod) -> None:
    (task,) = tasks(asking)
    say(asking, task, "more_time", until=dt.date(2026, 12, 4), note="Lagi sakit")
    todo = Todo.objects.get()
    assert (todo.kind, todo.quote, QuotaEntry.objects.count()) == ("more_time", "Lagi sakit", 0)
    assert todo.key.startswith("deal_asked:")


def test_a_question_is_a_task_for_the_owner(asking: Asking, november: DealPeriod) -> None:
    say(asking, tasks(asking)[0], "question", note="Boleh Story saja?")
    assert Todo.objects.get().quote == "Boleh Story saja?"


def test_a_task_that_is_gone_is_refused(asking: Asking, november: DealPeriod) -> None:
    (task,) = tasks(asking)
    Contract.objects.filter(pk=november.deal.contract_id).update(status="ended")
    with pytest.raises(AnswerRefused, match="settled already"):
        say(asking, task, "posted", url="https://instagram.com/p/1")
    assert QuotaEntry.objects.count() == 0


def test_a_colleague_tells_the_same(asking: Asking, november: DealPeriod, kirana: Influencer) -> None:
    ours = Asking(kirana.pk, None, asking.now, asking.zone)
    task = find_task(ours, QUOTA, tasks(asking)[0].subject_id)
    assert task is not None
    say(ours, task, "posted", url="", posted_on=None)
    assert QuotaEntry.objects.get().label == "Instagram Reel"
