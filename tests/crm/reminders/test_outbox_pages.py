"""What is planned, and why something was or was not sent."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from crm.reminders.why import stories_about, stories_of_person
from crm.team.models import User
from tests.crm.reminders.conftest import Source

TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
MONDAY = TUESDAY - dt.timedelta(days=1)


@pytest.fixture
def planned(source: Source, rule: Callable[..., Rule], kirana: Contact, dinda: User) -> Source:
    rule((-3, "draft_due"), (1, "draft_late"), (2, "escalation", "coordinator"))
    source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7)
    plan(MONDAY)
    return source


def said(source: Source, user: User, now: dt.datetime = MONDAY) -> list[str]:
    (story,) = stories_about("test.thing:1", user, now)
    return [verdict.said for verdict in story.verdicts]


class TestPlanned:
    @pytest.mark.parametrize(("part", "count"), [("planned", 3), ("skipped", 0), ("void", 0), ("nonsense", 3)])
    def test_each_part_shows_its_own(self, part: str, count: int, planned: Source, as_viewer: Client) -> None:
        page = as_viewer.get(reverse("outbox-planned"), {"part": part})
        assert (page.status_code, len(page.context["found"].lines)) == (200, count)

    @time_machine.travel(TUESDAY, tick=False)
    def test_one_whose_moment_has_come_says_what_it_waits_for(
        self, planned: Source, kirana: Contact, as_viewer: Client
    ) -> None:
        Contact.objects.filter(pk=kirana.pk).update(email="")
        lines = as_viewer.get(reverse("outbox-planned")).context["found"].lines
        assert [line.why for line in lines] == [
            "Waits: there is no e-mail address that works. A task on Today asks for one.", "", "",
        ]  # fmt: skip

    def test_they_are_found_by_person(self, planned: Source, as_viewer: Client) -> None:
        page = as_viewer.get(reverse("outbox-planned"), {"q": "larasati"})
        assert [line.row.email_name for line in page.context["found"].lines] == ["draft_due", "draft_late"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_queries_for_one_and_for_three(
        self,
        count: int,
        source: Source,
        rule: Callable[..., Rule],
        kirana: Contact,
        as_viewer: Client,
        django_assert_num_queries: Any,
    ) -> None:
        rule((-3, "draft_due"))
        for pk in range(count):
            source.add(pk, contact_ids=(kirana.pk,))
        plan(MONDAY)
        with django_assert_num_queries(9):
            as_viewer.get(reverse("outbox-planned"))


class TestWhy:
    def test_what_is_planned_says_so(self, planned: Source, dinda: User) -> None:
        assert said(planned, dinda) == ["Planned", "Planned", "Planned"]

    def test_what_was_sent_says_so_and_leads_to_the_message(self, planned: Source, dinda: User) -> None:
        mail_due(TUESDAY)
        Email.objects.update(state="sent", sent_at=TUESDAY)
        (story,) = stories_about("test.thing:1", dinda, TUESDAY)
        first = story.verdicts[0]
        assert (first.said, first.tone, first.email_id) == ("Sent", "ok", Email.objects.get().pk)

    def test_what_was_settled_says_by_what(self, planned: Source, dinda: User) -> None:
        planned.change(1, stopped_why="The draft is here")
        plan(MONDAY)
        told = said(planned, dinda)
        assert sorted(set(told)) == ["Not planned: The draft is here", "The draft is here"]

    def test_what_moved_says_where_to(self, planned: Source, dinda: User) -> None:
        planned.change(1, due_on=dt.date(2026, 12, 4))
        plan(MONDAY)
        assert "The day moved to 4 December 2026." in said(planned, dinda)

    def test_what_was_never_planned_says_why(
        self, source: Source, rule: Callable[..., Rule], kirana: Contact, dinda: User
    ) -> None:
        rule((-3, "draft_due"), code="OFF", is_active=False)
        rule((-3, "draft_due"), (5, "escalation", "manager"), code="ON")
        source.add(1, contact_ids=(kirana.pk,), born_at=TUESDAY + dt.timedelta(days=1))
        plan(TUESDAY)
        assert said(source, dinda, TUESDAY) == [
            "Not planned: this rule is switched off.",
            "Not planned: the day was entered after this would have left.",
            "Not planned: there is nobody to write to.",
        ]

    def test_a_rule_out_of_date_says_so(
        self, source: Source, rule: Callable[..., Rule], kirana: Contact, dinda: User
    ) -> None:
        rule((-3, "draft_due"), valid_to=MONDAY.date() - dt.timedelta(days=1))
        source.add(1, contact_ids=(kirana.pk,))
        assert said(source, dinda) == ["Not planned: this rule is not valid at that time."]

    def test_what_waits_past_its_moment_says_what_for(
        self, planned: Source, kirana: Contact, dinda: User, organisation: Organisation
    ) -> None:
        assert said(planned, dinda, TUESDAY)[0] == "Waits: it leaves at the next look, within a minute."
        Contact.objects.filter(pk=kirana.pk).update(email_state="bounced")
        assert said(planned, dinda, TUESDAY)[0] == (
            "Waits: there is no e-mail address that works. A task on Today asks for one."
        )
        Organisation.objects.update(mail_paused_at=TUESDAY)
        assert said(planned, dinda, TUESDAY) == ["Waits: outgoing mail is paused.", "Planned", "Planned"]

    def test_a_message_that_stop_all_holds_back_says_so(
        self, planned: Source, dinda: User, organisation: Organisation
    ) -> None:
        mail_due(TUESDAY)
        Organisation.objects.update(mail_paused_at=TUESDAY)
        assert said(planned, dinda, TUESDAY)[0] == "Planned. Waits: outgoing mail is paused."

    def test_what_is_far_ahead_says_so(
        self, source: Source, rule: Callable[..., Rule], kirana: Contact, dinda: User
    ) -> None:
        rule((-3, "draft_due"))
        source.add(1, dt.date(2027, 3, 5), contact_ids=(kirana.pk,))
        assert said(source, dinda) == ["Not planned yet: that happens closer to the day."]

    def test_a_persons_page_tells_every_thing(self, planned: Source, dinda: User) -> None:
        planned.add(2, influencer_id=7, stopped_why="")
        planned.add(3, influencer_id=8)
        assert len(stories_of_person(7, dinda, MONDAY)) == 2

    @pytest.mark.parametrize(
        "asked",
        [{}, {"about": "nonsense"}, {"about": "test.thing:x"}, {"about": "test.thing:" + "9" * 30}, {"person": "٣"}],
    )
    def test_nonsense_in_the_address_is_an_empty_page(
        self, asked: dict[str, str], planned: Source, as_viewer: Client
    ) -> None:
        page = as_viewer.get(reverse("outbox-why"), asked)
        assert (page.status_code, page.context["stories"]) == (200, [])

    def test_the_page_stands(self, planned: Source, as_viewer: Client) -> None:
        page = as_viewer.get(reverse("outbox-why"), {"about": "test.thing:1"}).content.decode()
        assert "Kirana Larasati: Draft of Reel" in page

    def test_a_message_leads_to_its_reminders_story(self, planned: Source, as_viewer: Client) -> None:
        mail_due(TUESDAY)
        page = as_viewer.get(reverse("outbox-email", args=[Email.objects.get().pk])).content.decode()
        assert f"{reverse('outbox-why')}?about=test.thing%3A1" in page


def test_before_mail_goes_on_the_page_says_how_many_reminders_wait(
    planned: Source, as_owner: Client, now: dt.datetime
) -> None:
    Reminder.objects.update(send_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert "3 reminders are written and sent" in as_owner.get(reverse("outbox-resume")).content.decode()
