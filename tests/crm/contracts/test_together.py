"""One step for many contracts: asked once, then each by itself, with a result for each."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.contracts.actions.signing import sign
from crm.contracts.models import Contract, Party, Signature
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person

pytestmark = pytest.mark.django_db


def agreed(contract: Contract, now: dt.datetime, actor: Actor) -> Contract:
    """She said yes in the chat."""
    side = contract.parties.get(role=Party.Role.TALENT)
    side.contract = contract
    sign(
        Signature(party=side, how="chat", name=side.name, said="ok kak, deal", signed_at=now, zone="Asia/Jakarta"),
        at=now, actor=actor,
    )  # fmt: skip
    return contract


def press(client: Client, action: str, *contracts: Contract, **more: Any) -> Any:
    return client.post(reverse("contract-together"), {"action": action, "ids": [one.pk for one in contracts], **more})


def outcomes(answer: Any) -> list[tuple[str, bool, str]]:
    return [(one.contract.title, one.done, one.why) for one in answer.context["outcomes"]]


@pytest.fixture
def two(db: None, write: Write, kirana: Influencer, now: dt.datetime, actor: Actor) -> list[Contract]:
    sekar = person("Sekar Ayu")
    first = write(kirana, title="With Kirana", said="1 reel 2jt nett", start_on=dt.date(2026, 12, 1))
    second = write(sekar, title="With Sekar", said="1 reel 3jt nett", start_on=dt.date(2026, 12, 1))
    return [agreed(one, now, actor) for one in (first, second)]


def test_contracts_only_we_have_not_signed_have_a_tab_of_their_own(
    as_owner: Client, two: list[Contract], write: Write, kirana: Influencer
) -> None:
    write(kirana, title="Nobody has signed")
    page = as_owner.get(reverse("contracts"), {"tab": "ours"})
    assert [row.contract.title for row in page.context["rows"]] == ["With Sekar", "With Kirana"]
    assert [tab["count"] for tab in page.context["tabs"] if tab["active"]] == [2]
    assert [one["value"] for one in page.context["actions"]] == ["sign"]


def test_one_name_and_one_tick_sign_them_all(as_owner: Client, two: list[Contract], owner: User) -> None:
    asked = press(as_owner, "sign", *two)
    assert [(one.cash, one.currency) for one in asked.context["sums"]] == [(5_000_000, "IDR")]
    assert Signature.objects.filter(how="house").count() == 0
    answer = press(as_owner, "sign", *two, sure="1", name="Bapak Surya", yes="on")
    assert outcomes(answer) == [("With Kirana", True, ""), ("With Sekar", True, "")]
    assert sorted(Contract.objects.values_list("status", flat=True)) == ["signed", "signed"]
    signed = Signature.objects.filter(how="house")
    assert [(one.name, one.noted_by, one.acting_for) for one in signed] == [("Bapak Surya", owner, "Lumi Skincare")] * 2


def test_without_name_or_tick_nothing_is_signed(as_owner: Client, two: list[Contract]) -> None:
    answer = press(as_owner, "sign", *two, sure="1", name="", yes="")
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["name", "yes"])
    assert Signature.objects.filter(how="house").count() == 0


def test_one_that_is_refused_says_why_and_the_others_are_signed(as_owner: Client, two: list[Contract]) -> None:
    two[0].put(Contract.Status.VOID, at=two[0].created_at, actor=Actor.user(two[0].owner))
    answer = press(as_owner, "sign", *two, sure="1", name="Bapak Surya", yes="on")
    assert outcomes(answer) == [
        ("With Kirana", False, "This contract is not open for signing any more."), ("With Sekar", True, ""),
    ]  # fmt: skip
    again = press(as_owner, "sign", two[1], sure="1", name="Bapak Surya", yes="on")
    assert outcomes(again) == [("With Sekar", False, "This contract is not open for signing any more.")]
    assert Signature.objects.filter(how="house").count() == 1


def test_who_may_not_sign_is_refused_and_nothing_is_signed(as_coordinator: Client, two: list[Contract]) -> None:
    answer = press(as_coordinator, "sign", *two, sure="1", name="Bapak Surya", yes="on")
    assert answer.status_code == 403
    assert Signature.objects.filter(how="house").count() == 0


def test_drafts_are_sent_together_and_each_says_what_came_of_it(
    as_coordinator: Client, write: Write, kirana: Influencer
) -> None:
    ready = write(kirana, title="Ready", said="1 reel 2jt nett")
    empty = write(person("Sekar Ayu"), title="Without words", wording=None)
    answer = press(as_coordinator, "send", ready, empty, sure="1")
    assert outcomes(answer) == [
        ("Ready", True, ""),
        (
            "Without words", False,
            "There is nothing to sign yet. Choose a template, or upload the paper that is signed.",
        ),
    ]  # fmt: skip
    assert [Contract.objects.get(pk=one.pk).status for one in (ready, empty)] == ["sent", "draft"]


@pytest.mark.parametrize("action", ["sign", "send", "nothing"])
def test_without_a_contract_or_an_action_the_list_says_what_to_do(as_owner: Client, db: None, action: str) -> None:
    answer = press(as_owner, action)
    assert (answer.status_code, answer.url) == (302, reverse("contracts"))
