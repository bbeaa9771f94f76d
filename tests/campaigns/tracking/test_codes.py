"""Voucher codes: how they are made, that nobody gets one twice, and that a retired one stays retired."""

import datetime as dt
import threading
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign, Collaboration, Refused
from campaigns.tracking import codes
from campaigns.tracking.codes import Wish, candidates, checked, checked_pattern, give_code, names_of, retire
from campaigns.tracking.models import VoucherCode
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.factories import CampaignFactory, CollaborationFactory, InfluencerFactory
from tests.races import together

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage_name", "handle", "names"),
    [
        ("Kirana Maheswari", "kirana.m", ["KIRANA", "KIRANAMAHESWARI", "KIRANAM"]),
        ("Désirée Çelik", "", ["DESIREE", "DESIREECELIK"]),
        ("Al Farisi", "", ["ALFARISI"]),
        ("あい", "ai_makan", ["AIMAKAN"]),
        ("あい", "", ["MITRA"]),
    ],
)
def test_the_name_in_a_code_is_ascii_letters_of_her_name_or_handle(
    stage_name: str, handle: str, names: list[str]
) -> None:
    assert names_of(stage_name, handle) == names


@pytest.mark.parametrize(
    ("pattern", "first_four"),
    [
        ("{name}10", ["KIRANA10", "KIRANAMAHESWARI10", "KIRANA2-10", "KIRANA3-10"]),
        ("glow-{name}", ["GLOW-KIRANA", "GLOW-KIRANAMAHESWARI", "GLOW-KIRANA2", "GLOW-KIRANA3"]),
        ("", ["KIRANA", "KIRANAMAHESWARI", "KIRANA2", "KIRANA3"]),
        ("GLOW10", ["GLOW10", "GLOW10", "GLOW10-2", "GLOW10-3"]),
    ],
)
def test_a_taken_code_gets_the_longer_name_then_a_digit(pattern: str, first_four: list[str]) -> None:
    assert list(islice(candidates(pattern, ["KIRANA", "KIRANAMAHESWARI"]), 4)) == first_four


def test_a_long_name_is_cut_so_that_the_whole_code_fits() -> None:
    made = list(islice(candidates("{name}-GLOW10", ["A" * 60]), 2))
    assert made == ["A" * 23 + "-GLOW10", "A" * 22 + "2-GLOW10"]


@pytest.mark.parametrize("typed", ["AB", "KIRANA 10%", "-KIRANA", "KIRANÁ", "A" * 31])
def test_a_badly_typed_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="3 to 30 letters"):
        checked(typed)


def test_a_pattern_keeps_its_name_in_small_letters_and_the_rest_in_capitals() -> None:
    assert checked_pattern(" glow {name} 10 ") == "GLOW{name}10"
    with pytest.raises(ValueError, match="pattern"):
        checked_pattern("{name}%")


def test_a_code_is_made_of_the_pattern_and_lasts_as_long_as_the_campaign(
    collaboration: Collaboration, actor: Actor, now: dt.datetime
) -> None:
    collaboration.campaign.code_pattern = "{name}10"
    row = give_code(collaboration, Wish(offer="10 % off"), at=now, actor=actor)
    assert (row.code, row.valid_from_on, row.valid_to_on) == ("KIRANA10", dt.date(2026, 11, 1), dt.date(2026, 12, 31))
    told = Entry.objects.get(verb="code.given")
    assert (told.sentence_en, told.actor_label) == ("Voucher code KIRANA10 for Glow", actor.label)


def test_a_code_of_another_campaign_is_taken_in_small_letters_too(
    collaboration: Collaboration, actor: Actor, now: dt.datetime
) -> None:
    other = CollaborationFactory()
    VoucherCode.objects.create(
        campaign=other.campaign, collaboration=other, code="kirana", valid_from_on=now.date(), valid_to_on=now.date()
    )
    assert give_code(collaboration, Wish(), at=now, actor=actor).code == "KIRANAMAHESWARI"
    with pytest.raises(Refused, match="“KIRANA” was given before"):
        give_code(CollaborationFactory(), Wish(code="KIRANA"), at=now, actor=actor)


def test_she_has_one_code_at_a_time(collaboration: Collaboration, actor: Actor, now: dt.datetime) -> None:
    give_code(collaboration, Wish(), at=now, actor=actor)
    with pytest.raises(Refused, match="She has the code “KIRANA” already"):
        give_code(collaboration, Wish(code="OTHER"), at=now, actor=actor)
    assert VoucherCode.objects.count() == 1


def test_nobody_gets_a_code_before_she_agreed(campaign: Campaign, actor: Actor, now: dt.datetime) -> None:
    card = CollaborationFactory(campaign=campaign, status="in_talks")
    with pytest.raises(Refused, match="Nobody has agreed yet"):
        give_code(card, Wish(), at=now, actor=actor)
    assert not VoucherCode.objects.exists()


def test_a_retired_code_is_never_given_again(collaboration: Collaboration, actor: Actor, now: dt.datetime) -> None:
    first = give_code(collaboration, Wish(), at=now, actor=actor)
    retire(first, "It leaked", at=now, actor=actor)
    assert give_code(collaboration, Wish(), at=now, actor=actor).code == "KIRANAMAHESWARI"
    with pytest.raises(Refused, match="retired already"):
        retire(first, "Again", at=now, actor=actor)
    assert Entry.objects.get(verb="code.retired").sentence_en == "Voucher code KIRANA for Glow retired: It leaked"


def test_a_code_needs_a_reason_to_be_retired(collaboration: Collaboration, actor: Actor, now: dt.datetime) -> None:
    row = give_code(collaboration, Wish(), at=now, actor=actor)
    with pytest.raises(Refused, match="why it is retired"):
        retire(row, "  ", at=now, actor=actor)
    row.refresh_from_db()
    assert row.retired_at is None


def test_codes_for_everybody_say_what_became_of_each(as_coordinator: Client, campaign: Campaign) -> None:
    agreed = CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Warda Lestari"))
    asked = CollaborationFactory(
        campaign=campaign, status="in_talks", influencer=InfluencerFactory(stage_name="Sari Utami")
    )
    campaign.code_pattern = "{name}10"
    campaign.save()
    url, data = reverse("campaign-bulk", args=[campaign.pk]), {"action": "codes", "pick": [agreed.pk, asked.pk]}
    preview = as_coordinator.post(url, {**data, "seen": "", "offer": "10 % off"})
    assert preview.context["preview"].summary == "Gives 1 person a code."
    done = as_coordinator.post(url, {**data, "seen": preview.context["seen"], "offer": "10 % off"})
    said = [(one.who, str(one.text), one.done) for one in done.context["verdicts"]]
    assert said == [
        ("Sari Utami", "Nobody has agreed yet. A code is given once the card is agreed.", False),
        ("Warda Lestari", "WARDA10", True),
    ]


def test_a_taken_code_keeps_what_was_typed(as_coordinator: Client, collaboration: Collaboration, now: Any) -> None:
    give_code(CollaborationFactory(), Wish(code="GLOW10"), at=now, actor=SYSTEM)
    answer = as_coordinator.post(reverse("code-new", args=[collaboration.pk]), {"code": "glow10", "offer": "Free mask"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "“GLOW10” was given before, perhaps in another campaign. Choose another one."
    ]
    assert 'value="Free mask"' in answer.content.decode()


def test_the_page_of_codes_costs_the_same_for_one_and_for_three(
    as_coordinator: Client, campaign: Campaign, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    url = reverse("campaign-codes", args=[campaign.pk])
    as_coordinator.get(url)
    for already in (0, 1):
        for _more in range(1 + already):
            give_code(CollaborationFactory(campaign=campaign), Wish(), at=now, actor=SYSTEM)
        with django_assert_num_queries(QUERIES):
            assert as_coordinator.get(url).status_code == 200


QUERIES = 7


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_get_the_same_code(now: dt.datetime) -> None:
    campaign = CampaignFactory(code_pattern="{name}10")
    cards = [
        CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name=name))
        for name in ("Sari Utami", "Sari Dewi")
    ]
    start = threading.Barrier(2)

    def give(card: Collaboration) -> None:
        mine = Collaboration.objects.select_related("campaign", "influencer").get(pk=card.pk)
        start.wait(timeout=10)
        give_code(mine, Wish(), at=now, actor=SYSTEM)

    assert together(*[lambda card=card: give(card) for card in cards]) == []  # type: ignore[misc]
    assert VoucherCode.objects.filter(code="SARI10").count() == 1
    assert VoucherCode.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_both_looked_before_either_wrote(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking alone is not enough: both see the code free. Writing is what decides, and the slower one goes on."""
    campaign = CampaignFactory()
    cards = [
        CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name=name))
        for name in ("Sari Utami", "Sari Dewi")
    ]
    both_looked = threading.Barrier(2)

    def carelessly(card: Collaboration) -> None:
        assert not codes.is_taken("SARI10")
        both_looked.wait(timeout=10)
        with transaction.atomic():
            VoucherCode.objects.create(
                campaign=campaign, collaboration=card, code="SARI10", valid_from_on=now.date(), valid_to_on=now.date()
            )

    raised = together(*[lambda card=card: carelessly(card) for card in cards])  # type: ignore[misc]
    assert raised == ["IntegrityError"]


@pytest.mark.parametrize(("status", "is_shown"), [("shortlist", False), ("agreed", True)])
def test_the_page_of_a_card_speaks_of_codes_and_not_of_offers_from_her_yes_on(
    as_coordinator: Client, campaign: Campaign, status: str, is_shown: bool
) -> None:
    card = CollaborationFactory(campaign=campaign, status=status)
    page = as_coordinator.get(reverse("collaboration", args=[card.pk])).content.decode()
    assert ('id="tracking"' in page, 'id="offers"' in page) == (is_shown, not is_shown)
