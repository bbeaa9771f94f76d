"""A message is looked through before it leaves, goes to exactly those who were shown, and to nobody twice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict

from crm.influencers.models import Influencer
from crm.messages import actions
from crm.messages.models import Message, MessageLine
from crm.messages.places import Member
from crm.messages.whom import judge
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.outbox.topics import Purpose
from crm.preferences.actions import agree, take_back
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER
from crm.timeline.transitions import TransitionRefused
from tests.conftest import NOW
from tests.crm.messages.conftest import WORDS, contact_of, reachable
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db

Write = Callable[..., Message]


def lines(message: Message) -> list[tuple[str, str, str]]:
    rows = message.lines.select_related("contact").order_by("place", "pk")
    return [(row.contact.name if row.contact else "", row.outcome, in_words(row.why)) for row in rows]


def send(message: Message, user: User) -> Message:
    message.confirm(at=NOW, actor=Actor.user(user))
    actions.carry_on(message.pk, now=NOW)
    return Message.objects.get(pk=message.pk)


def test_a_message_is_shown_to_its_writer_before_anything_leaves(written: Write, three: list[Influencer]) -> None:
    message = written(three)
    assert (message.status, message.total) == ("ready", 3)
    assert lines(message) == [("Ayu Lestari", "gets", ""), ("Bima Sakti", "gets", ""), ("Citra Dewi", "gets", "")]
    assert (Email.objects.count(), Todo.objects.count()) == (0, 0)
    assert list(message.lines.values_list("send_at", flat=True)) == [NOW, NOW, NOW]


def test_each_gets_it_in_her_own_language_and_answers_go_to_the_writer(
    written: Write, three: list[Influencer], coordinator: User
) -> None:
    message = send(written(three), coordinator)
    emails = list(Email.objects.order_by("to_address"))
    assert [(one.subject, one.text.splitlines()[0], one.language) for one in emails] == [
        ("The shoot moves", "Hi Ayu, the shoot moves.", "en"),
        ("Syuting pindah", "Halo Kak Bima, syuting pindah.", "id"),
        ("The shoot moves", "Hi Citra, the shoot moves.", "en"),
    ]
    assert {(one.reply_to, one.from_name, one.sender_ref) for one in emails} == {
        (coordinator.email, "Dinda", coordinator.pk)
    }
    assert {one.thread for one in emails} == {f"message/{message.pk}"}
    assert message.status == "done"
    assert lines(message) == [
        ("Ayu Lestari", "written", ""), ("Bima Sakti", "written", ""), ("Citra Dewi", "written", ""),
    ]  # fmt: skip


def test_every_person_has_it_in_her_story_once(written: Write, three: list[Influencer], coordinator: User) -> None:
    message = send(written(three), coordinator)
    actions.carry_on(message.pk, now=NOW)
    told = Entry.objects.filter(verb="message.written").order_by("influencer_id")
    assert [(one.influencer_id, one.sentence_en) for one in told] == [
        (three[0].pk, "Wrote “The shoot moves” to Ayu Lestari"),
        (three[1].pk, "Wrote “Syuting pindah” to Bima Sakti"),
        (three[2].pk, "Wrote “The shoot moves” to Citra Dewi"),
    ]


def test_sending_twice_is_once(written: Write, three: list[Influencer], coordinator: User) -> None:
    message = written(three)
    stale = Message.objects.get(pk=message.pk)
    send(message, coordinator)
    with pytest.raises(TransitionRefused):
        stale.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    assert Email.objects.count() == 3


def test_keeping_the_same_form_twice_is_one_message(three: list[Influencer], coordinator: User) -> None:
    asked = QueryDict(f"ids={three[0].pk}")
    kept = [
        actions.write(
            Message(audience="people", key="same", asked=asked.urlencode(), **WORDS), asked, user=coordinator, now=NOW
        )
        for _ in range(2)
    ]
    assert kept[0].pk == kept[1].pk
    assert (Message.objects.count(), MessageLine.objects.count()) == (1, 1)


def test_a_worker_that_died_is_followed_by_another_and_nobody_gets_it_twice(
    written: Write, three: list[Influencer], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "SIZE", 2)
    message = written(three)
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.work_on(message, now=NOW).one_batch(message)
    assert (Email.objects.count(), Message.objects.get().cursor) == (2, 2)
    Message.objects.update(updated_at=NOW - STALLED_AFTER * 2)
    assert actions.take_up_stalled(NOW) == 1
    assert (Email.objects.count(), Message.objects.get().status) == (3, "done")
    assert actions.take_up_stalled(NOW + dt.timedelta(hours=1)) == 0


def test_who_must_not_or_cannot_get_it_is_listed_with_the_reason(written: Write, three: list[Influencer]) -> None:
    barred = reachable("Dewa Arjuna")
    barred.do_not_contact_at, barred.do_not_contact_why = NOW, "Asked for peace"
    barred.save()
    bounced, silent = reachable("Eka Putra"), reachable("Fitri Handayani", email="")
    contact_of(bounced).mark_bounced("550 no such user", NOW)
    lonely, gone = InfluencerFactory(stage_name="Gita"), reachable("Hana")
    gone.archived_at = NOW
    gone.save()
    message = written([barred, bounced, silent, lonely, gone])
    assert lines(message) == [
        ("", "left_out", "This person asked not to be contacted."),
        ("Eka Putra", "left_out", "The e-mail address does not work."),
        ("Fitri Handayani", "left_out", "There is no e-mail address."),
        ("", "left_out", "Nobody gets mail about this person. Add a contact first."),
        ("", "left_out", "Is archived or was merged into somebody else."),
    ]


def test_marketing_goes_only_to_those_who_agreed_to_offers(
    written: Write, three: list[Influencer], coordinator: User
) -> None:
    for person in three[:2]:
        agree(contact_of(person), Purpose.OFFERS, at=NOW, actor=Actor.user(coordinator))
    take_back(contact_of(three[1]), Purpose.OFFERS, at=NOW, actor=Actor.user(coordinator))
    message = send(written(three, mail_class="marketing"), coordinator)
    assert [outcome for _name, outcome, _why in lines(message)] == ["written", "left_out", "left_out"]
    assert [bool(why) for _name, _outcome, why in lines(message)] == [False, True, True]
    assert list(Email.objects.values_list("mail_class", "contact__name")) == [("marketing", "Ayu Lestari")]


def test_service_reaches_also_those_who_want_no_news(
    written: Write, three: list[Influencer], coordinator: User
) -> None:
    take_back(contact_of(three[1]), Purpose.OFFERS, at=NOW, actor=Actor.user(coordinator))
    assert lines(written(three))[1] == ("Bima Sakti", "gets", "")


def test_an_agent_gets_it_and_a_copy_says_so(written: Write, coordinator: User) -> None:
    person = reachable("Ayu Lestari")
    agent = ContactFactory(name="Sari Agen", kind=Contact.Kind.AGENT)
    RepresentationFactory(influencer=person, contact=agent, capacity="agent", mail_work="copy")
    message = send(written([person]), coordinator)
    assert [(row.contact.name, row.is_copy) for row in message.lines.select_related("contact") if row.contact] == [
        ("Ayu Lestari", False), ("Sari Agen", True),
    ]  # fmt: skip
    assert "This is a copy: Ayu Lestari gets the same message." in Email.objects.get(contact=agent).text


def test_an_agent_of_two_gets_the_very_same_words_once(written: Write, coordinator: User) -> None:
    agent = ContactFactory(name="Sari Agen", kind=Contact.Kind.AGENT)
    people = [InfluencerFactory(stage_name=name) for name in ("Ayu", "Bima")]
    for person in people:
        RepresentationFactory(influencer=person, contact=agent, capacity="agent", mail_work="to")
    message = send(written(people), coordinator)
    assert Email.objects.count() == 1
    assert lines(message) == [
        ("Sari Agen", "written", ""), ("Sari Agen", "written", "Gets the very same words already, because of Ayu."),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="message.written").values("influencer_id").distinct().count() == 2


def test_an_agent_of_two_gets_both_when_the_words_name_the_person(written: Write, coordinator: User) -> None:
    agent = ContactFactory(name="Sari Agen", kind=Contact.Kind.AGENT)
    people = [InfluencerFactory(stage_name=name) for name in ("Ayu", "Bima")]
    for person in people:
        RepresentationFactory(influencer=person, contact=agent, capacity="agent", mail_work="to")
    send(written(people, text_en="About {{ person }}."), coordinator)
    assert sorted(text.splitlines()[0] for text in Email.objects.values_list("text", flat=True)) == [
        "About Ayu.", "About Bima.",
    ]  # fmt: skip


def test_who_reads_whatsapp_becomes_a_task_for_the_writer(
    written: Write, coordinator: User, three: list[Influencer]
) -> None:
    Contact.objects.filter(pk=contact_of(three[0]).pk).update(prefers="whatsapp", whatsapp="+628123456789")
    message = send(written(three), coordinator)
    todo = Todo.objects.get()
    assert (todo.text, todo.owner, todo.kind) == (
        "Write to Ayu Lestari on WhatsApp: The shoot moves", coordinator, "message",
    )  # fmt: skip
    line = message.lines.get(outcome="by_hand")
    assert (line.channel, line.todo, Email.objects.count()) == ("whatsapp", todo, 2)
    actions.carry_on(message.pk, now=NOW)
    assert Todo.objects.count() == 1


def test_a_blank_nobody_can_fill_keeps_it_from_leaving_and_is_named(
    written: Write, coordinator: User, three: list[Influencer]
) -> None:
    message = written(three, text_en="Until {{ day }}.")
    assert lines(message) == [
        ("Ayu Lestari", "left_out", "Not known: {{ day }}. Fill it in, or leave the blank out of the words."),
        ("Bima Sakti", "gets", ""),
        ("Citra Dewi", "left_out", "Not known: {{ day }}. Fill it in, or leave the blank out of the words."),
    ]


def test_a_missing_language_falls_back_to_the_other(written: Write, coordinator: User, three: list[Influencer]) -> None:
    send(written(three, subject_en="", text_en=""), coordinator)
    assert set(Email.objects.values_list("subject", flat=True)) == {"Syuting pindah"}


def test_who_was_barred_after_the_look_does_not_get_it(
    written: Write, coordinator: User, three: list[Influencer]
) -> None:
    message = written(three)
    Influencer.objects.filter(pk=three[0].pk).update(do_not_contact_at=NOW, do_not_contact_why="No")
    message = send(message, coordinator)
    assert [outcome for _name, outcome, _why in lines(message)] == ["left_out", "written", "written"]
    assert message.counts == {
        "waiting": 0, "gets": 0, "left_out": 1, "written": 2, "by_hand": 0, "called_off": 0,
    }  # fmt: skip


def test_a_contact_who_came_after_the_look_gets_nothing_unseen(
    written: Write, coordinator: User, three: list[Influencer]
) -> None:
    message = written(three[:1])
    agent = ContactFactory(name="Sari Agen", kind=Contact.Kind.AGENT)
    RepresentationFactory(influencer=three[0], contact=agent, capacity="agent", mail_work="to")
    own = three[0].representations.get(contact=contact_of_name("Ayu Lestari"))
    own.mail_work = "nothing"
    own.save()
    message = send(message, coordinator)
    assert lines(message) == [
        ("Ayu Lestari", "left_out", "Somebody else gets this mail by now. Write to them separately."),
    ]  # fmt: skip
    assert Email.objects.count() == 0


def contact_of_name(name: str) -> Contact:
    return Contact.objects.get(name=name)


def test_what_has_not_left_is_called_off(written: Write, coordinator: User, three: list[Influencer]) -> None:
    Contact.objects.filter(pk=contact_of(three[2]).pk).update(prefers="whatsapp", whatsapp="+628123456789")
    message = send(written(three), coordinator)
    gone = Email.objects.order_by("pk").first()
    assert gone is not None
    Email.objects.filter(pk=gone.pk).update(state="sent", sent_at=NOW)
    assert actions.call_off(message, now=NOW, actor=Actor.user(coordinator)) == 2
    assert sorted(Email.objects.values_list("state", "why")) == [
        ("sent", ""), ("skipped", '%(who)s called the message off.\t{"who": "Dinda"}'),
    ]  # fmt: skip
    assert lines(message) == [
        ("Ayu Lestari", "written", ""),
        ("Bima Sakti", "called_off", "Dinda called the message off."),
        ("Citra Dewi", "called_off", "Dinda called the message off."),
    ]
    assert (Todo.objects.open().count(), message.status) == (0, "called_off")
    with pytest.raises(TransitionRefused):
        actions.call_off(message, now=NOW, actor=Actor.user(coordinator))


def test_calling_off_in_the_middle_stops_what_is_not_written_yet(
    written: Write, coordinator: User, three: list[Influencer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "SIZE", 2)
    message = written(three)
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.work_on(message, now=NOW).one_batch(message)
    assert actions.call_off(message, now=NOW, actor=Actor.user(coordinator)) == 3
    actions.carry_on(message.pk, now=NOW)
    assert sorted(Email.objects.values_list("state", flat=True)) == ["skipped", "skipped"]
    assert [outcome for _name, outcome, _why in lines(message)] == ["called_off"] * 3


def test_changed_words_are_looked_through_anew(written: Write, coordinator: User, three: list[Influencer]) -> None:
    message = written(three, text_en="Until {{ day }}.")
    message.text_en = "Soon."
    actions.change(message, now=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    assert [outcome for _name, outcome, _why in lines(message)] == ["gets", "gets", "gets"]


def test_a_discarded_message_leaves_no_list_of_people(
    written: Write, coordinator: User, three: list[Influencer]
) -> None:
    message = written(three)
    actions.discard(message, now=NOW, actor=Actor.user(coordinator))
    assert (MessageLine.objects.count(), Message.objects.get().status, Email.objects.count()) == (0, "discarded", 0)
    with pytest.raises(TransitionRefused):
        message.confirm(at=NOW, actor=Actor.user(coordinator))


def test_nobody_and_too_many_keep_nothing(
    coordinator: User, three: list[Influencer], monkeypatch: pytest.MonkeyPatch
) -> None:
    message = Message(audience="people", key="x", **WORDS)
    with pytest.raises(actions.Nobody):
        actions.write(message, QueryDict("ids=999999"), user=coordinator, now=NOW)
    monkeypatch.setattr(actions, "MOST", 2)
    with pytest.raises(actions.TooMany):
        actions.write(message, QueryDict("all_matching=1"), user=coordinator, now=NOW)
    assert (Message.objects.count(), MessageLine.objects.count()) == (0, 0)


def test_names_with_marks_stay_names_and_words_may_have_marks(written: Write, coordinator: User) -> None:
    send(written([reachable("_dewi_ <b>")], text_en="Hi {{ name }}, **come**.\n\n- one\n- two"), coordinator)
    email = Email.objects.get()
    assert "Hi _dewi_ &lt;b&gt;, <strong>come</strong>." in email.html
    assert "<li>one</li>" in email.html
    assert email.text.startswith("Hi _dewi_ <b>, **come**.\n\n- one\n- two\n")


def test_a_message_that_looks_like_a_secret_fills_none(
    written: Write, coordinator: User, three: list[Influencer]
) -> None:
    send(written(three[:1], text_en="Look: ${late:page}"), coordinator)
    assert Email.objects.get().text.startswith("Look: $ {late:page}\n")


@pytest.mark.parametrize("number", [1, 3])
def test_looking_through_costs_the_same_for_one_and_for_three(
    written: Write, three: list[Influencer], number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    message = written(three[:number], mail_class="marketing")
    members = [(line.place, Member(line.influencer_ref)) for line in message.lines.order_by("place")]
    with django_assert_num_queries(19):
        judge(message, members, NOW)
