"""Pages of amendments, renewals and early ends: one question first, today's value beside the new, shown before it is done."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.base.zones import local_date
from crm.contracts.actions.amending import change_term, draft_amendment, move_last_day
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.models import Contract, TermChange, UsageRight
from crm.exclusivity.models import Clause
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_pages import errors
from tests.crm.contracts.test_signing import promise, sign_both

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def running(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> Contract:
    """In force since ten days ago, for thirty days from today."""
    today = local_date(now, "Asia/Jakarta")
    contract = write(kirana, said="1 reel 2jt", start_on=today - 10 * DAY, end_on=today + 30 * DAY, language="en")
    promise(contract, now, actor)
    UsageRight.objects.create(
        contract=contract, kind="paid_ads", counted_from="fixed", start_on=today - 10 * DAY, end_on=today + 20 * DAY,
        extension=Money(500_000, "IDR"), extension_days=90,
    )  # fmt: skip
    sign_both(contract, now, actor)
    move_by_date(now)
    return Contract.objects.get(pk=contract.pk)


@pytest.fixture
def today(now: dt.datetime) -> dt.date:
    return local_date(now, "Asia/Jakarta")


@pytest.fixture
def amendment(running: Contract, today: dt.date, actor: Actor, now: dt.datetime) -> Contract:
    return draft_amendment(running, today + 5 * DAY, at=now, actor=actor)


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def test_one_question_leads_to_the_form_of_its_answer(
    as_coordinator: Client, running: Contract, today: dt.date
) -> None:
    page = as_coordinator.get(reverse("contract", args=[running.pk])).content.decode()
    assert reverse("contract-amend", args=[running.pk]) in page
    assert set(errors(post(as_coordinator, "contract-amend", running.pk, what=""))) == {"what", "effective_on"}
    late = (running.end_on or today) + DAY
    wrong = post(as_coordinator, "contract-amend", running.pk, what="pay", effective_on=late)
    assert "effective_on" in errors(wrong)
    assert Contract.objects.count() == 1
    answer = post(as_coordinator, "contract-amend", running.pk, what="pay", effective_on=today + DAY)
    made = Contract.objects.get(amends=running)
    assert answer.url == reverse("contract-change", args=[made.pk, "pay"])
    again = as_coordinator.get(reverse("contract-amend", args=[running.pk])).content.decode()
    assert "Being written already" in again


def test_what_is_not_in_force_is_not_amended(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    draft = write(kirana, said="1 reel 2jt")
    for name in ("contract-amend", "contract-replace", "contract-end"):
        assert as_coordinator.get(reverse(name, args=[draft.pk])).url == reverse("contract", args=[draft.pk])
    assert as_coordinator.get(reverse("contract-change", args=[draft.pk, "pay"])).status_code == 404


def test_a_fee_is_changed_beside_what_it_is_today(
    as_coordinator: Client, running: Contract, amendment: Contract
) -> None:
    line = running.lines.get()
    page = as_coordinator.get(reverse("contract-change", args=[amendment.pk, "pay"])).content.decode()
    assert "Today: Fee: IDR" in page
    empty = post(as_coordinator, "contract-change", amendment.pk, "pay", **{f"new_{line.pk}_1": "IDR"})
    assert errors(empty) == {f"new_{line.pk}": ["Enter an amount, or take it out."]}
    data = {f"new_{line.pk}_0": "3000000", f"new_{line.pk}_1": "IDR"}
    assert post(as_coordinator, "contract-change", amendment.pk, "pay", **data).status_code == 302
    change = amendment.changes.get()
    assert (change.what, change.becomes["amount"]) == ("line_changed", ["3000000.00", "IDR"])
    assert running.lines.get().amount == Money(2_000_000, "IDR")
    page = as_coordinator.get(reverse("contract", args=[amendment.pk])).content.decode()
    assert "IDR\xa02,000,000" in page and "IDR\xa03,000,000" in page
    assert "Amendments" in as_coordinator.get(reverse("contract", args=[running.pk])).content.decode()
    post(as_coordinator, "contract-change-drop", amendment.pk, change.pk)
    assert amendment.changes.count() == 0


def test_saving_the_form_as_it_is_changes_nothing(
    as_coordinator: Client, running: Contract, amendment: Contract
) -> None:
    line = running.lines.get()
    data = {f"new_{line.pk}_0": "2000000", f"new_{line.pk}_1": "IDR"}
    post(as_coordinator, "contract-change", amendment.pk, "pay", **data)
    post(as_coordinator, "contract-change", amendment.pk, "posts")
    post(as_coordinator, "contract-change", amendment.pk, "last-day", end_on=running.end_on)
    assert TermChange.objects.count() == 0


@pytest.mark.parametrize(
    ("what", "days", "changed"),
    [("last-day", 60, "last_day"), ("posts", 20, "post_moved"), ("rights", 25, "right_changed")],
)
def test_days_are_changed(
    as_coordinator: Client, running: Contract, amendment: Contract, today: dt.date, what: str, days: int, changed: str
) -> None:
    rows: Any = {"posts": running.posts, "rights": running.rights}.get(what)
    name = f"new_{rows.get().pk}" if rows else "end_on"
    wrong = post(as_coordinator, "contract-change", amendment.pk, what, **{name: "31-31-2026"})
    assert name in errors(wrong)
    answer = post(as_coordinator, "contract-change", amendment.pk, what, **{name: today + days * DAY})
    assert answer.status_code == 302, errors(answer)
    assert amendment.changes.get().what == changed


def test_a_last_day_before_the_amendment_holds_is_refused(
    as_coordinator: Client, amendment: Contract, today: dt.date
) -> None:
    wrong = post(as_coordinator, "contract-change", amendment.pk, "last-day", end_on=today + 4 * DAY)
    assert "end it early" in errors(wrong)["end_on"][0]
    assert amendment.changes.count() == 0


def test_its_words_and_days_are_changed_while_it_is_written(
    as_coordinator: Client, running: Contract, amendment: Contract, today: dt.date
) -> None:
    edit = as_coordinator.get(reverse("contract-edit", args=[amendment.pk]))
    assert edit.url == reverse("contract-change", args=[amendment.pk, "words"])
    data = {"title": amendment.title, "start_on": running.end_on + DAY, "extra_words": "She keeps the products."}  # type: ignore[operator]
    assert "start_on" in errors(post(as_coordinator, "contract-change", amendment.pk, "words", **data))
    data["start_on"] = today + 6 * DAY
    assert post(as_coordinator, "contract-change", amendment.pk, "words", **data).status_code == 302
    amendment.refresh_from_db()
    assert (amendment.start_on, amendment.extra_words) == (today + 6 * DAY, "She keeps the products.")


def test_a_promise_is_changed_or_ends(as_coordinator: Client, running: Contract, amendment: Contract) -> None:
    clause = Clause.objects.get()
    listed = as_coordinator.get(reverse("contract-change", args=[amendment.pk, "exclusivity"])).content.decode()
    assert "other Skincare brands" in listed
    data = {
        "category": running.category_id, "before": 0, "after": 7, "anchor": "term", "kind": "product", "unit": "days",
        "count_mode": "after", "acts": ["paid_post"], "survival": "full", "tail_days": 0, "buffer_days": 0, "cure_days": 3,
        "blocks": "on",
    }  # fmt: skip
    answer = post(as_coordinator, "contract-change-promise", amendment.pk, clause.pk, **data)
    assert answer.status_code == 302, errors(answer)
    assert amendment.changes.get().becomes["end_offset"] == 7
    shown = as_coordinator.get(reverse("contract-change-promise", args=[amendment.pk, clause.pk]))
    assert shown.context["form"]["after"].value() == 7
    clause.refresh_from_db()
    assert (clause.end_offset, clause.standing) == (0, "active")
    post(as_coordinator, "contract-change-promise", amendment.pk, clause.pk, ends="1")
    assert list(amendment.changes.values_list("what", flat=True)) == ["clause_ended"]


def test_a_right_goes_on_for_the_price_that_was_said(as_coordinator: Client, running: Contract, today: dt.date) -> None:
    right = running.rights.get()
    extend = reverse("contract-right-extend", args=[running.pk, right.pk])
    form = as_coordinator.get(extend).context["form"]
    assert (form["until"].value(), form["fee"].value()) == (today + 110 * DAY, Money(500_000, "IDR"))
    same = {"until": right.end_on, "fee_0": "500000", "fee_1": "IDR"}
    assert "until" in errors(as_coordinator.post(extend, same))
    answer = as_coordinator.post(extend, {**same, "until": today + 110 * DAY})
    made = Contract.objects.get(amends=running)
    assert answer.url == f"{reverse('contract', args=[made.pk])}#changes"
    assert (made.lines.get().kind, made.lines.get().amount) == ("usage_fee", Money(500_000, "IDR"))
    assert made.changes.get().becomes["end_on"] == (today + 110 * DAY).isoformat()


def test_a_right_without_an_agreed_option_leads_to_an_amendment(as_coordinator: Client, running: Contract) -> None:
    extend = reverse("contract-right-extend", args=[running.pk, running.rights.get().pk])
    assert extend not in as_coordinator.get(reverse("contract", args=[running.pk])).content.decode()
    UsageRight.objects.update(extension=None, extension_days=None)
    assert extend in as_coordinator.get(reverse("contract", args=[running.pk])).content.decode()


def test_a_renewal_shows_its_days_and_is_written_once(as_coordinator: Client, running: Contract) -> None:
    renew = reverse("contract-renew", args=[running.pk])
    assert "The next contract runs from" in as_coordinator.get(renew).content.decode()
    assert Contract.objects.count() == 1
    answer = as_coordinator.post(renew)
    made = Contract.objects.get(replaces=running)
    assert (answer.url, made.start_on) == (reverse("contract", args=[made.pk]), (running.end_on or DAY) + DAY)  # type: ignore[operator]
    assert as_coordinator.post(renew).url == answer.url
    assert Contract.objects.count() == 2
    assert "Where the words differ" in as_coordinator.get(answer.url).content.decode()


def test_a_contract_is_replaced_from_a_day_on(as_coordinator: Client, running: Contract, today: dt.date) -> None:
    assert "on" in errors(post(as_coordinator, "contract-replace", running.pk, on=today - DAY))
    assert post(as_coordinator, "contract-replace", running.pk, on=today + 5 * DAY).status_code == 302
    assert Contract.objects.get(replaces=running).start_on == today + 5 * DAY


def test_an_early_end_is_shown_before_it_is_done(as_coordinator: Client, running: Contract, today: dt.date) -> None:
    Clause.objects.update(survival="tail", tail_days=30)
    end = reverse("contract-end", args=[running.pk])
    owed = running.posts.get()
    data = {"on": today + 5 * DAY, "why": "The client stopped", "drop": [owed.pk]}
    before, told = list(Contract.objects.values()), Entry.objects.count()
    shown = as_coordinator.post(end, data)
    ending = shown.context["ending"]
    assert ([one.how for one in ending.promises], ending.owed, len(ending.dropped)) == (
        ["runs on for some days"],
        [],
        1,
    )
    assert (list(Contract.objects.values()), Entry.objects.count()) == (before, told)
    # Somebody who changes the day after she has seen it is shown it again.
    other = as_coordinator.post(end, {**data, "on": today + 6 * DAY, "sure": "1", "shown": shown.context["shown"]})
    assert (other.status_code, list(Contract.objects.values())) == (200, before)
    answer = as_coordinator.post(end, {**data, "sure": "1", "shown": shown.context["shown"]})
    assert answer.url == reverse("contract", args=[running.pk])
    page = as_coordinator.get(answer.url).content.decode()
    assert "Bars still:" in page and "The client stopped" in page
    running.refresh_from_db()
    owed.refresh_from_db()
    assert (running.status, running.closed_on, owed.dropped_at is not None) == ("terminated", today + 5 * DAY, True)


def test_an_early_end_outside_of_its_days_says_so(as_coordinator: Client, running: Contract) -> None:
    wrong = post(as_coordinator, "contract-end", running.pk, on=running.end_on, why="Late")
    assert errors(wrong) == {"on": ["It ends on its last day anyway. Choose an earlier day."]}


def test_rest_is_offered_where_a_promise_can_rest(as_coordinator: Client, running: Contract, today: dt.date) -> None:
    page = reverse("contract", args=[running.pk])
    assert "Let it rest" not in as_coordinator.get(page).content.decode()
    Clause.objects.update(suspend_during_pause=True)
    assert "Let it rest" in as_coordinator.get(page).content.decode()
    post(as_coordinator, "contract-verb", running.pk, "pause", on=today, why="She is ill")
    assert "End the rest" in as_coordinator.get(page).content.decode()
    assert Entry.objects.get(verb="contract.paused").quote == "She is ill"


@pytest.mark.parametrize("many", [1, 3])
def test_a_contract_with_amendments_costs_the_same_however_many(
    as_coordinator: Client, running: Contract, today: dt.date, actor: Actor, now: dt.datetime, many: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for _one in range(many):
        made = draft_amendment(running, today + DAY, at=now, actor=actor)
        move_last_day(made, today + 60 * DAY, at=now, actor=actor)
        change_term(made, running.lines.get(), None, at=now, actor=actor)
    as_coordinator.get(reverse("contract", args=[running.pk]))
    with django_assert_num_queries(35):
        as_coordinator.get(reverse("contract", args=[running.pk]))
