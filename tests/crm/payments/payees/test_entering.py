"""Who is paid: ways of the money, minors and their guardians, and what a check with the tax office is worth."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.payments.models import PaidThrough, Payee, TaxCertificate
from crm.payments.payees.certificates import note_certificate
from crm.payments.payees.entering import add_payee, archive, change_payee, herself, note_check, pay_through
from crm.payments.payees.queries import lacks_of, masked, payee_of
from crm.payments.payees.revealing import reveal
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.payments.payees.conftest import NUMBER, ON, Enter
from tests.factories import InfluencerFactory
from tests.factories.payments import payee_for

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def agency(now: dt.datetime, actor: Actor) -> Payee:
    company = Payee(name="PT Bintang Kreatif", kind="company", tax_id_status="npwp", tax_number="01.234")
    return add_payee(company, on=ON, at=now, actor=actor)


@pytest.fixture
def young(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Sekar Ayu", birth_on=dt.date(2010, 1, 1))


def ways() -> list[tuple[str, dt.date, dt.date | None]]:
    return list(PaidThrough.objects.order_by("since_on").values_list("payee__name", "since_on", "until_on"))


@pytest.mark.parametrize(
    ("number", "shown"), [("0012345678901234", "···1234"), ("12 34 56", "···3456"), ("123", "···"), ("", "")]
)
def test_a_number_is_shown_by_its_end(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_she_is_paid_herself_in_one_step(payee: Payee, kirana: Influencer) -> None:
    assert (payee.name, payee.kind, payee.tax_id_status) == ("Kirana Maheswari", "individual", "none")
    assert payee_of(kirana.pk, ON) == payee
    assert payee_of(kirana.pk, ON - A_DAY) is None
    verbs = Entry.objects.filter(influencer=kirana).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["payee.added", "payee.paid_through"]


def test_another_payee_ends_the_way_of_before(
    payee: Payee, agency: Payee, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    pay_through(kirana, agency, since_on=ON + 7 * A_DAY, at=now, actor=actor)
    assert ways() == [("Kirana Maheswari", ON, ON + 6 * A_DAY), ("PT Bintang Kreatif", ON + 7 * A_DAY, None)]
    assert [payee_of(kirana.pk, ON + days * A_DAY) for days in (6, 7)] == [payee, agency]


def test_a_way_that_never_carried_anything_is_replaced(
    payee: Payee, agency: Payee, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    pay_through(kirana, agency, since_on=ON, at=now, actor=actor)
    assert ways() == [("PT Bintang Kreatif", ON, None)]


def test_the_same_way_twice_is_one(payee: Payee, kirana: Influencer, now: dt.datetime, actor: Actor) -> None:
    pay_through(kirana, payee, since_on=ON + A_DAY, at=now, actor=actor)
    assert ways() == [("Kirana Maheswari", ON, None)]


def test_an_agency_is_paid_for_many(agency: Payee, now: dt.datetime, actor: Actor) -> None:
    people = [InfluencerFactory(), InfluencerFactory()]
    for person in people:
        pay_through(person, agency, since_on=ON, at=now, actor=actor)
    assert [payee_of(person.pk, ON) for person in people] == [agency, agency]


def test_a_minor_is_not_paid_herself(young: Influencer, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(ValidationError, match="Sekar Ayu is a minor"):
        add_payee(herself(young), person=young, on=ON, at=now, actor=actor)
    assert (Payee.objects.count(), PaidThrough.objects.count()) == (0, 0)


def test_a_minor_is_paid_through_her_guardian(young: Influencer, now: dt.datetime, actor: Actor) -> None:
    mother = Contact.objects.create(kind="guardian", name="Ibu Ratna")
    made = add_payee(Payee(name="Ratna Dewi", contact=mother), person=young, on=ON, at=now, actor=actor)
    assert payee_of(young.pk, ON) == made


def test_who_is_archived_is_paid_nothing(payee: Payee, kirana: Influencer, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(ValidationError, match="still paid there"):
        archive(payee, at=now, actor=actor)
    PaidThrough.objects.update(until_on=ON)
    archive(payee, at=now, actor=actor)
    assert payee_of(kirana.pk, ON) is None


def test_other_details_undo_the_check_of_before(payee: Payee, now: dt.datetime, actor: Actor) -> None:
    note_check(payee, at=now, actor=actor)
    payee.refresh_from_db()
    payee.tax_id_status, payee.tax_number = "npwp", "0123456789012345"
    change_payee(payee, seen=payee.updated_at, checked=False, at=now, actor=actor)
    payee.refresh_from_db()
    assert payee.tax_checked_at is None


def test_a_new_address_leaves_the_check(payee: Payee, now: dt.datetime, actor: Actor) -> None:
    note_check(payee, at=now, actor=actor)
    payee.refresh_from_db()
    payee.address = "Jl. Kenanga 4"
    change_payee(payee, seen=payee.updated_at, checked=False, at=now, actor=actor)
    payee.refresh_from_db()
    assert payee.tax_checked_at == now


def test_the_story_never_says_a_number(payee: Payee, enter: Enter, fajar: User, now: dt.datetime, actor: Actor) -> None:
    payee.tax_id_status, payee.tax_number = "npwp", "0198765432109876"
    change_payee(payee, seen=payee.updated_at, checked=True, at=now, actor=actor)
    account = enter()
    assert reveal(payee, fajar, "For the slip", at=now) == "0198765432109876"
    assert reveal(account, fajar, "For the bank", at=now) == NUMBER
    told = "".join(
        f"{entry.sentence_en}{entry.sentence_id}{entry.changes}{entry.quote}{entry.subject_label}"
        for entry in Entry.objects.all()
    )
    assert [number in told for number in ("0198765432109876", NUMBER)] == [False, False]
    looked = Entry.objects.filter(verb="payee.revealed").order_by("pk")
    assert [(entry.actor_label, entry.quote) for entry in looked] == [
        (fajar.get_short_name(), "For the slip"),
        (fajar.get_short_name(), "For the bank"),
    ]


def test_a_paper_is_noted_with_its_days(payee: Payee, now: dt.datetime, actor: Actor) -> None:
    paper = TaxCertificate(kind="exempt", number="SKB-7", valid_from=ON, valid_to=ON)
    note_certificate(payee, paper, None, at=now, actor=actor)
    assert [one.pk for one in payee.certificates.valid_on(ON)] == [paper.pk]
    with pytest.raises(ValidationError, match="last day is before the first"):
        note_certificate(
            payee,
            TaxCertificate(kind="exempt", number="8", valid_from=ON, valid_to=ON - A_DAY),
            None,
            at=now,
            actor=actor,
        )
    assert payee.certificates.count() == 1


def lacks(person: Influencer) -> list[str]:
    return [lack.code for lack in lacks_of([person], ON)[person.pk]]


def test_what_is_missing_before_money_can_leave(kirana: Influencer, now: dt.datetime, actor: Actor) -> None:
    assert lacks(kirana) == ["no_payee"]
    made = add_payee(herself(kirana), person=kirana, on=ON, at=now, actor=actor)
    assert lacks(kirana) == ["no_tax_id", "no_account"]
    note_check(made, at=now, actor=actor)
    assert lacks(kirana) == ["no_account"]


def test_an_account_that_waits_is_not_one(kirana: Influencer, enter: Enter) -> None:
    enter()
    assert lacks(kirana) == ["no_tax_id", "account_waiting"]


def test_a_minor_who_is_entered_herself_lacks_her_guardian(young: Influencer) -> None:
    payee_for(young)
    assert lacks(young) == ["minor_without_guardian"]


def test_who_has_everything_is_ready(kirana: Influencer) -> None:
    payee_for(kirana)
    assert lacks(kirana) == []


def test_who_was_merged_is_paid_as_whoever_goes_on(kirana: Influencer) -> None:
    gone = InfluencerFactory(merged_into=kirana)
    payee = payee_for(kirana)
    assert payee_of(gone.pk, ON) == payee


def test_looking_for_what_is_missing_asks_as_often_for_three(django_assert_num_queries: object) -> None:
    for many in (1, 3):
        people = [InfluencerFactory() for _ in range(many)]
        for person in people:
            payee_for(person)
        with django_assert_num_queries(4):  # type: ignore[operator]
            lacks_of(people, ON)
