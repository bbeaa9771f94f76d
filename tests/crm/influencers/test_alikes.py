"""Who looks like whom: the keys, one person beside everybody, everybody beside everybody."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from crm.influencers.alikes.looking import Finding, Sought, look_alikes_of
from crm.influencers.alikes.sweep import sweep, write_keys
from crm.influencers.keys import handle_key, name_keys
from crm.influencers.models import AlikeRule, Influencer, LookAlike, Platform, Representation, SocialAccount
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory, SocialAccountFactory


def person(name: str, handle: str = "", *, platform: str = "instagram", **contact: str) -> Influencer:
    somebody: Influencer = InfluencerFactory(stage_name=name)
    if handle:
        SocialAccountFactory(influencer=somebody, platform=Platform.objects.get(code=platform), handle=handle)
    if contact:
        RepresentationFactory(influencer=somebody, contact=ContactFactory(**{"email": "", **contact}))
    return somebody


def said(found: list[Finding]) -> list[tuple[str, list[str]]]:
    return [(one.name, [reason.code for reason in one.reasons]) for one in found]


def like(somebody: Influencer, now: dt.datetime) -> list[tuple[str, list[str]]]:
    return said(look_alikes_of([Sought.of(somebody)], now.date())[0])


# ---- The keys --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "Kirana Putri",
        "putri KIRANA",
        "Kirana  Putri ✨",
        "Kírana, Putri",
        "@kirana_putri",
        "𝓚𝓲𝓻𝓪𝓷𝓪 𝓟𝓾𝓽𝓻𝓲",
        "Kirana Putri (Kirana)",
    ],
)
def test_a_name_is_the_same_however_it_is_written(written: str) -> None:
    assert name_keys(written).alike == "kirana putri"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Soesanti", "Susanti"), ("Aisyah", "Aisah"), ("Fitri", "Vitri"), ("Dewi", "Devi"), ("Muhammad", "Muhamad"),
     ("Djoko", "Joko"), ("Yulia", "Iulia")],
)  # fmt: skip
def test_a_name_sounds_the_same_in_old_and_new_spelling(one: str, other: str) -> None:
    assert name_keys(one).sounds == name_keys(other).sounds
    assert name_keys(one).alike != name_keys(other).alike


def test_names_of_two_people_sound_different() -> None:
    assert name_keys("Kirana Putri").sounds != name_keys("Karin Putri").sounds


def test_a_name_without_a_letter_has_no_key() -> None:
    assert name_keys("✨🌸!") == ("", "")


def test_an_apostrophe_and_a_dot_stand_inside_a_word() -> None:
    assert name_keys("R.A. Nur'aini").alike == "nuraini ra"


@pytest.mark.django_db
def test_the_database_writes_handles_as_the_code_does() -> None:
    handles = ["kirana.putri", "kirana_putri_99", "kirana-putri1", "_._", "123", "k1rana", "kirana.putri.0012"]
    platform = Platform.objects.get(code="tiktok")
    for handle in handles:
        SocialAccountFactory(influencer=InfluencerFactory(), platform=platform, handle=handle)
    kept = dict(SocialAccount.objects.values_list("handle", "handle_key"))
    assert kept == {handle: handle_key(handle) for handle in handles}
    assert handle_key("kirana_putri_99") == "kiranaputri"


@given(st.text(max_size=60))
def test_any_name_has_keys_that_fit_and_stay(name: str) -> None:
    keys = name_keys(name)
    assert max(len(keys.alike), len(keys.sounds)) <= 120
    assert name_keys(keys.alike).alike == keys.alike or "İ" in name


@pytest.mark.django_db
def test_saving_a_name_writes_its_keys_also_when_only_that_field_is_saved() -> None:
    kirana = person("Kirana Putri")
    kirana.stage_name = "Kirana Soesanti"
    kirana.save(update_fields=["stage_name", "updated_at"])
    kirana.refresh_from_db()
    assert (kirana.name_alike, kirana.name_sounds, kirana.keys_of) == (
        "kirana soesanti", "kirana susanti", "Kirana Soesanti",
    )  # fmt: skip
    assert Influencer.objects.without_keys().count() == 0


@pytest.mark.django_db
def test_a_name_changed_past_the_model_is_noticed_and_gets_its_keys() -> None:
    kirana, other = person("Kirana Putri"), person("Rani Halim")
    Influencer.objects.filter(pk=kirana.pk).update(stage_name="Ratih Putri")
    assert list(Influencer.objects.without_keys()) == [kirana]
    assert (write_keys(), write_keys()) == (1, 0)
    kirana.refresh_from_db()
    assert (kirana.name_alike, other.name_alike) == ("putri ratih", "halim rani")


# ---- One person beside everybody -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mine", "theirs", "reasons"),
    [
        ({"name": "Kirana Putri"}, {"name": "PUTRI, Kirana"}, ["name"]),
        ({"name": "A", "phone": "+6281290001234"}, {"name": "B", "phone": "+6281290001234"}, ["phone"]),
        ({"name": "A", "phone": "+6281290001234"}, {"name": "B", "whatsapp": "+6281290001234"}, ["phone"]),
        ({"name": "A", "email": "Rani@Contoh.example"}, {"name": "B", "email": "rani@contoh.example"}, ["email"]),
        ({"name": "A", "handle": "kirana.p"}, {"name": "B", "handle": "kirana.p", "platform": "tiktok"}, ["handle"]),
        (
            {"name": "Kirana Soesanti", "handle": "kirana.s"},
            {"name": "Kirana Susanti", "handle": "kirana_s2", "platform": "tiktok"},
            ["near_handle", "near_name"],
        ),
    ],
)
def test_what_two_people_share_is_said(
    mine: dict[str, str], theirs: dict[str, str], reasons: list[str], now: dt.datetime
) -> None:
    one, other = person(**mine), person(**theirs)  # type: ignore[arg-type]
    person("Somebody Else", "somebody.else", phone="+6281290009999")
    assert like(one, now) == [(other.stage_name, reasons)]
    assert like(other, now) == [(one.stage_name, reasons)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"name": "Kirana Soesanti"}, {"name": "Kirana Susanti"}),  # a sound alone is too little
        ({"name": "A", "handle": "kirana.putri"}, {"name": "B", "handle": "kiranaputri7"}),  # and so is this
        ({"name": "A", "handle": "ab1"}, {"name": "B", "handle": "ab2"}),
        ({"name": "✨"}, {"name": "🌸"}),
    ],
)
def test_too_little_is_not_said(mine: dict[str, str], theirs: dict[str, str], now: dt.datetime) -> None:
    one, _other = person(**mine), person(**theirs)  # type: ignore[arg-type]
    assert like(one, now) == []


@pytest.mark.django_db
def test_more_reasons_make_it_stronger_and_come_first(now: dt.datetime) -> None:
    one = person("Kirana Putri", "kirana.putri", phone="+6281290001234")
    person("Kirana Putri")
    person("Putri Kirana", "kirana.putri", platform="tiktok", whatsapp="+6281290001234")
    found = look_alikes_of([Sought.of(one)], now.date())[0]
    assert [(finding.name, finding.points, finding.is_strong) for finding in found] == [
        ("Putri Kirana", 195, True), ("Kirana Putri", 45, False),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_many_share_says_nothing(now: dt.datetime) -> None:
    everybody = [person("Siti Aminah", phone="+6281290001234") for _each in range(6)]
    assert like(everybody[0], now) == []
    AlikeRule.objects.filter(code="name").update(at_most=6)
    assert len(like(everybody[0], now)) == 5


@pytest.mark.django_db
def test_archived_and_merged_people_and_agents_are_left_out(now: dt.datetime) -> None:
    one, archived, merged = (person("Kirana Putri") for _each in range(3))
    Influencer.objects.filter(pk=archived.pk).update(archived_at=now)
    Influencer.objects.filter(pk=merged.pk).update(merged_into=one)
    agent = ContactFactory(phone="+6281290007777")
    for name in ("Ajeng", "Galuh"):
        RepresentationFactory(
            influencer=InfluencerFactory(stage_name=name), contact=agent, capacity=Representation.Capacity.AGENT
        )
    assert like(one, now) == []
    assert like(Influencer.objects.get(stage_name="Ajeng"), now) == []


@pytest.mark.django_db
def test_who_was_told_apart_never_comes_back(now: dt.datetime) -> None:
    one, other = person("Kirana Putri"), person("Putri Kirana")
    sweep(now)
    LookAlike.objects.get().tell_apart(at=now, actor=SYSTEM)
    assert (like(one, now), like(other, now)) == ([], [])
    sweep(now)
    assert LookAlike.objects.open().count() == 0
    assert Entry.objects.filter(verb="influencer.look_alike_different").count() == 2


@pytest.mark.django_db
def test_a_row_of_a_file_finds_who_it_resembles(now: dt.datetime) -> None:
    kirana = person("Kirana Putri", "kirana.putri", email="kirana@contoh.example")
    rows = [
        Sought(name="putri kirana"),
        Sought(name="Rani", handles=["kirana.putri"]),
        Sought(name="Rani", emails=["KIRANA@contoh.example"]),
        Sought(name="Nobody Known"),
    ]
    found = look_alikes_of(rows, now.date())
    assert [[one.pk for one in hits] for hits in found] == [[kirana.pk], [kirana.pk], [kirana.pk], []]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 300])
def test_looking_costs_the_same_number_of_queries_for_one_and_for_many(number: int, now: dt.datetime) -> None:
    for each in range(3):
        person(f"Kirana {each}", f"kirana.putri.{each}", phone=f"+62812900012{each:02}")
    rows = [Sought(f"Kirana {each % 3}", ["kirana.putri.1"], ["+6281290001201"]) for each in range(number)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        look_alikes_of(rows, now.date())
    assert len(asked) == 5


# ---- Everybody beside everybody --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_look_at_everybody_finds_what_a_look_at_each_finds(now: dt.datetime) -> None:
    people = [
        person("Kirana Putri", "kirana.putri", phone="+6281290001234"),
        person("Putri Kirana", "kiranaputri", platform="tiktok"),
        person("Rani Halim", "kirana.putri", platform="tiktok", whatsapp="+6281290001234"),
        person("Ratih Susanti", "ratih.s", email="ratih@contoh.example"),
        person("Ratih Soesanti", "ratih_s9", email="RATIH@contoh.example"),
        person("Somebody Else", "else", email="else@contoh.example"),
    ]
    sweep(now)
    swept = {
        (row.lower_id, row.higher_id): (row.points, [code for code, _text in row.reasons])
        for row in LookAlike.objects.all()
    }
    one_by_one = {
        (min(one.pk, hit.pk), max(one.pk, hit.pk)): (hit.points, [reason.code for reason in hit.reasons])
        for one in people
        for hit in look_alikes_of([Sought.of(one)], now.date())[0]
    }
    assert swept == one_by_one
    assert len(swept) == 3


@pytest.mark.django_db
def test_a_second_look_changes_nothing_and_a_cause_that_is_gone_takes_the_pair_along(now: dt.datetime) -> None:
    one, _other = person("Kirana Putri"), person("Putri Kirana")
    assert (sweep(now), sweep(now)) == ({"found": 1}, {})
    one.stage_name = "Rani Halim"
    one.save()
    assert sweep(now) == {"gone": 1}
    assert LookAlike.objects.count() == 0


@pytest.mark.django_db
def test_new_reasons_are_written_to_the_pair_that_is_there(now: dt.datetime) -> None:
    one, other = person("Kirana Putri", "kirana.putri"), person("Putri Kirana")
    sweep(now)
    SocialAccountFactory(influencer=other, platform=Platform.objects.get(code="tiktok"), handle="kirana.putri")
    assert sweep(now) == {"changed": 1}
    assert LookAlike.objects.get().points == 115
    assert LookAlike.objects.get().reasons == [["handle", "kirana.putri"], ["name", ""]]
    assert one.pk < other.pk


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_a_look_at_everybody_costs_the_same_number_of_queries(number: int, now: dt.datetime) -> None:
    for each in range(number):
        person(f"Kirana {'x' * each}", f"kirana.{'y' * each}")
    sweep(now)
    with CaptureQueriesContext(connection) as asked:
        sweep(now)
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 9


@pytest.mark.django_db
def test_a_pair_is_decided_once(now: dt.datetime, coordinator: User) -> None:
    person("Kirana Putri"), person("Putri Kirana")
    sweep(now)
    pair = LookAlike.objects.get()
    stale = LookAlike.objects.get()
    pair.tell_apart(at=now, actor=SYSTEM)
    with pytest.raises(TransitionRefused):
        stale.tell_apart(at=now, actor=SYSTEM)
    pair.look_again(at=now, actor=SYSTEM)
    assert list(LookAlike.objects.open()) == [pair]
