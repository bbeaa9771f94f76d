"""What is older than its rule goes: to the day, once, some at a time, and after a yes where one is asked for."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

from campaigns.tracking.models import LinkClick, TrackedLink
from crm.base.places import Outlived, kept_for
from crm.influencers.models import Influencer
from crm.outbox.models import Contact, Email
from crm.outbox.topics import Purpose
from crm.portal.models import Link
from crm.preferences.actions import agree
from crm.privacy.models import RetentionRule, RetentionRun
from crm.privacy.retention import running
from crm.privacy.retention.rules import every_keeping
from crm.privacy.retention.running import let_go
from crm.privacy.retention.upkeep import keep_no_longer
from crm.reminders.models import Todo
from crm.reminders.todos import settle_todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor, record
from tests.factories import ContactFactory, DeliverableFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
A_DAY, A_SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _house(organisation: object) -> None:
    """Rules are read in the zone of the house."""


def link(dead_at: dt.datetime) -> Link:
    return Link.objects.create(
        token_sha256=f"{Link.objects.count():064}", contact=ContactFactory(), expires_at=dead_at, influencer_ref=1
    )


def message(made_at: dt.datetime, state: str = "sent", **fields: object) -> Email:
    email = Email.objects.create(
        name="draft_due", key=f"k{Email.objects.count()}", contact=ContactFactory(), subject="Draft", text="Halo Kirana",
        html="<p>Halo</p>", context={"name": "Kirana"}, body_hash="h", state=state, send_at=made_at, sent_at=made_at,
        **fields,
    )  # fmt: skip
    Email.objects.filter(pk=email.pk).update(created_at=made_at)
    return email


def test_a_link_goes_once_it_has_been_dead_for_longer_than_its_days_and_not_a_second_before(now: dt.datetime) -> None:
    kept, gone = link(now - 90 * A_DAY), link(now - 90 * A_DAY - A_SECOND)
    assert keep_no_longer(now) == {"portal_links": 1}
    assert list(Link.objects.values_list("pk", flat=True)) == [kept.pk] != [gone.pk]


def test_the_same_day_takes_nothing_twice_and_the_next_takes_what_has_grown_old(now: dt.datetime) -> None:
    link(now - 91 * A_DAY)
    assert keep_no_longer(now) == {"portal_links": 1}
    link(now - 91 * A_DAY)
    assert (keep_no_longer(now), Link.objects.count()) == ({}, 1)
    assert (keep_no_longer(now + A_DAY), Link.objects.count()) == ({"portal_links": 1}, 0)
    assert list(RetentionRun.objects.filter(key="portal_links").values_list("gone", flat=True)) == [1, 1]


def test_what_is_much_goes_some_at_a_time_and_whoever_comes_next_goes_on(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 2)
    for _number in range(5):
        link(now - 91 * A_DAY)
    looks = [keep_no_longer(now + dt.timedelta(minutes=minutes)) for minutes in range(4)]
    assert looks == [{"portal_links": 2}, {"portal_links": 2}, {"portal_links": 1}, {}]
    run = RetentionRun.objects.get(key="portal_links")
    assert (run.gone, run.finished_at) == (5, now + dt.timedelta(minutes=2))


def test_a_rule_that_breaks_is_noted_keeps_the_others_going_and_is_tried_again_tomorrow(
    now: dt.datetime, broken: RetentionRule
) -> None:
    link(now - 91 * A_DAY)
    assert keep_no_longer(now) == {"portal_links": 1}
    run = RetentionRun.objects.get(key=broken.key)
    assert (run.trouble, run.gone, run.finished_at) == ("ValueError: not today", 0, now)
    assert keep_no_longer(now) == {}
    keep_no_longer(now + A_DAY)
    assert RetentionRun.objects.filter(key=broken.key).count() == 2


@pytest.fixture
def broken() -> Iterator[RetentionRule]:
    """A rule whose room takes half of what is old and then fails."""

    def take(pks: object) -> int:
        Email.objects.update(text="")
        raise ValueError("not today")

    @kept_for("broken", label="Broken", goes="", days=1)
    def old(before: dt.datetime, now: dt.datetime) -> Outlived:
        return Outlived(Contact.objects.all(), take)

    yield RetentionRule.objects.create(key="broken", days=1)
    del kept_for._placed["broken"]


def test_a_rule_that_is_off_or_not_yet_valid_takes_nothing(now: dt.datetime) -> None:
    link(now - 91 * A_DAY)
    rule = RetentionRule.objects.filter(key="portal_links")
    rule.update(is_on=False)
    assert keep_no_longer(now) == {}
    rule.update(is_on=True, valid_from=(now + A_DAY).date())
    assert keep_no_longer(now) == {}
    assert keep_no_longer(now + A_DAY) == {"portal_links": 1}


def test_a_message_loses_its_words_and_stays_as_sent(now: dt.datetime) -> None:
    old, waits, young = (
        message(now - 731 * A_DAY), message(now - 731 * A_DAY, state="queued"), message(now - 729 * A_DAY),
    )  # fmt: skip
    assert keep_no_longer(now) == {"email_words": 1}
    old.refresh_from_db()
    assert (old.text, old.html, old.context, old.subject, old.body_hash, old.state) == (
        "",
        "",
        {},
        "Draft",
        "h",
        "sent",
    )
    assert [bool(Email.objects.get(pk=email.pk).text) for email in (waits, young)] == [True, True]


def test_visits_stay_counted_and_lose_what_somebody_is_known_by(now: dt.datetime) -> None:
    tracked = TrackedLink.objects.create(deliverable=DeliverableFactory(), slug="s", target="https://contoh.example")
    for visitor in ("a" * 64, "a" * 64, "b" * 64, ""):
        LinkClick.objects.create(link=tracked, at=now - 401 * A_DAY, visitor=visitor, came_from="instagram.com")
    LinkClick.objects.create(link=tracked, at=now - 399 * A_DAY, visitor="c" * 64, came_from="tiktok.com")
    assert keep_no_longer(now) == {"link_visits": 4}
    marks = list(LinkClick.objects.order_by("pk").values_list("visitor", "came_from"))
    assert [came for _mark, came in marks] == ["", "", "", "", "tiktok.com"]
    assert (marks[0][0] == marks[1][0] != marks[2][0], marks[3][0], marks[4][0]) == (True, "", "c" * 64)
    assert not any(mark.startswith(("a", "b")) for mark, _came in marks)
    assert keep_no_longer(now + A_DAY) == {}


def test_sessions_that_are_over_go_and_running_ones_stay(now: dt.datetime) -> None:
    for name, until in (("over", now - 2 * A_DAY), ("running", now + A_DAY)):
        Session.objects.create(session_key=name, session_data="x", expire_date=until)
    assert keep_no_longer(now) == {"sessions": 1}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]


def prospect(now: dt.datetime, days: int = 731, **fields: object) -> Influencer:
    person = InfluencerFactory(stage="prospect", **fields)
    Influencer.objects.filter(pk=person.pk).update(created_at=now - days * A_DAY)
    return person


def test_old_prospects_are_asked_about_once_and_never_go_by_themselves(now: dt.datetime) -> None:
    old, agreed, talked, works, young = (
        prospect(now), prospect(now), prospect(now), prospect(now), prospect(now, days=729)
    )  # fmt: skip
    contact = RepresentationFactory(influencer=agreed).contact
    agree(contact, Purpose.PROFILE, at=now - 800 * A_DAY, actor=SYSTEM)
    record("note.written", "A note", at=now - 100 * A_DAY, actor=SYSTEM, subject=talked, influencer=talked)
    Influencer.objects.filter(pk=works.pk).update(stage="active")
    assert keep_no_longer(now) == {}
    todo = Todo.objects.get(key="retention:prospects")
    assert (todo.url, todo.due_at) == ("/privacy/retention/prospects/", now)
    assert RetentionRun.objects.get(key="prospects").asked == 1
    keeping = next(one for one in every_keeping() if one.key == "prospects")
    outlived = keeping.outlived(now)
    assert outlived is not None
    assert list(outlived.rows) == [old]
    assert (let_go(keeping, by=SYSTEM, now=now), Influencer.objects.count()) == (0, 5)
    assert young.pk


def test_a_question_that_was_settled_comes_back_after_a_month(now: dt.datetime, coordinator: User) -> None:
    prospect(now)
    keep_no_longer(now)
    settle_todo(Todo.objects.get(), by=coordinator, at=now)
    keep_no_longer(now + 29 * A_DAY)
    assert Todo.objects.count() == 1
    keep_no_longer(now + 31 * A_DAY)
    assert Todo.objects.count() == 2


def test_a_rule_that_asks_first_goes_with_a_yes_and_the_audit_says_whose(now: dt.datetime, owner: User) -> None:
    RetentionRule.objects.filter(key="portal_links").update(asks_first=True)
    link(now - 91 * A_DAY)
    assert (keep_no_longer(now), Link.objects.count()) == ({}, 1)
    keeping = next(one for one in every_keeping() if one.key == "portal_links")
    assert (let_go(keeping, by=Actor.user(owner), now=now), Link.objects.count()) == (1, 0)
    told = Entry.objects.get(verb="retention.let_go")
    assert (told.actor, told.sentence_en) == (
        owner, "Let go of 1 from “Links into an own page”: kept for longer than 90 days",
    )  # fmt: skip
    assert (let_go(keeping, by=Actor.user(owner), now=now), Entry.objects.filter(verb="retention.let_go").count()) == (
        0,
        1,
    )


def test_every_kind_that_has_an_end_has_a_rule_with_a_source() -> None:
    rules = {rule.key: rule for rule in RetentionRule.objects.all()}
    assert sorted(rules) == sorted(placed.key for placed in kept_for.all())
    assert [key for key, rule in rules.items() if not rule.source or not rule.days] == []


def test_a_dry_run_says_what_would_go_and_takes_nothing(now: dt.datetime, capsys: pytest.CaptureFixture[str]) -> None:
    link(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    call_command("retain", "--dry-run")
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("portal_links")]
    assert (said, Link.objects.count(), RetentionRun.objects.count()) == (["portal_links: 1 would go (90 days)"], 1, 0)
    call_command("retain")
    assert Link.objects.count() == 0
