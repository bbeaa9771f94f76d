"""The words contracts are made of: every change is a version, a blank nobody fills is refused, who comes later is told."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.contracts.actions.words import words_of
from crm.contracts.models import Contract, ContractTemplate, ContractWording, LibraryClause
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.contracts.conftest import Write

pytestmark = pytest.mark.django_db

ID, EN = "Perjanjian dengan {{ people }}.\n\n{{ pay }}", "Agreement with {{ people }}.\n\n{{ pay }}"


@pytest.fixture
def campaign(db: None) -> ContractTemplate:
    return ContractTemplate.objects.get(code="campaign")


def typed(**more: Any) -> dict[str, Any]:
    usual = {
        "name_id": "Kampanye", "name_en": "Campaign", "kind": "campaign", "is_active": "on", "text_id": ID, "text_en": EN,
        "seen": "1", "save": "1",
    }  # fmt: skip
    return {**usual, **more}


def edit(client: Client, template: ContractTemplate, **more: Any) -> Any:
    return client.post(reverse("contract-template", args=[template.pk]), typed(**more))


def versions(template: ContractTemplate) -> list[tuple[int, str]]:
    return list(template.wordings.order_by("version").values_list("version", "text_en"))


def test_other_words_are_the_next_version_and_the_old_one_stays(
    as_owner: Client, owner: User, campaign: ContractTemplate
) -> None:
    before = versions(campaign)
    assert edit(as_owner, campaign).url == reverse("contract-template", args=[campaign.pk])
    assert versions(campaign) == [*before, (2, EN)]
    written = campaign.wordings.get(version=2)
    assert (written.written_by, Entry.objects.filter(verb="wording.template_written").count()) == (owner, 1)


def test_saving_the_same_words_makes_no_version(as_owner: Client, campaign: ContractTemplate) -> None:
    edit(as_owner, campaign)
    edit(as_owner, campaign, seen="2", name_en="Single campaign")
    assert [version for version, _text in versions(campaign)] == [1, 2]
    campaign.refresh_from_db()
    assert campaign.name_en == "Single campaign"


def test_a_contract_keeps_the_version_it_was_written_with(
    as_owner: Client, campaign: ContractTemplate, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana, language="en")
    before = words_of(contract)
    edit(as_owner, campaign)
    assert words_of(Contract.objects.get(pk=contract.pk)) == before
    assert words_of(write(kirana, language="en")).startswith("Agreement with Kirana Maheswari.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dear {{ friend }}", "Nobody knows what to fill in for {{ friend }}. You can use:"),
        ("Dear {{ people", "Two braces are not closed, or hold more than a name."),
        ("   ", "Write the words, or copy those of the other language."),
    ],
)
def test_a_blank_nobody_fills_is_named_and_nothing_is_saved(
    as_owner: Client, campaign: ContractTemplate, text: str, told: str
) -> None:
    answer = edit(as_owner, campaign, text_en=text)
    assert answer.status_code == 422
    assert answer.context["form"].errors["text_en"][0].startswith(told)
    assert [version for version, _text in versions(campaign)] == [1]


def test_who_saves_later_is_told_and_keeps_the_words_and_saves_on_top(
    as_owner: Client, owner: User, campaign: ContractTemplate
) -> None:
    edit(as_owner, campaign)
    answer = edit(as_owner, campaign, text_en="My own words for {{ people }}", seen="1")
    assert answer.status_code == 422
    assert answer.context["form"].errors["__all__"] == [
        f"Meanwhile {owner.get_short_name()} saved version 2. Your words are all here and nothing is lost: look at the "
        "versions, then save again, and yours become the next one."
    ]
    assert answer.context["form"]["text_en"].value() == "My own words for {{ people }}"
    assert answer.context["form"]["seen"].value() == "2"
    assert [version for version, _text in versions(campaign)] == [1, 2]
    edit(as_owner, campaign, text_en="My own words for {{ people }}", seen="2")
    assert [version for version, _text in versions(campaign)] == [1, 2, 3]


def test_the_preview_is_filled_from_an_invented_contract_and_saves_nothing(
    as_owner: Client, campaign: ContractTemplate
) -> None:
    answer = edit(as_owner, campaign, save="", look="1")
    (_indonesian, first), (_english, second) = answer.context["preview"]
    assert "Perjanjian dengan Kirana Maheswari." in first
    assert "Fee: Rp1.400.000 (net: tax comes on top)" in second
    assert [version for version, _text in versions(campaign)] == [1]


def test_the_preview_is_filled_from_a_contract_that_is_there(
    as_owner: Client, campaign: ContractTemplate, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana, said="1 reel 2,8jt nett")
    data = typed(look="1", sample=contract.pk)
    del data["save"]
    answer = as_owner.post(reverse("contract-template", args=[campaign.pk]), data)
    assert "2,800,000" in answer.context["preview"][1][1]
    assert "Rp2.800.000" in answer.context["preview"][0][1]


def test_a_new_template_begins_at_version_one(as_owner: Client) -> None:
    answer = as_owner.post(reverse("contract-template-new"), typed(seen="0", name_en="Live shopping"))
    made = ContractTemplate.objects.get(code="live-shopping")
    assert (answer.url, versions(made)) == (reverse("contract-template", args=[made.pk]), [(1, EN)])


def test_the_versions_say_what_each_changed_and_who_uses_them(
    as_coordinator: Client, as_owner: Client, campaign: ContractTemplate, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana)
    edit(as_owner, campaign)
    edit(as_owner, campaign, seen="2", text_en=EN.replace("Agreement", "Contract"))
    page = as_coordinator.get(reverse("contract-template-versions", args=[campaign.pk]))
    newest, _second, first = page.context["versions"]
    assert [(language, [(one.text, one.tone) for one in apart]) for language, apart in newest.apart] == [
        ("English", [("Agreement with {{ people }}.", "gone"), ("Contract with {{ people }}.", "new")])
    ]
    assert (newest.used, first.used, first.apart) == (0, 1, [])
    assert list(page.context["contracts"]) == [contract]


def test_a_clause_of_the_library_reaches_every_template_and_no_contract_that_was_sent(
    as_owner: Client, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana, language="en")
    law = LibraryClause.objects.get(code="law")
    data = {
        "title_id": "Hukum", "title_en": "Law", "text_id": "Hukum Indonesia.", "text_en": "The law of {{ brand }}.",
        "is_active": "on", "seen": "",
    }  # fmt: skip
    assert as_owner.post(reverse("contract-clause", args=[law.pk]), data).status_code == 302
    assert "The law of Lumi Skincare." in words_of(contract)
    again = as_owner.post(reverse("contract-clause", args=[law.pk]), {**data, "text_en": "Other law."})
    assert again.context["form"].errors["__all__"] == [
        "Somebody else saved this clause meanwhile. Your words are all here: save again, and yours replace the others."
    ]
    law.refresh_from_db()
    assert law.text_en == "The law of {{ brand }}."
    unknown = as_owner.post(reverse("contract-clause-new"), {**data, "text_en": "{{ clause_law }}"})
    assert list(unknown.context["form"].errors) == ["text_en"]


def test_a_new_clause_is_a_blank_for_every_template(as_owner: Client, campaign: ContractTemplate) -> None:
    data = {
        "title_id": "Cuaca", "title_en": "Bad weather", "text_id": "Hujan.", "text_en": "Rain.", "is_active": "on",
    }  # fmt: skip
    as_owner.post(reverse("contract-clause-new"), data)
    assert LibraryClause.objects.get(code="bad-weather").blank == "clause_bad_weather"
    assert edit(as_owner, campaign, text_en="{{ clause_bad_weather }}").status_code == 302


@pytest.mark.parametrize(
    "text", ["\x00", "{{", "<script>alert(1)</script>", "{{ people }}" * 400, "[a](javascript:alert(1))"]
)
def test_strange_words_never_break_the_preview(as_owner: Client, campaign: ContractTemplate, text: str) -> None:
    answer = edit(as_owner, campaign, text_en=text, save="", look="1")
    assert answer.status_code == 200
    assert "<script>" not in answer.context["preview"][1][1]


def test_only_who_decides_writes_templates(as_coordinator: Client, campaign: ContractTemplate) -> None:
    assert edit(as_coordinator, campaign).status_code == 403
    assert [version for version, _text in versions(campaign)] == [1]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(
    as_owner: Client, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many):
        made = ContractTemplate.objects.create(code=f"own-{n}", name_en=f"Own {n}", name_id=f"Sendiri {n}")
        ContractWording.objects.create(template=made, version=1, text_en="x", text_id="x")
    as_owner.get(reverse("contract-templates"))
    with django_assert_num_queries(5):
        as_owner.get(reverse("contract-templates"))
