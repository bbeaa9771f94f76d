"""Two people become one, and two again: what moves, what is asked, what is refused, what comes back."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.planning.models import Campaign, Collaboration
from crm.influencers.actions import refresh_main_account
from crm.influencers.actions.bulk import archive, only
from crm.influencers.imports import known
from crm.influencers.imports.facts import Facts
from crm.influencers.imports.values import Account
from crm.influencers.merging.actions import MergeRefused, Parted, merge, part, who_stays
from crm.influencers.merging.tables import tables
from crm.influencers.merging.values import Pair, fields_of
from crm.influencers.models import (
    Address,
    DayOff,
    Influencer,
    Merge,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.influencers.portal import person_frame
from crm.influencers.queries.mail import mail_routes
from crm.influencers.reminders import do_not_contact
from crm.outbox.models import Contact, Email
from crm.outbox.queries import find_messages
from crm.portal.links import find_link, mint
from crm.portal.models import Link
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.edits import ChangedMeanwhile
from crm.timeline.models import Entry
from crm.timeline.queries import story
from crm.timeline.record import SYSTEM, record
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
    SocialAccountFactory,
)

pytestmark = pytest.mark.django_db


def full(name: str, handle: str, number: int, now: dt.datetime, **fields: Any) -> Influencer:
    """Somebody with one row in every table."""
    person: Influencer = InfluencerFactory(stage_name=name, **fields)
    platform = Platform.objects.get(code=("instagram", "tiktok")[number % 2])
    account = SocialAccountFactory(influencer=person, platform=platform, handle=handle, followers=1_000 * number)
    MetricSnapshot.objects.create(account=account, taken_at=now, followers=1_000 * number)
    RepresentationFactory(influencer=person, contact=ContactFactory(name=name, email=f"{handle}@contoh.example"))
    RateCard.objects.create(influencer=person, price=100_000 * number, valid_from=now.date())
    Address.objects.create(
        influencer=person, recipient=name, phone="+6281290001234", street="Jl. Melati 1", city="Bandung", postcode="1",
    )  # fmt: skip
    Note.objects.create(influencer=person, text=f"About {name}")
    DayOff.objects.create(influencer=person, start_on=now.date(), end_on=now.date())
    person.niches.add(Niche.objects.get(slug="fashion"))
    Todo.objects.create(text="Call", influencer_ref=person.pk)
    refresh_main_account(person)
    return person


@pytest.fixture
def kirana(now: dt.datetime) -> Influencer:
    return full("Kirana Putri", "kirana.putri", 10, now, city="Bandung", stage="in_talks")


@pytest.fixture
def putri(now: dt.datetime) -> Influencer:
    person = full("Putri Kirana", "putri", 5, now, city="Jakarta", stage="active", legal_name="Kirana Putri Lestari")
    person.niches.add(Niche.objects.get(slug="travel"))
    return person


def rows_of(person: Influencer) -> dict[str, list[int]]:
    """Everything that hangs on a person, table by table."""
    held = {one.key: sorted(one.rows(person.pk).values_list("pk", flat=True)) for one in tables()}
    return {key: rows for key, rows in held.items() if rows}


def state(person: Influencer) -> dict[str, Any]:
    """Everything a row says, besides when it was last saved."""
    row = Influencer.objects.filter(pk=person.pk).values().get()
    return {name: value for name, value in row.items() if name != "updated_at"}


def joined(stays: Influencer, goes: Influencer, now: dt.datetime, **choices: str) -> Merge:
    return merge(stays.pk, goes.pk, choices, at=now, actor=SYSTEM)


# ---- What moves ------------------------------------------------------------------------------------------------------


def test_everything_goes_to_the_one_who_stays_except_what_she_has_already(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    before, hers = rows_of(putri), rows_of(kirana)
    done = joined(kirana, putri, now)
    fashion = putri.niches.through.objects.get(influencer=putri, niche__slug="fashion")
    own = Representation.objects.get(influencer=putri)
    left = {"crm.influencer_niches.influencer_id": [fashion.pk], "crm.representation.influencer_id": [own.pk]}
    assert rows_of(putri) == left
    expected = {key: sorted({*hers[key], *rows} - set(left.get(key, ()))) for key, rows in before.items()}
    assert rows_of(kirana) == expected
    assert done.moved == {
        key: moving for key, rows in before.items() if (moving := sorted(set(rows) - set(left.get(key, ()))))
    }


def test_numbers_go_along_with_their_account_and_the_main_account_is_the_largest(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    joined(putri, kirana, now)
    putri.refresh_from_db()
    assert (putri.main_handle, putri.followers) == ("kirana.putri", 10_000)
    assert MetricSnapshot.objects.filter(account__influencer=putri).count() == 2


def test_the_address_in_use_stays_in_use(kirana: Influencer, putri: Influencer, now: dt.datetime) -> None:
    done = joined(kirana, putri, now)
    assert [(row.recipient, row.is_current) for row in kirana.addresses.order_by("pk")] == [
        ("Kirana Putri", True), ("Putri Kirana", False),
    ]  # fmt: skip
    part(done, at=now, actor=SYSTEM)
    assert [row.is_current for row in Address.objects.order_by("pk")] == [True, True]


def test_nothing_that_was_told_counted_or_sent_is_rewritten(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    record("note.added", "About Putri", at=now, actor=SYSTEM, influencer=putri)
    sent = Email.objects.create(
        name="test_mail", key="1", contact=ContactFactory(), from_name="Mitra", send_at=now, influencer_ref=putri.pk
    )
    ledgers = (list(Entry.objects.order_by("pk").values()), list(MetricSnapshot.objects.order_by("pk").values()))
    joined(kirana, putri, now)
    entries = [row for row in Entry.objects.order_by("pk").values() if "merged" not in row["verb"]]
    entries = [row for row in entries if row["verb"] != "influencer.goes_on"]
    assert (entries, list(MetricSnapshot.objects.order_by("pk").values())) == ledgers
    assert Email.objects.get(pk=sent.pk).influencer_ref == putri.pk


def test_the_story_shows_both_while_they_are_one(
    kirana: Influencer, putri: Influencer, now: dt.datetime, coordinator: User
) -> None:
    for person in (kirana, putri):
        record("note.added", f"About {person}", at=now, actor=SYSTEM, influencer=person)
    done = joined(kirana, putri, now)
    told = {line.entry.sentence_en for line in story(kirana.pk, coordinator).lines}
    assert {"About Kirana Putri", "About Putri Kirana", "Putri Kirana was merged into her"} <= told
    part(done, at=now, actor=SYSTEM)
    assert "About Putri Kirana" not in {line.entry.sentence_en for line in story(kirana.pk, coordinator).lines}


# ---- What is asked ---------------------------------------------------------------------------------------------------


def test_fields_that_differ_are_asked_about_with_the_likelier_value_chosen(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(legal_name="Kirana P.", aesthetic="Soft light")
    Influencer.objects.filter(pk=putri.pk).update(aesthetic="Soft", updated_at=now + dt.timedelta(days=365))
    pair = Pair.of(Influencer.objects.get(pk=kirana.pk), Influencer.objects.get(pk=putri.pk))
    asked = {field.name: field.default for field in fields_of(pair) if field.is_conflict and field.part == "person"}
    assert asked == {
        "stage_name": "stays",  # more followers
        "legal_name": "goes",  # longer
        "stage": "goes",  # further
        "city": "goes",  # newer
        "aesthetic": "stays",  # longer
    }


def test_what_is_empty_is_filled_and_what_was_chosen_is_written(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    done = joined(kirana, putri, now, person_city="goes", person_stage="stays", person_stage_name="goes")
    kirana.refresh_from_db()
    assert (kirana.stage_name, kirana.legal_name, kirana.city, kirana.stage) == (
        "Putri Kirana", "Kirana Putri Lestari", "Jakarta", "in_talks",
    )  # fmt: skip
    assert (kirana.name_alike, kirana.keys_of) == ("kirana putri", "Putri Kirana")
    assert done.values["person"] == {
        "stage_name": ["Kirana Putri", "Putri Kirana"],
        "legal_name": ["", "Kirana Putri Lestari"],
        "city": ["Bandung", "Jakarta"],
    }


def test_of_two_own_contacts_each_field_is_chosen_and_the_story_veils_it(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    Contact.objects.filter(representations__influencer=putri).update(email_state="bounced", email_state_why="550")
    joined(kirana, putri, now, contact_email="goes")
    own = kirana.representations.get().contact
    assert (own.email, own.email_state) == ("putri@contoh.example", "bounced")
    changes = Entry.objects.get(verb="influencer.merged").changes
    assert changes["email"] == ["ki…le", "pu…le"]


def test_her_own_contact_moves_when_the_other_has_none(putri: Influencer, now: dt.datetime) -> None:
    bare = InfluencerFactory(stage_name="Kirana P")
    contact = putri.representations.get().contact_id
    done = joined(bare, putri, now)
    assert [mail_routes([bare.pk, putri.pk], now).of(pk, "work").to for pk in (bare.pk, putri.pk)] == [(contact,), ()]
    part(done, at=now, actor=SYSTEM)
    assert [mail_routes([bare.pk, putri.pk], now).of(pk, "work").to for pk in (bare.pk, putri.pk)] == [(), (contact,)]


@pytest.mark.parametrize("barred", ["stays", "goes", "both"])
def test_who_asked_to_be_left_alone_is_left_alone(
    barred: str, kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    days = {"stays": dt.date(2027, 1, 1), "goes": dt.date(2027, 3, 1)}
    for name, person in (("stays", kirana), ("goes", putri)):
        if barred in (name, "both"):
            Influencer.objects.filter(pk=person.pk).update(
                do_not_contact_at=now, do_not_contact_until=days[name], do_not_contact_why=f"Asked us, {name}"
            )
    before = state(kirana), state(putri)
    done = joined(kirana, putri, now)
    kirana.refresh_from_db()
    assert kirana.do_not_contact_until == days["stays" if barred == "stays" else "goes"]
    assert kirana.do_not_contact_why == (
        "Asked us, stays; Asked us, goes" if barred == "both" else f"Asked us, {barred}"
    )
    assert set(do_not_contact({kirana.pk, putri.pk}, now)) == {kirana.pk, putri.pk}
    part(done, at=now, actor=SYSTEM)
    assert (state(kirana), state(putri)) == before


def test_who_stays_has_more_followers_or_was_here_first() -> None:
    small, large = InfluencerFactory(followers=10), InfluencerFactory(followers=20)
    one, other = InfluencerFactory(), InfluencerFactory()
    assert (who_stays(small, large), who_stays(other, one)) == ((large, small), (one, other))


# ---- What goes on for the one who stays ------------------------------------------------------------------------------


def link_of(address: str, now: dt.datetime) -> Link:
    found = find_link(address.rstrip("/").rpartition("/")[2], now)
    assert found is not None
    return found


def test_a_link_in_a_mail_already_sent_opens_the_page_of_the_one_who_stays(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    addresses = [
        mint(contact=person.representations.get().contact, influencer_id=person.pk, brand_id=None, at=now)
        for person in (kirana, putri)
    ]
    done = joined(kirana, putri, now)
    frames = [person_frame(link_of(address, now), now) for address in addresses]
    assert [frame and frame.influencer_id for frame in frames] == [kirana.pk, kirana.pk]
    part(done, at=now, actor=SYSTEM)
    frames = [person_frame(link_of(address, now), now) for address in addresses]
    assert [frame and frame.influencer_id for frame in frames] == [kirana.pk, putri.pk]


def test_planned_reminders_follow_to_the_one_who_stays_and_are_not_asked_twice(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    card = CollaborationFactory(influencer=putri)
    DeliverableFactory(collaboration=card, draft_due_on=dt.date(2026, 11, 27), dates_set_at=now)
    plan(now)
    hers = Reminder.objects.queued().filter(recipient="influencer")
    assert set(hers.values_list("influencer_ref", flat=True)) == {putri.pk}
    number = hers.count()
    done = joined(kirana, putri, now)
    plan(now)
    own = kirana.representations.get().contact_id
    assert set(hers.values_list("influencer_ref", "contact_id")) == {(kirana.pk, own)}
    assert hers.count() == number
    part(done, at=now, actor=SYSTEM)
    plan(now)
    assert set(hers.values_list("influencer_ref", flat=True)) == {putri.pk}
    assert hers.count() == number


def test_a_file_that_names_a_handle_of_the_merged_finds_the_one_who_stays(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    joined(kirana, putri, now)
    facts = [Facts(name="Putri", accounts=[Account("tiktok", "putri")], figures=[{}]), Facts(name="Putri Kirana")]
    found = known.load(facts, now)
    assert found.by_account[Account("tiktok", "putri")].pk == kirana.pk
    assert [person.pk for person in found.by_name[kirana.stage_name.casefold()]] == [kirana.pk]


def test_the_merged_leaves_lists_archive_and_bulk_actions(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    Influencer.objects.filter(pk=putri.pk).update(archived_at=now)
    joined(kirana, putri, now)
    assert (list(Influencer.objects.present()), list(Influencer.objects.archived())) == ([kirana], [])
    assert archive(only([putri.pk]), at=now, actor=SYSTEM) == []


# ---- Campaigns -------------------------------------------------------------------------------------------------------


@pytest.fixture
def glow() -> Campaign:
    return CampaignFactory(name="Glow")


def test_cards_move_and_come_back(kirana: Influencer, putri: Influencer, glow: Campaign, now: dt.datetime) -> None:
    card = CollaborationFactory(influencer=putri, campaign=glow)
    done = joined(kirana, putri, now)
    assert Collaboration.objects.get(pk=card.pk).influencer_id == kirana.pk
    part(done, at=now, actor=SYSTEM)
    assert Collaboration.objects.get(pk=card.pk).influencer_id == putri.pk


def test_both_at_work_in_one_campaign_is_refused_by_its_name(
    kirana: Influencer, putri: Influencer, glow: Campaign, now: dt.datetime
) -> None:
    for person in (kirana, putri):
        CollaborationFactory(influencer=person, campaign=glow)
    before = state(kirana), state(putri), rows_of(kirana), rows_of(putri), Entry.objects.count()
    with pytest.raises(MergeRefused) as refused:
        joined(kirana, putri, now)
    assert refused.value.reasons == [
        "Both are in “Glow”, and the card of Putri Kirana is still going on. Put it to “Not going ahead” first, or let "
        "Putri Kirana stay."
    ]
    assert (state(kirana), state(putri), rows_of(kirana), rows_of(putri), Entry.objects.count()) == before
    assert Merge.objects.count() == 0


def test_a_campaign_behind_the_wall_is_not_named(
    kirana: Influencer, putri: Influencer, glow: Campaign, now: dt.datetime, coordinator: User, organisation: Any
) -> None:
    for person in (kirana, putri):
        CollaborationFactory(influencer=person, campaign=glow)
    organisation.brand_walls = True
    organisation.save()
    with pytest.raises(MergeRefused) as refused:
        merge(kirana.pk, putri.pk, {}, at=now, actor=SYSTEM, user=coordinator)
    assert "Glow" not in str(refused.value)
    assert "a brand you do not see" in str(refused.value)


def test_a_settled_card_stays_as_it_was_and_visible(
    kirana: Influencer, putri: Influencer, glow: Campaign, now: dt.datetime
) -> None:
    mine = CollaborationFactory(influencer=kirana, campaign=glow)
    theirs = CollaborationFactory(influencer=putri, campaign=glow, status="off")
    joined(kirana, putri, now)
    assert set(Collaboration.objects.of_person(kirana.pk)) == {mine, theirs}
    assert Collaboration.objects.get(pk=theirs.pk).influencer_id == putri.pk


# ---- What is refused -------------------------------------------------------------------------------------------------


def refusal(stays: Influencer, goes: Influencer, now: dt.datetime) -> list[str]:
    with pytest.raises(MergeRefused) as refused:
        joined(stays, goes, now)
    return refused.value.reasons


def test_the_same_pair_again_a_circle_and_herself_are_refused(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    joined(kirana, putri, now)
    already = ["Putri Kirana was merged into Kirana Putri already."]
    assert (refusal(kirana, putri, now), refusal(putri, kirana, now)) == (already, already)
    assert refusal(kirana, kirana, now) == ["Choose two different people who are both still here."]
    rani = InfluencerFactory(stage_name="Rani")
    assert refusal(rani, putri, now) == [
        "Putri Kirana was merged into Kirana Putri meanwhile. Open Kirana Putri and start from there."
    ]
    assert Merge.objects.count() == 1


def test_nobody_goes_on_as_somebody_in_the_archive(kirana: Influencer, putri: Influencer, now: dt.datetime) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(archived_at=now)
    assert refusal(kirana, putri, now) == [
        "Kirana Putri is in the archive. Take her out first, or let Putri Kirana stay instead."
    ]


def test_somebody_who_changed_since_she_was_shown_is_shown_again(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    seen = kirana.updated_at, putri.updated_at - dt.timedelta(seconds=1)
    with pytest.raises(ChangedMeanwhile):
        merge(kirana.pk, putri.pk, {}, seen=seen, at=now, actor=SYSTEM)
    assert Merge.objects.count() == 0


# ---- Parting ---------------------------------------------------------------------------------------------------------


def test_parting_restores_exactly_what_was(kirana: Influencer, putri: Influencer, now: dt.datetime) -> None:
    CollaborationFactory(influencer=putri)
    contacts = list(Contact.objects.order_by("pk").values("pk", "email", "phone", "whatsapp", "prefers", "email_state"))
    before = state(kirana), state(putri), rows_of(kirana), rows_of(putri), contacts
    done = joined(kirana, putri, now, person_city="goes", person_stage_name="goes", contact_email="goes")
    parted = part(done, at=now, actor=SYSTEM)
    contacts = list(Contact.objects.order_by("pk").values("pk", "email", "phone", "whatsapp", "prefers", "email_state"))
    assert (state(kirana), state(putri), rows_of(kirana), rows_of(putri), contacts) == before
    assert (parted.added, parted.left, parted.gone) == ([], [], 0)
    done.refresh_from_db()
    assert (done.status, done.parted_at) == ("parted", now)
    assert Entry.objects.filter(verb="influencer.parted").count() == 2


def test_what_was_added_changed_and_removed_since_is_told(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    done = joined(kirana, putri, now, person_city="goes")
    Influencer.objects.filter(pk=kirana.pk).update(city="Malang")
    added = Note.objects.create(influencer=kirana, text="New since")
    Note.objects.get(text="About Putri Kirana").delete()
    parted = part(done, at=now, actor=SYSTEM)
    assert parted == Parted(done, [("notes", 1)], ["city"], 1)
    assert (Influencer.objects.get(pk=kirana.pk).city, Influencer.objects.get(pk=putri.pk).city) == (
        "Malang",
        "Jakarta",
    )
    assert Note.objects.get(pk=added.pk).influencer_id == kirana.pk


def test_a_second_merge_is_parted_first(kirana: Influencer, putri: Influencer, now: dt.datetime) -> None:
    rani = full("Rani Putri", "rani", 3, now)
    before = [(state(person), rows_of(person)) for person in (kirana, putri, rani)]
    first, second = joined(kirana, putri, now), joined(kirana, rani, now)
    with pytest.raises(MergeRefused) as refused:
        part(first, at=now, actor=SYSTEM)
    assert refused.value.reasons == ["Rani Putri was merged into Kirana Putri later. Part those two first."]
    part(second, at=now, actor=SYSTEM)
    part(first, at=now, actor=SYSTEM)
    assert [(state(person), rows_of(person)) for person in (kirana, putri, rani)] == before


def test_a_chain_leads_to_its_end_and_is_undone_from_there(
    kirana: Influencer, putri: Influencer, now: dt.datetime
) -> None:
    rani = full("Rani Putri", "rani", 3, now)
    before = [(state(person), rows_of(person)) for person in (kirana, putri, rani)]
    first = joined(putri, rani, now)
    second = joined(kirana, putri, now)
    merged = dict(Influencer.objects.filter(merged_into=kirana).values_list("stage_name", "merged_into_id"))
    assert merged == {"Putri Kirana": kirana.pk, "Rani Putri": kirana.pk}
    with pytest.raises(MergeRefused) as refused:
        part(first, at=now, actor=SYSTEM)
    assert refused.value.reasons == ["Putri Kirana was merged into Kirana Putri herself. Part those two first."]
    part(second, at=now, actor=SYSTEM)
    assert Influencer.objects.get(pk=rani.pk).merged_into_id == putri.pk
    part(first, at=now, actor=SYSTEM)
    assert [(state(person), rows_of(person)) for person in (kirana, putri, rani)] == before


def test_parting_is_refused_while_something_newer_needs_an_account_that_would_go_back(
    kirana: Influencer, putri: Influencer, glow: Campaign, now: dt.datetime
) -> None:
    done = joined(kirana, putri, now)
    account = SocialAccount.objects.get(handle="putri")
    card = CollaborationFactory(influencer=kirana, campaign=glow)
    reel = DeliverableFactory(collaboration=card, account=account, title="Reel 1")
    with pytest.raises(MergeRefused) as refused:
        part(done, at=now, actor=SYSTEM)
    assert refused.value.reasons == [
        "“Reel 1” in “Glow” was planned since, for an account that would go back to Putri Kirana. Give it another "
        "account first."
    ]
    assert Influencer.objects.get(pk=putri.pk).merged_into_id == kirana.pk
    reel.delete()
    part(done, at=now, actor=SYSTEM)


def test_parting_twice_is_refused(kirana: Influencer, putri: Influencer, now: dt.datetime) -> None:
    done = joined(kirana, putri, now)
    part(done, at=now, actor=SYSTEM)
    with pytest.raises(MergeRefused, match="parted already"):
        part(done, at=now, actor=SYSTEM)
    assert joined(kirana, putri, now).pk != done.pk


# ---- The price -------------------------------------------------------------------------------------------------------


def price(rows: int, now: dt.datetime) -> tuple[int, int]:
    """How many questions merging and parting ask about somebody with so many accounts and ten notes for each."""
    stays, goes = (full(name, f"{name.lower()}{rows}", at, now) for at, name in ((10, "Kirana"), (5, "Putri")))
    for each in range(rows):
        SocialAccountFactory(influencer=goes, handle=f"putri.{rows}.{each}")
        for more in range(10):
            Note.objects.create(influencer=goes, text=f"{each} {more}")
    with CaptureQueriesContext(connection) as merging:
        done = joined(stays, goes, now)
    with CaptureQueriesContext(connection) as parting:
        part(done, at=now, actor=SYSTEM)
    asked = [len([one for one in queries if "SAVEPOINT" not in one["sql"]]) for queries in (merging, parting)]
    return asked[0], asked[1]


def test_merging_and_parting_ask_as_much_about_few_rows_as_about_many(now: dt.datetime) -> None:
    assert price(1, now) == price(20, now)
    assert max(price(2, now)) <= 12 + 5 * len(tables())


# ---- Messages --------------------------------------------------------------------------------------------------------


def test_what_was_sent_to_either_is_found_with_the_one_who_stays(
    kirana: Influencer, putri: Influencer, now: dt.datetime, coordinator: User
) -> None:
    for person in (kirana, putri):
        Email.objects.create(
            name="test_mail", key=str(person.pk), contact=ContactFactory(), from_name="Mitra", send_at=now,
            influencer_ref=person.pk, state="sent", sent_at=now,
        )  # fmt: skip
    joined(kirana, putri, now)
    found = find_messages(coordinator, "sent", "", kirana.pk, "")
    assert len(found.lines) == 2
