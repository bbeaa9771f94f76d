"""Pages of contracts: what is typed is kept, what is refused says why, lists cost the same at one row and at three."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.contracts.models import Contract
from crm.exclusivity.models import Clause
from crm.exclusivity.places import page_of_work
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.base import corpus
from tests.crm.contracts.conftest import Write

pytestmark = pytest.mark.django_db


def typed(brand: Brand, **more: Any) -> dict[str, Any]:
    usual = {
        "who": "@kirana", "brand": brand.pk, "kind": "campaign", "title": "", "said": "1 reel 3 story 2,8jt nett",
        "start_on": "2026-12-01", "end_on": "2026-12-31", "language": "id", "zone": "Asia/Jakarta", "renewal": "none",
        "notice_span": "days",
    }  # fmt: skip
    return {**usual, **more}


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


def test_a_contract_is_written_from_the_words_of_a_chat(
    as_coordinator: Client, kirana: Influencer, lumi: Brand
) -> None:
    answer = as_coordinator.post(reverse("contract-new"), typed(lumi))
    contract = Contract.objects.get()
    assert answer.url == reverse("contract", args=[contract.pk])
    assert (contract.title, contract.posts.count()) == ("Lumi Skincare · Kirana Maheswari", 4)
    page = as_coordinator.get(answer.url).content.decode()
    assert "3 × Instagram Story" in page


def test_nobody_of_that_name_is_said_and_what_was_typed_stays(
    as_coordinator: Client, kirana: Influencer, lumi: Brand
) -> None:
    answer = as_coordinator.post(reverse("contract-new"), typed(lumi, who="@kirana\nSekar Ayu"))
    assert errors(answer) == {
        "who": ["Nobody on file is called Sekar Ayu. Check the spelling, or add the person first."]
    }
    assert "1 reel 3 story 2,8jt nett" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"said": "deal kak"}, "said"),
        ({"end_on": "2026-11-01"}, "end_on"),
        ({"offer_until_on": "2026-11-01"}, "offer_until_on"),
        ({"renewal": "auto"}, "renew_months"),
        ({"who": ""}, "who"),
    ],
)
def test_a_refused_form_names_the_field_and_writes_nothing(
    as_coordinator: Client, kirana: Influencer, lumi: Brand, wrong: dict[str, str], field: str
) -> None:
    assert field in errors(as_coordinator.post(reverse("contract-new"), typed(lumi, **wrong)))
    assert Contract.objects.count() == 0


def test_the_page_of_a_person_leads_to_a_contract_with_her(as_coordinator: Client, kirana: Influencer) -> None:
    page = as_coordinator.get(reverse("contract-new"), {"person": kirana.pk})
    assert page.context["form"]["who"].value() == "Kirana Maheswari"
    assert as_coordinator.get(reverse("contract-new"), {"person": "9" * 40}).status_code == 200


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("line", {"kind": "product", "amount_0": "500000", "amount_1": "IDR", "note": "Serum"}),
        ("line", {"kind": "commission", "percent": "7.5", "amount_1": "IDR"}),
        ("post", {"count": "2", "format": "", "note": ""}),
        ("right", {"kind": "paid_ads", "counted_from": "first_post", "days": "90", "extension_1": "IDR"}),
        ("price", {"kind": "counter", "amount_0": "3000000", "amount_1": "IDR", "channel": "whatsapp"}),
    ],
)
def test_terms_are_added_one_by_one(
    as_coordinator: Client, write: Write, kirana: Influencer, what: str, data: dict[str, str]
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    talent = contract.parties.talents().get()
    if what == "post":
        data = {**data, "format": str(contract.posts.get().format_id)}
    answer = as_coordinator.post(reverse("contract-term-new", args=[contract.pk, what]), {**data, "party": talent.pk})
    assert answer.status_code == 302, errors(answer)
    found = [contract.lines.count(), contract.posts.count(), contract.rights.count(), contract.bids.count()]
    assert found == {"line": [2, 1, 0, 1], "post": [1, 3, 0, 1], "right": [1, 1, 1, 1], "price": [1, 1, 0, 2]}[what]


def test_a_commission_without_its_share_is_refused(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    contract = write(kirana)
    answer = as_coordinator.post(
        reverse("contract-term-new", args=[contract.pk, "line"]), {"kind": "commission", "amount_1": "IDR"}
    )
    assert errors(answer) == {"percent": ["Which share of what is sold?"]}


def test_a_promise_stands_in_the_contract_until_it_is_signed(
    as_coordinator: Client, write: Write, kirana: Influencer, lumi: Brand
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    talent = contract.parties.talents().get()
    data = {
        "category": lumi.category_id, "before": 7, "after": 30, "anchor": "each_post", "kind": "product", "unit": "days",
        "count_mode": "after", "acts": ["paid_post"], "survival": "full", "tail_days": 0, "buffer_days": 0, "cure_days": 3,
        "blocks": "on",
    }  # fmt: skip
    answer = as_coordinator.post(reverse("contract-promise-new", args=[contract.pk, talent.pk]), data)
    assert answer.status_code == 302
    clause = Clause.objects.get()
    assert (clause.work_ref, clause.standing) == (f"crm.party:{talent.pk}", "draft")
    assert (
        "No paid posts for other Skincare brands" in as_coordinator.get(f"/contracts/{contract.pk}/").content.decode()
    )
    as_coordinator.post(reverse("contract-promise-drop", args=[contract.pk, clause.pk]))
    clause.refresh_from_db()
    assert clause.standing == "void"


def test_agreed_by_chat_and_countersigned_is_signed(
    as_coordinator: Client, as_owner: Client, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    talent = contract.parties.talents().get()
    by_hand = reverse("contract-signed", args=[contract.pk, talent.pk])
    empty = as_coordinator.post(by_hand, {"how": "chat", "name": "Kirana", "signed_on": "2026-11-20"})
    assert errors(empty) == {"said": ["Copy her words, or add a screenshot: what is not shown is forgotten."]}
    as_coordinator.post(by_hand, {"how": "chat", "name": "Kirana", "signed_on": "2026-11-20", "said": "oke deal kak"})
    as_owner.post(reverse("contract-countersign", args=[contract.pk]), {"name": "Bu Sari", "yes": "on"})
    contract.refresh_from_db()
    assert contract.status == "signed"


def test_a_signed_paper_needs_its_scan(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    contract = write(kirana, said="1 reel 2jt")
    by_hand = reverse("contract-signed", args=[contract.pk, contract.parties.talents().get().pk])
    answer = as_coordinator.post(by_hand, {"how": "paper", "name": "Kirana", "signed_on": "2026-11-20"})
    assert errors(answer) == {"file": ["Add the signed paper, as a scan or a photo."]}


def test_their_paper_takes_the_place_of_the_template(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    contract = write(kirana)
    paper = SimpleUploadedFile("kontrak.pdf", corpus.document(), "application/pdf")
    answer = as_coordinator.post(reverse("contract-paper", args=[contract.pk]), {"file": paper})
    assert answer.status_code == 302, errors(answer)
    contract.refresh_from_db()
    assert (contract.is_theirs, contract.wording) == (True, None)
    taken: Any = as_coordinator.post(reverse("contract-paper-file", args=[contract.pk]))
    assert b"".join(taken.streaming_content) == corpus.document()
    taken.close()
    told = Entry.objects.filter(verb="contract.file_taken").get()
    assert (told.sentence_en, told.influencer_id) == ("kontrak.pdf was taken as a file", kirana.pk)


def test_a_verb_asks_for_its_reason_first(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    contract = write(kirana)
    do = reverse("contract-verb", args=[contract.pk, "void"])
    assert "It counts as never agreed" in as_coordinator.get(do).content.decode()
    assert "why" in errors(as_coordinator.post(do, {"on": "2026-11-24"}))
    assert as_coordinator.post(do, {"on": "2026-11-24", "why": "Twice"}).status_code == 302
    contract.refresh_from_db()
    assert (contract.status, contract.closed_why) == ("void", "Twice")
    assert as_coordinator.get(do).status_code == 302


def test_a_verb_nobody_has_is_no_page(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    assert as_coordinator.get(reverse("contract-verb", args=[write(kirana).pk, "frame"])).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    as_coordinator: Client, write: Write, kirana: Influencer, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        write(kirana, said="1 reel 2jt", title=f"Lumi {number}")
    as_coordinator.get(reverse("contracts"))
    with django_assert_num_queries(8):
        page = as_coordinator.get(reverse("contracts"), {"q": "lumi"})
    assert len(page.context["rows"]) == many


@pytest.mark.parametrize("many", [1, 3])
def test_a_contract_costs_the_same_however_much_it_says(
    as_coordinator: Client, write: Write, kirana: Influencer, many: int, django_assert_num_queries: Any
) -> None:
    contract = write(kirana, said=f"{many} story 2jt")
    as_coordinator.get(reverse("contract", args=[contract.pk]))
    with django_assert_num_queries(24):
        as_coordinator.get(reverse("contract", args=[contract.pk]))


def test_an_empty_list_says_what_contracts_are_for(as_coordinator: Client, coordinator: User) -> None:
    assert "No contract is open" in as_coordinator.get(reverse("contracts")).content.decode()
    assert "No contract matches" in as_coordinator.get(reverse("contracts"), {"q": "x"}).content.decode()


def test_a_promised_post_that_meets_a_promise_leads_to_its_contract(
    coordinator: User, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    ref = f"crm.promisedpost:{contract.posts.get().pk}"
    assert page_of_work(ref, coordinator) == reverse("contract", args=[contract.pk])
    assert page_of_work("crm.promisedpost:999", coordinator) == ""


def test_who_agreed_and_how_is_filled_in_already(
    as_coordinator: Client, write: Write, kirana: Influencer, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    page = as_coordinator.get(reverse("contract-signed", args=[contract.pk, contract.talents[0].pk]))
    form = page.context["form"]
    assert (form["how"].value(), form["name"].value()) == ("chat", contract.talents[0].name)
    assert form["signed_on"].value() == local_date(now, "Asia/Jakarta")
