"""Forms about a person: what they keep, what they refuse, what they tell."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.influencers.actions import refresh_main_account
from crm.influencers.models import (
    Address,
    DayOff,
    Influencer,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.outbox.models import Contact
from crm.team.models import Role, User
from crm.timeline.models import Entry
from tests.factories import (
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
    SocialAccountFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def instagram(db: None) -> Platform:
    return Platform.objects.get(code="instagram")


@pytest.fixture
def kirana(instagram: Platform) -> Influencer:
    person = InfluencerFactory(stage_name="Kirana Maheswari", city="Bandung")
    SocialAccountFactory(influencer=person, platform=instagram, handle="kirana", followers=34_000)
    refresh_main_account(person)
    return person


def filled(client: Client, url: str) -> dict[str, Any]:
    """What the form shows, as a browser would send it back."""
    form = client.get(url).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value not in (None, False):
            sent[bound.html_name] = str(value) if not isinstance(value, list) else [str(one) for one in value]
    return sent


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: [str(one) for one in found] for name, found in response.context["form"].errors.items()}


def told() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("pk").values_list("verb", "sentence_en"))


# ---- somebody new ----------------------------------------------------------------------------------------------------


def newcomer(client: Client, **typed: Any) -> Any:
    shown = filled(client, reverse("person-new"))
    return client.post(reverse("person-new"), {**shown, **typed})


def test_a_name_is_enough(as_coordinator: Client, coordinator: User) -> None:
    response = newcomer(as_coordinator, stage_name="Ayu Lestari")
    ayu = Influencer.objects.get()
    assert response.url == reverse("person", args=[ayu.pk])
    assert (ayu.stage_name, ayu.owner, ayu.accounts.count(), ayu.representations.count()) == (
        "Ayu Lestari",
        coordinator,
        0,
        0,
    )
    assert told() == [("influencer.added", "Added by hand")]


def test_account_and_contact_come_along(as_coordinator: Client, instagram: Platform) -> None:
    sport = Niche.objects.get(slug="sport")
    newcomer(
        as_coordinator,
        stage_name="Ayu Lestari",
        platform=instagram.pk,
        handle="https://www.instagram.com/Ayu.Lestari/?igsh=x",
        followers_now="34,2 rb",
        email="Ayu@Contoh.example",
        phone="0812 9000 1234",
        on_whatsapp="on",
        main_niche=sport.pk,
    )
    ayu = Influencer.objects.get()
    assert (ayu.main_platform, ayu.main_handle, ayu.followers, ayu.tier_code) == (
        instagram,
        "ayu.lestari",
        34_200,
        "micro",
    )
    assert list(ayu.niches.all()) == [sport]
    stands = ayu.representations.select_related("contact").get()
    contact = stands.contact
    assert (stands.capacity, stands.receives_mail, contact.kind) == ("self", True, "person")
    assert (contact.email, str(contact.phone), str(contact.whatsapp)) == (
        "ayu@contoh.example",
        "+6281290001234",
        "+6281290001234",
    )
    assert MetricSnapshot.objects.get().followers == 34_200
    assert [verb for verb, _said in told()] == ["influencer.added", "account.added", "contact.added"]


def test_a_taken_handle_names_and_links_whose_it_is_and_keeps_what_was_typed(
    as_coordinator: Client, kirana: Influencer, instagram: Platform
) -> None:
    response = newcomer(as_coordinator, stage_name="Lain Sekali", platform=instagram.pk, handle="@KIRANA")
    assert errors(response) == {
        "handle": [
            f'@kirana on Instagram belongs to <a href="/people/{kirana.pk}/">Kirana Maheswari</a> already.',
        ]
    }
    assert 'value="Lain Sekali"' in response.content.decode()
    assert Influencer.objects.count() == 1


def test_the_same_name_is_asked_about_once(as_coordinator: Client, kirana: Influencer) -> None:
    response = newcomer(as_coordinator, stage_name="KIRANA MAHESWARI")
    assert errors(response) == {
        "stage_name": [
            f'Somebody with this name is here already: <a href="/people/{kirana.pk}/">Kirana Maheswari (@kirana)</a>.'
        ]
    }
    assert "anyway" in response.content.decode()
    newcomer(as_coordinator, stage_name="KIRANA MAHESWARI", anyway="on")
    assert Influencer.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"stage_name": ""}, "stage_name", "This field is required."),
        ({"handle": "@ayu", "platform": ""}, "platform", "On which platform is this?"),
        (
            {"handle": "https://www.instagram.com/p/Cxyz/"},
            "handle",
            "This address leads to a post. Paste the profile's address or write @kirana.",
        ),
        (
            {"handle": "https://www.tiktok.com/@ayu"},
            "handle",
            "This address is not on Instagram. Choose its platform, or paste the other address.",
        ),
        ({"handle": "@ayu, @bima"}, "handle", "Write one account; add the others afterwards."),
        (
            {"handle": "ayu!!"},
            "handle",
            "This is no handle on Instagram. Write it as @kirana or paste the profile's address.",
        ),
        ({"followers_now": "many"}, "followers_now", "Write a number, such as 34200, 34.2k or 34,2 rb."),
        ({"email": "ayu@"}, "email", "Enter a valid email address."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    as_coordinator: Client, typed: dict[str, str], field: str, said: str
) -> None:
    response = newcomer(as_coordinator, **{"stage_name": "Ayu", **typed})
    assert errors(response) == {field: [said]}
    assert Influencer.objects.count() == 0


# ---- two people save at once -----------------------------------------------------------------------------------------


def test_only_what_changed_is_recorded_with_old_and_new(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("person-edit", args=[kirana.pk])
    sport = Niche.objects.get(slug="sport")
    as_coordinator.post(url, {**filled(as_coordinator, url), "city": "Solo", "main_niche": str(sport.pk)})
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes) == (
        "influencer.changed",
        {"city": ["Bandung", "Solo"], "main_niche": ["", "Sport"], "niches": ["", "Sport"]},
    )


def test_saving_without_a_change_tells_nothing(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("person-edit", args=[kirana.pk])
    assert as_coordinator.post(url, filled(as_coordinator, url)).status_code == 302
    assert told() == []


def test_a_form_opened_before_somebody_elses_save_says_so_and_keeps_what_was_typed(
    as_coordinator: Client, as_owner: Client, kirana: Influencer, now: dt.datetime
) -> None:
    url = reverse("person-edit", args=[kirana.pk])
    mine = {**filled(as_coordinator, url), "city": "Surabaya"}
    with time_machine.travel(now + dt.timedelta(minutes=5), tick=False):
        as_owner.post(url, {**filled(as_owner, url), "city": "Medan"})
    with time_machine.travel(now + dt.timedelta(minutes=9), tick=False):
        response = as_coordinator.post(url, mine)
        (said,) = errors(response)["__all__"]
        assert said.startswith("Owner saved changes at 10:05 while this form was open.")
        kirana.refresh_from_db()
        assert kirana.city == "Medan"
        html = response.content.decode()
        assert 'value="Surabaya"' in html
        again = {**mine, "seen": response.context["form"].data["seen"]}
        assert as_coordinator.post(url, again).status_code == 302
    kirana.refresh_from_db()
    assert kirana.city == "Surabaya"


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-01-01T00:00:00"])
def test_a_form_without_its_moment_is_refused(as_coordinator: Client, kirana: Influencer, seen: str) -> None:
    url = reverse("person-edit", args=[kirana.pk])
    response = as_coordinator.post(url, {**filled(as_coordinator, url), "city": "Solo", "seen": seen})
    assert errors(response) == {"seen": ["This page is out of date. Open it again."]}
    kirana.refresh_from_db()
    assert kirana.city == "Bandung"


# ---- accounts and numbers --------------------------------------------------------------------------------------------


def test_the_largest_account_becomes_the_main_one(as_coordinator: Client, kirana: Influencer) -> None:
    tiktok = Platform.objects.get(code="tiktok")
    url = reverse("account-new", args=[kirana.pk])
    as_coordinator.post(url, {"platform": tiktok.pk, "handle": "@Kirana.MHS", "followers": "120k"})
    kirana.refresh_from_db()
    assert (kirana.main_platform, kirana.main_handle, kirana.followers, kirana.tier_code) == (
        tiktok,
        "kirana.mhs",
        120_000,
        "macro",
    )
    assert told() == [("account.added", "Added the account @kirana.mhs on TikTok")]


def test_a_new_count_is_kept_as_a_snapshot_and_moves_the_tier(as_coordinator: Client, kirana: Influencer) -> None:
    account = kirana.accounts.get()
    url = reverse("account-edit", args=[kirana.pk, account.pk])
    as_coordinator.post(url, {**filled(as_coordinator, url), "followers": "101.000"})
    kirana.refresh_from_db()
    assert (kirana.followers, kirana.tier_code) == (101_000, "macro")
    assert MetricSnapshot.objects.get().followers == 101_000
    assert Entry.objects.get().changes["followers"] == ["34000", "101000"]


def test_a_tier_set_by_hand_goes_before_the_count(as_coordinator: Client, kirana: Influencer) -> None:
    account = kirana.accounts.get()
    url = reverse("account-edit", args=[kirana.pk, account.pk])
    as_coordinator.post(url, {**filled(as_coordinator, url), "tier_override": "celebrity"})
    kirana.refresh_from_db()
    assert kirana.tier_code == "celebrity"
    assert not MetricSnapshot.objects.exists()


def test_removing_the_last_account_empties_what_the_list_shows(as_coordinator: Client, kirana: Influencer) -> None:
    account = kirana.accounts.get()
    as_coordinator.post(reverse("account-remove", args=[kirana.pk, account.pk]))
    kirana.refresh_from_db()
    assert (kirana.main_platform, kirana.main_handle, kirana.followers, kirana.tier_code) == (None, "", None, "")
    assert not SocialAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_found(as_coordinator: Client, kirana: Influencer) -> None:
    other = SocialAccountFactory(handle="other")
    for name in ("account-edit", "account-remove", "snapshot-new"):
        assert as_coordinator.post(reverse(name, args=[kirana.pk, other.pk])).status_code == 404
    assert SocialAccount.objects.filter(pk=other.pk).exists()


def test_numbers_counted_by_hand_become_the_accounts_own_when_they_are_the_newest(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    account = kirana.accounts.get()
    url = reverse("snapshot-new", args=[kirana.pk, account.pk])
    as_coordinator.post(
        url, {"taken_on": "2026-11-24", "nature": "sponsored", "likes": "1,2 rb", "comments": "90", "followers": "35k"}
    )
    kirana.refresh_from_db()
    assert kirana.followers == 35_000
    as_coordinator.post(url, {"taken_on": "2026-11-20", "nature": "overall", "followers": "33k"})
    kirana.refresh_from_db()
    assert kirana.followers == 35_000
    kept = MetricSnapshot.objects.order_by("pk").values_list("nature", "taken_at", "likes", "comments", "saves")
    assert list(kept) == [
        ("sponsored", now, 1_200, 90, None),
        ("overall", dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC), None, None, None),
    ]


def test_withdrawn_numbers_stay_on_file_and_count_no_more(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    account = kirana.accounts.get()
    before = MetricSnapshot.objects.create(
        account=account, taken_at=now - dt.timedelta(days=9), followers=31_000, likes=5
    )
    wrong = MetricSnapshot.objects.create(account=account, taken_at=now, followers=340_000, likes=6)
    as_coordinator.post(reverse("snapshot-withdraw", args=[kirana.pk, wrong.pk]))
    kirana.refresh_from_db()
    assert (kirana.followers, kirana.tier_code) == (31_000, "micro")
    assert list(MetricSnapshot.objects.standing()) == [before]
    assert MetricSnapshot.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({}, "__all__", "Fill in at least one number."),
        ({"likes": "3", "taken_on": "2026-11-25"}, "taken_on", "This day has not come yet. When were they counted?"),
        ({"likes": "-3"}, "likes", "Write a number, such as 34200, 34.2k or 34,2 rb."),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    as_coordinator: Client, kirana: Influencer, typed: dict[str, str], field: str, said: str
) -> None:
    url = reverse("snapshot-new", args=[kirana.pk, kirana.accounts.get().pk])
    response = as_coordinator.post(url, {"taken_on": "2026-11-24", "nature": "overall", **typed})
    assert errors(response) == {field: [said]}
    assert not MetricSnapshot.objects.exists()


# ---- contacts --------------------------------------------------------------------------------------------------------

REACH = {"capacity": "self", "prefers": "email", "language": "id", "zone": "Asia/Jakarta"}


def test_an_agent_we_know_stands_for_her_too(as_coordinator: Client, kirana: Influencer) -> None:
    agent = ContactFactory(kind=Contact.Kind.AGENT, name="Bu Retno")
    RepresentationFactory(contact=agent, capacity=Representation.Capacity.AGENT)
    ContactFactory(kind=Contact.Kind.AGENT, name="Pak Anton")
    offered = as_coordinator.get(reverse("agent-choices", args=[kirana.pk]) + "?q=retno").json()
    assert offered == [{"value": str(agent.pk), "text": "Bu Retno", "detail": agent.email}]
    as_coordinator.post(reverse("contact-link", args=[kirana.pk]), {"contact": agent.pk, "receives_mail": "on"})
    assert list(kirana.representations.values_list("contact", "capacity", "receives_mail")) == [
        (agent.pk, "agent", True)
    ]
    assert as_coordinator.get(reverse("agent-choices", args=[kirana.pk]) + "?q=retno").json() == []


def test_a_shared_contact_says_for_whom_else_it_stands(as_coordinator: Client, kirana: Influencer) -> None:
    agent = ContactFactory(kind=Contact.Kind.AGENT, name="Bu Retno")
    RepresentationFactory(
        contact=agent, influencer=InfluencerFactory(stage_name="Bima"), capacity=Representation.Capacity.AGENT
    )
    mine = RepresentationFactory(contact=agent, influencer=kirana, capacity=Representation.Capacity.AGENT)
    page = as_coordinator.get(reverse("contact-edit", args=[kirana.pk, mine.pk]))
    assert page.context["page"].lead == "Also stands for: Bima. What you change here changes for them too."


def test_a_new_address_starts_without_the_old_ones_bounces_and_the_story_shows_neither_whole(
    as_coordinator: Client, kirana: Influencer
) -> None:
    stands = RepresentationFactory(
        influencer=kirana,
        contact__email="kirana@lama.example",
        contact__email_state=Contact.EmailState.BOUNCED,
        contact__email_state_why="550 no such user",
    )
    url = reverse("contact-edit", args=[kirana.pk, stands.pk])
    as_coordinator.post(url, {**filled(as_coordinator, url), "email": "Kirana@Baru.example"})
    contact = Contact.objects.get(pk=stands.contact_id)
    assert (contact.email, contact.email_state, contact.email_state_why) == ("kirana@baru.example", "ok", "")
    assert Entry.objects.get().changes["email"] == ["ki…le", "ki…le"]


def test_she_has_one_contact_of_her_own(as_coordinator: Client, kirana: Influencer) -> None:
    RepresentationFactory(influencer=kirana)
    response = as_coordinator.post(
        reverse("contact-new", args=[kirana.pk]), {**REACH, "name": "Kirana", "email": "k@contoh.example"}
    )
    assert errors(response) == {
        "capacity": ["Her own contact is here already. Change that one, or choose another role."]
    }
    assert kirana.representations.count() == 1


def test_a_contact_nobody_can_reach_is_refused(as_coordinator: Client, kirana: Influencer) -> None:
    response = as_coordinator.post(reverse("contact-new", args=[kirana.pk]), {**REACH, "name": "Kirana"})
    assert errors(response) == {"__all__": ["Give at least an e-mail address, a phone or a WhatsApp number."]}


def test_the_guardian_of_a_minor_always_gets_the_mail(as_coordinator: Client, kirana: Influencer) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(birth_on=dt.date(2010, 5, 1))
    typed = {**REACH, "capacity": "guardian", "name": "Ibu Kirana", "email": "ibu@contoh.example"}
    as_coordinator.post(reverse("contact-new", args=[kirana.pk]), typed)
    assert kirana.representations.get().receives_mail is True
    Influencer.objects.filter(pk=kirana.pk).update(birth_on=dt.date(2000, 5, 1))
    as_coordinator.post(
        reverse("contact-new", args=[kirana.pk]), {**typed, "name": "Ayah", "email": "ayah@contoh.example"}
    )
    assert kirana.representations.get(contact__name="Ayah").receives_mail is False


def test_removing_a_contact_keeps_it_for_the_others(as_coordinator: Client, kirana: Influencer) -> None:
    agent = ContactFactory(kind=Contact.Kind.AGENT)
    mine = RepresentationFactory(contact=agent, influencer=kirana, capacity=Representation.Capacity.AGENT)
    other = RepresentationFactory(contact=agent, capacity=Representation.Capacity.AGENT)
    as_coordinator.post(reverse("contact-remove", args=[kirana.pk, mine.pk]))
    assert list(Representation.objects.all()) == [other]
    assert Contact.objects.filter(pk=agent.pk).exists()


# ---- addresses, prices, notes, days off ------------------------------------------------------------------------------

ADDRESS = {
    "country": "ID",
    "recipient": "Kirana",
    "phone": "081290001234",
    "street": "Jl. Melati 3",
    "city": "Bandung",
    "postcode": "40115",
    "is_current": "on",
}


def test_an_indonesian_address_needs_no_kelurahan(as_coordinator: Client, kirana: Influencer) -> None:
    as_coordinator.post(reverse("address-new", args=[kirana.pk]), ADDRESS)
    address = kirana.addresses.get()
    assert (address.lines, str(address.phone)) == (["Jl. Melati 3", "Bandung 40115"], "+6281290001234")


def test_the_form_follows_the_country_and_keeps_what_was_typed(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("address-new", args=[kirana.pk])
    assert "kelurahan" in as_coordinator.get(url).context["form"].fields
    page = as_coordinator.post(url, {**ADDRESS, "country": "DE", "relay": "1"})
    form = page.context["form"]
    assert page.status_code == 200
    assert "kelurahan" not in form.fields
    assert (form["street"].value(), form["country"].value()) == ("Jl. Melati 3", "DE")
    assert not Address.objects.exists()


@pytest.mark.parametrize("name", ["recipient", "phone", "street", "city", "postcode"])
def test_a_parcel_needs_these(as_coordinator: Client, kirana: Influencer, name: str) -> None:
    response = as_coordinator.post(reverse("address-new", args=[kirana.pk]), {**ADDRESS, name: ""})
    assert errors(response) == {name: ["This field is required."]}
    assert not Address.objects.exists()


def test_one_address_is_in_use(as_coordinator: Client, kirana: Influencer) -> None:
    for street in ("Jl. Lama 1", "Jl. Baru 2"):
        as_coordinator.post(reverse("address-new", args=[kirana.pk]), {**ADDRESS, "street": street})
    assert list(kirana.addresses.order_by("pk").values_list("street", "is_current")) == [
        ("Jl. Lama 1", False),
        ("Jl. Baru 2", True),
    ]


def test_a_price_is_read_as_it_is_said(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("rate-new", args=[kirana.pk])
    as_coordinator.post(
        url,
        {"amount": "1,5 jt", "amount_to": "2jt", "currency": "IDR", "valid_from": "2026-11-24", "as_said": "1,5-2jt"},
    )
    rate = kirana.rates.get()
    assert (rate.price, rate.price_to, rate.as_said) == (Money("1500000", "IDR"), Decimal(2_000_000), "1,5-2jt")
    edit = reverse("rate-edit", args=[kirana.pk, rate.pk])
    as_coordinator.post(edit, {**filled(as_coordinator, edit), "amount": "1,7 jt"})
    assert RateCard.objects.get().price == Money("1700000", "IDR")
    last = Entry.objects.order_by("-pk")[0]
    assert last.changes == {"price": ["IDR\u00a01,500,000", "IDR\u00a01,700,000"]}
    assert (last.sentence_en, last.sentence_id.endswith("Rp1.700.000")) == (
        "Changed a price: IDR\u00a01,700,000",
        True,
    )


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"amount": "much"}, "amount", "Write an amount, such as 1500000, 1.500.000 or 1,5 jt."),
        ({"amount": "2jt", "amount_to": "1jt"}, "amount_to", "This is less than the price. Swap them or correct one."),
        (
            {"amount": "2jt", "valid_to": "2026-11-01"},
            "valid_to",
            "The last day lies before the first. Swap them or correct one.",
        ),
    ],
)
def test_prices_that_cannot_be_are_refused(
    as_coordinator: Client, kirana: Influencer, typed: dict[str, str], field: str, said: str
) -> None:
    response = as_coordinator.post(
        reverse("rate-new", args=[kirana.pk]), {"currency": "IDR", "valid_from": "2026-11-24", **typed}
    )
    assert errors(response) == {field: [said]}
    assert not RateCard.objects.exists()


def test_a_note_says_who_wrote_it_and_can_be_taken_away(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    as_coordinator.post(reverse("note-new", args=[kirana.pk]), {"text": "Answers after 19.00", "kind": "note"})
    note = Note.objects.get()
    assert (note.author, note.influencer) == (coordinator, kirana)
    as_coordinator.post(reverse("detail-remove", args=[kirana.pk, "notes", note.pk]))
    assert not Note.objects.exists()
    assert Entry.objects.get(verb="note.removed").changes["text"] == ["Answers after 19.00", ""]


def test_days_off_run_forward(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("day-off-new", args=[kirana.pk])
    response = as_coordinator.post(url, {"start_on": "2026-12-05", "end_on": "2026-12-01"})
    assert errors(response) == {"end_on": ["The last day lies before the first. Swap them or correct one."]}
    as_coordinator.post(url, {"start_on": "2026-12-01", "end_on": "2026-12-05", "note": "Umrah"})
    assert list(DayOff.objects.values_list("start_on", "end_on", "note")) == [
        (dt.date(2026, 12, 1), dt.date(2026, 12, 5), "Umrah")
    ]
    assert told() == [("influencer.days_off", "Is away from 2026-12-01 to 2026-12-05")]


def test_what_belongs_to_somebody_else_cannot_be_taken_away(as_coordinator: Client, kirana: Influencer) -> None:
    theirs = Note.objects.create(influencer=InfluencerFactory(), text="Theirs")
    assert as_coordinator.post(reverse("detail-remove", args=[kirana.pk, "notes", theirs.pk])).status_code == 404
    assert Note.objects.filter(pk=theirs.pk).exists()


# ---- do not contact, archive -----------------------------------------------------------------------------------------


def test_do_not_contact_has_a_reason_and_perhaps_an_end(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    url = reverse("person-bar", args=[kirana.pk])
    shown = filled(as_coordinator, url)
    assert errors(as_coordinator.post(url, {**shown, "why": ""})) == {"why": ["This field is required."]}
    refused = as_coordinator.post(url, {**shown, "why": "Asked us", "until": "2026-11-23"})
    assert errors(refused) == {"until": ["This day is over. Leave it empty to bar contact for good."]}
    as_coordinator.post(url, {**shown, "why": "Asked us", "until": "2026-12-31"})
    kirana.refresh_from_db()
    assert (kirana.do_not_contact_at, kirana.do_not_contact_until, kirana.do_not_contact_why) == (
        now,
        dt.date(2026, 12, 31),
        "Asked us",
    )
    assert told() == [("influencer.do_not_contact", "Do not contact until 31 December 2026: Asked us")]


def test_only_a_manager_allows_mail_again(as_coordinator: Client, kirana: Influencer, now: dt.datetime) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(do_not_contact_at=now, do_not_contact_why="Asked us")
    url = reverse("person-lift", args=[kirana.pk])
    assert as_coordinator.post(url, {"why": "She wrote"}).status_code == 403
    manager = Client()
    manager.force_login(UserFactory(role=Role.MANAGER))
    manager.post(url, {**filled(manager, url), "why": "She wrote"})
    kirana.refresh_from_db()
    assert (kirana.do_not_contact_at, kirana.do_not_contact_why) == (None, "")
    assert told() == [("influencer.may_contact", "May be contacted again: She wrote")]


def test_archive_and_back(as_coordinator: Client, kirana: Influencer, now: dt.datetime) -> None:
    as_coordinator.post(reverse("person-archive", args=[kirana.pk]))
    kirana.refresh_from_db()
    assert kirana.archived_at == now
    as_coordinator.post(reverse("person-restore", args=[kirana.pk]))
    kirana.refresh_from_db()
    assert kirana.archived_at is None
    assert [verb for verb, _said in told()] == ["influencer.archived", "influencer.restored"]


ADDRESSES = [
    "person-edit", "person-bar", "person-lift", "person-archive", "person-restore", "account-new", "contact-new",
    "contact-link", "address-new", "rate-new", "note-new", "day-off-new",
]  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_viewer_changes_nothing(as_viewer: Client, kirana: Influencer, name: str) -> None:
    assert as_viewer.post(reverse(name, args=[kirana.pk]), {"text": "x", "stage_name": "x"}).status_code == 403
    assert told() == []


@pytest.mark.parametrize("name", ["person-archive", "person-restore"])
def test_looking_changes_nothing(as_coordinator: Client, kirana: Influencer, name: str) -> None:
    assert as_coordinator.get(reverse(name, args=[kirana.pk])).status_code == 405
