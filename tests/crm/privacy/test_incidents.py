"""An incident is told within 72 hours: noted, whose data it was, each told once in her language, the authority, closed."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from crm.influencers.models import Influencer
from crm.outbox.models import Contact, Email
from crm.privacy.incidents import actions
from crm.privacy.incidents.reminders import KIND
from crm.privacy.incidents.telling import words_for
from crm.privacy.models import DataIncident, IncidentPerson
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.transitions import TransitionRefused
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
NOTICE = actions.Notice({"en": "About your data", "id": "Tentang datamu"}, {"en": "It leaked.", "id": "Bocor."})


@pytest.fixture
def incident(owner: User, now: dt.datetime) -> DataIncident:
    made = DataIncident(title="Lost laptop", what="A laptop was left in a train", data="Names, addresses", found_at=now)
    return actions.note(made, by=owner, at=now)


def person(name: str, language: str = "id", **contact: Any) -> Influencer:
    reader = ContactFactory(name=name, language=language, **contact)
    return RepresentationFactory(influencer=InfluencerFactory(stage_name=name), contact=reader).influencer


def told_in(found: DataIncident) -> dict[str, bool]:
    return {str(row.influencer): row.told_at is not None for row in found.people.order_by("pk")}


def test_the_clock_runs_72_hours_from_discovery(incident: DataIncident, owner: User, now: dt.datetime) -> None:
    assert incident.due_at == now + 72 * HOUR
    (due,) = dues(Asked(now=now + 60 * HOUR, user=owner), {KIND})
    assert (due.due_at, str(due.detail)) == (now + 72 * HOUR, "12 hours left")
    (late,) = dues(Asked(now=now + 75 * HOUR, user=owner), {KIND})
    assert str(late.detail) == "3 hours too late"


def test_who_may_not_see_incidents_is_not_told_on_today_and_the_audit_names_none(
    incident: DataIncident, coordinator: User, now: dt.datetime
) -> None:
    assert list(dues(Asked(now=now, user=coordinator), {KIND})) == []
    told = Entry.objects.get(verb="incident.noted")
    assert "laptop" not in f"{told.subject_label} {told.sentence_en} {told.changes}".lower()


def test_everybody_is_told_once_in_her_language_and_whoever_cannot_be_written_to_stays(
    incident: DataIncident, owner: User, now: dt.datetime
) -> None:
    kirana, joe, silent = person("Kirana"), person("Joe", "en"), person("Sari", email="")
    names = [kirana.pk, joe.pk, silent.pk]
    assert actions.name_people(incident, names, by=owner, at=now) == 3
    assert actions.name_people(incident, names, by=owner, at=now) == 0
    assert actions.tell_people(incident, NOTICE, by=owner, at=now) == actions.Told(2, 1)
    assert told_in(incident) == {"Kirana": True, "Joe": True, "Sari": False}
    emails = {email.contact.name: email for email in Email.objects.select_related("contact")}
    assert {name: (email.subject, email.mail_class) for name, email in emails.items()} == {
        "Kirana": ("Tentang datamu", "service"), "Joe": ("About your data", "service"),
    }  # fmt: skip
    assert ("Halo Kirana,\n\nBocor." in emails["Kirana"].text, "Hi Joe,\n\nIt leaked." in emails["Joe"].text) == (
        True,
        True,
    )
    assert actions.tell_people(incident, NOTICE, by=owner, at=now) == actions.Told(0, 1)
    assert Email.objects.count() == 2


def test_once_authority_and_everybody_know_it_is_told_and_today_is_silent(
    incident: DataIncident, owner: User, now: dt.datetime
) -> None:
    actions.name_people(incident, [person("Kirana").pk, person("Sari", email="").pk], by=owner, at=now)
    actions.tell_people(incident, NOTICE, by=owner, at=now)
    actions.tell_authority(incident, "KMD-7", told_at=now, by=owner, at=now)
    incident.refresh_from_db()
    assert (incident.status, incident.people_told_at) == ("open", None)
    row = IncidentPerson.objects.waiting().select_related("incident").get()
    assert actions.told_by_hand(row, "By phone", by=owner, at=now + HOUR) is True
    assert actions.told_by_hand(row, "Again", by=owner, at=now + HOUR) is False
    incident.refresh_from_db()
    assert (incident.status, incident.people_told_at, incident.authority_ref) == ("told", now + HOUR, "KMD-7")
    assert list(dues(Asked(now=now, user=owner), {KIND})) == []


def test_a_closed_incident_takes_nothing_more(incident: DataIncident, owner: User, now: dt.datetime) -> None:
    actions.close(incident, "Nobody's data was on it", by=owner, at=now)
    with pytest.raises(TransitionRefused):
        actions.close(incident, "Again", by=owner, at=now)
    with pytest.raises(ValidationError):
        actions.name_people(incident, [InfluencerFactory().pk], by=owner, at=now)
    with pytest.raises(ValidationError):
        actions.tell_people(incident, NOTICE, by=owner, at=now)
    incident.refresh_from_db()
    assert (incident.why_closed, incident.people.count()) == ("Nobody's data was on it", 0)


def test_an_incident_found_before_it_happened_is_refused(owner: User, now: dt.datetime) -> None:
    wrong = DataIncident(title="x", what="x", data="x", found_at=now, happened_at=now + HOUR)
    with pytest.raises(ValidationError):
        actions.note(wrong, by=owner, at=now)
    assert DataIncident.objects.count() == 0


def test_the_notice_says_what_the_law_names_in_both_languages(incident: DataIncident) -> None:
    incident.measures = "The disk was wiped"
    for language in ("en", "id"):
        words = words_for(incident, language)
        assert all(said in words for said in ("A laptop was left in a train", "Names, addresses", "The disk was wiped"))


def test_somebody_who_is_left_alone_is_told_another_way(incident: DataIncident, owner: User, now: dt.datetime) -> None:
    kirana = person("Kirana")
    Influencer.objects.filter(pk=kirana.pk).update(do_not_contact_at=now)
    actions.name_people(incident, [kirana.pk], by=owner, at=now)
    told = actions.tell_people(incident, NOTICE, by=owner, at=now)
    row = IncidentPerson.objects.get()
    assert (told, row.told_at, bool(row.told_how)) == (actions.Told(0, 1), None, True)


def test_the_pages_lead_from_noting_to_telling(as_owner: Client, now: dt.datetime) -> None:
    kirana = person("Kirana")
    said = {"title": "Wrong address", "found_at": "2026-11-01T10:00", "what": "A list was sent", "data": "Phones"}
    assert as_owner.post("/privacy/incidents/new/", {**said, "what": ""}).status_code == 422
    assert DataIncident.objects.count() == 0
    made = as_owner.post("/privacy/incidents/new/", said)
    found = DataIncident.objects.get()
    at = f"/privacy/incidents/{found.pk}/"
    assert made.headers["Location"] == at
    refused = as_owner.post(f"{at}people/", {"who": "named", "names": "Kirana\nNobody Known"})
    assert (refused.status_code, "Nobody Known" in refused.content.decode(), found.people.count()) == (422, True, 0)
    as_owner.post(f"{at}people/", {"who": "named", "names": "kirana"})
    assert [row.influencer for row in found.people.all()] == [kirana]
    form = as_owner.get(f"{at}tell/").context["form"]
    as_owner.post(f"{at}tell/", {name: form.fields[name].initial for name in form.fields})
    assert (told_in(found), Email.objects.count()) == ({"Kirana": True}, 1)
    assert Contact.objects.count() >= 1
    assert (as_owner.get(at).status_code, as_owner.get("/privacy/incidents/").status_code) == (200, 200)
