"""Who else has a number or address is asked of indexes, however many contacts there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.influencers.alikes.looking import Sought, look_alikes_of
from crm.influencers.models import Influencer, Representation
from crm.influencers.queries.agents import sharing_with
from crm.outbox.models import Contact
from crm.team.models import User
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
MANY = 2_000


@pytest.fixture
def shared() -> Contact:
    """One contact among thousands, whose number another one has for chats."""
    Contact.objects.bulk_create(
        [
            Contact(name=f"Orang {n}", email=f"o{n}@contoh.example", phone=f"+62811{n:07}", whatsapp=f"+62812{n:07}")
            for n in range(MANY)
        ],
        500,
    )
    Contact.objects.create(name="Sekar", whatsapp="+628119999999")
    people = Influencer.objects.bulk_create([Influencer(stage_name=f"Orang {n}") for n in range(MANY)], 500)
    own = zip(people, Contact.objects.partners().order_by("pk"), strict=False)
    Representation.objects.bulk_create(
        [Representation(influencer=person, contact=contact, capacity="self") for person, contact in own], 500
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Contact.objects.create(name="Kirana", phone="+628119999999", email="k@contoh.example")


def plans(ask: Callable[[], object]) -> str:
    """How the database answers everything that is asked about contacts."""
    with CaptureQueriesContext(connection) as caught:
        ask()
    how = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        found = []
        for query in caught.captured_queries:
            if '"crm_contact"' in query["sql"]:
                cursor.execute(how + query["sql"])
                found += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(found)


def reads_all_contacts(plan: str) -> bool:
    return "SCAN crm_contact" in plan or "Seq Scan on crm_contact" in plan


def test_who_shares_a_number_is_found_by_index(shared: Contact, coordinator: User) -> None:
    plan = plans(lambda: sharing_with([shared], coordinator))
    assert ("contact_phone" in plan, "contact_whatsapp" in plan, reads_all_contacts(plan)) == (True, True, False)
    assert [other.name for other in sharing_with([shared], coordinator)[shared.pk]] == ["Sekar"]


def test_look_alikes_by_number_and_address_are_found_by_index(shared: Contact) -> None:
    number, address = "+628110000001", "O2@contoh.example"

    def ask() -> list[list[int]]:
        sought = [Sought(phones=[number], emails=[address])]
        return [[one.pk for one in found] for found in look_alikes_of(sought, NOW.date())]

    plan = plans(ask)
    named = [name in plan for name in ("contact_phone", "contact_whatsapp", "contact_email_any_case")]
    assert (named, reads_all_contacts(plan)) == ([True] * 3, False)


def test_reading_every_contact_would_be_noticed(shared: Contact) -> None:
    assert reads_all_contacts(plans(lambda: list(Contact.objects.filter(name__contains="Sekar"))))
