"""Writing as a colleague does: choose people, take words, see who gets it, send, call off."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.messages import actions
from crm.messages.models import Message, MessageTemplate
from crm.outbox.hand_over import take_back as not_passed_on
from crm.outbox.models import Contact, Email, PromotionWord
from crm.outbox.promotions import words_that_sell
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.record import Actor
from tests.conftest import NOW
from tests.crm.messages.conftest import WORDS, contact_of

pytestmark = pytest.mark.django_db

Write = Callable[..., Message]


def typed(people: list[Influencer], **changes: str) -> dict[str, str]:
    asked = urlencode([("ids", person.pk) for person in people])
    return {
        "audience": "people",
        "asked": asked,
        "key": "one",
        "mail_class": "service",
        "when": "now",
        **WORDS,
        **changes,
    }


def test_ticked_people_lead_to_the_page_to_write_on(as_coordinator: Client, three: list[Influencer]) -> None:
    page = as_coordinator.post(
        reverse("people-bulk"), {"action": "write", "ids": [three[0].pk, three[1].pk], "query": ""}
    )
    assert page.status_code == 200
    assert "To: 2 people from the list." in page.content.decode()
    assert Message.objects.count() == 0


def test_everybody_a_filter_means_travels_as_the_filter(as_coordinator: Client, three: list[Influencer]) -> None:
    page = as_coordinator.post(reverse("people-bulk"), {"action": "write", "all_matching": "1", "query": "q=ayu"})
    shown = page.content.decode()
    assert "To: 1 person from the list." in shown
    assert 'name="asked" value="all_matching=1&amp;query=q%3Dayu"' in shown


def test_a_template_fills_the_form_and_keeps_what_was_typed_elsewhere(
    as_coordinator: Client, three: list[Influencer]
) -> None:
    template = MessageTemplate.objects.get(code="thank-you")
    data = typed(
        three, use="1", use_template=str(template.pk), when="there", leave_on="2026-12-01", leave_clock="10:00"
    )
    page = as_coordinator.post(reverse("message-new"), data)
    form = page.context["form"]
    assert (form.initial["subject_id"], form.initial["leave_on"]) == ("{{ brand }}: terima kasih", "2026-12-01")
    assert (page.status_code, Message.objects.count()) == (200, 0)


def test_what_is_kept_shows_who_gets_it_and_sends_nothing(as_coordinator: Client, three: list[Influencer]) -> None:
    Contact.objects.filter(pk=contact_of(three[2]).pk).update(email="")
    page = as_coordinator.post(reverse("message-new"), typed(three), follow=True)
    shown = page.content.decode()
    assert "Goes to 2 recipients" in shown
    assert "There is no e-mail address." in shown
    assert "Send it to 2 recipients" in shown
    assert Email.objects.count() == 0


def test_sending_puts_it_into_the_outbox_and_pressing_twice_is_once(
    as_coordinator: Client, three: list[Influencer]
) -> None:
    as_coordinator.post(reverse("message-new"), typed(three))
    message = Message.objects.get()
    for _ in range(2):
        as_coordinator.post(reverse("message-send", args=[message.pk]))
    assert (Email.objects.count(), Message.objects.get().status) == (3, "done")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"text_en": "Hi {{ frist }}"}, "text_en", "Nobody knows what to fill in for {{ frist }}."),
        ({"text_en": "On {{ day }}"}, "day_on", "The words use {{ day }}: choose the day."),
        ({"subject_en": ""}, "subject_en", "Write a subject, too: it is what they see first."),
        ({"text_id": ""}, "text_id", "Write the text, too, or clear the subject."),
        ({"when": "there"}, "leave_on", "Choose the day on which it leaves."),
        ({"when": "here", "leave_on": "2020-01-01", "leave_clock": "10:00"}, "leave_on", "Choose a day from today on"),
        ({"when": "here", "leave_on": "2020-13-01"}, "leave_clock", "Choose the hour."),
        (dict.fromkeys(WORDS, ""), "__all__", "Write a subject and a text in at least one language."),
        ({"subject_en": "a" * 201}, "subject_en", "at most 200 characters"),
        ({"text_en": "a" * 5_001}, "text_en", "at most 5000 characters"),
    ],
)
def test_what_is_not_right_is_said_where_it_stands_and_what_was_typed_stays(
    as_coordinator: Client, three: list[Influencer], changes: dict[str, str], field: str, said: str
) -> None:
    page = as_coordinator.post(reverse("message-new"), typed(three, **changes))
    errors = page.context["form"].errors
    assert page.status_code == 422
    assert said in " ".join(errors[field])
    assert page.context["form"]["subject_id"].value() == changes.get("subject_id", "Syuting pindah")
    assert Message.objects.count() == 0


@pytest.mark.parametrize("asked", ["ids=abc", "ids=999999999999999999999", "", "ids=0"])
def test_nobody_chosen_is_told_and_keeps_nothing(as_coordinator: Client, asked: str) -> None:
    page = as_coordinator.get(reverse("message-new") + "?audience=people&" + asked, follow=True)
    assert "Nobody is chosen, or nobody of them is there any more." in page.content.decode()


def test_an_unknown_way_to_choose_is_not_found(as_coordinator: Client) -> None:
    assert as_coordinator.get(reverse("message-new") + "?audience=everybody").status_code == 404
    assert as_coordinator.post(reverse("message-new"), {"audience": "x"}).status_code == 404


def test_the_preview_steps_through_everybody_in_both_languages(
    as_coordinator: Client, written: Write, three: list[Influencer]
) -> None:
    message = written(three)
    lines = list(message.lines.order_by("place"))
    page = as_coordinator.get(reverse("message-preview", args=[message.pk, lines[1].pk]))
    shown = page.content.decode()
    assert "As Bima Sakti gets it: 2 of 3." in shown
    assert page.context["before"] == reverse("message-preview", args=[message.pk, lines[0].pk])
    assert page.context["after"] == reverse("message-preview", args=[message.pk, lines[2].pk])
    html = reverse("message-html", args=[message.pk, lines[1].pk])
    assert "Halo Kak Bima, syuting pindah." in as_coordinator.get(html).content.decode()
    assert "Hi Bima, the shoot moves." in as_coordinator.get(html + "?language=en").content.decode()
    assert as_coordinator.get(html)["Content-Security-Policy"].startswith("default-src 'none'")
    assert Contact.objects.get(pk=lines[1].contact_id).language == "id"


def test_words_change_until_it_is_sent(as_coordinator: Client, written: Write, three: list[Influencer]) -> None:
    message = written(three)
    url = reverse("message-edit", args=[message.pk])
    assert 'value="The shoot moves"' in as_coordinator.get(url).content.decode()
    as_coordinator.post(url, typed(three, subject_en="It moves"))
    message.refresh_from_db()
    assert (message.subject_en, message.status) == ("It moves", "ready")
    as_coordinator.post(reverse("message-send", args=[message.pk]))
    as_coordinator.post(url, typed(three, subject_en="Too late"))
    message.refresh_from_db()
    assert (message.subject_en, message.status) == ("It moves", "done")


def test_calling_off_says_how_many(
    as_coordinator: Client, written: Write, three: list[Influencer], coordinator: User
) -> None:
    message = written(three)
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    page = as_coordinator.post(reverse("message-call-off", args=[message.pk]), follow=True)
    assert "Called off for 3 recipients." in page.content.decode()
    assert set(Email.objects.values_list("state", flat=True)) == {"skipped"}


def test_what_is_not_sent_cannot_be_called_off(as_coordinator: Client, written: Write, three: list[Influencer]) -> None:
    message = written(three)
    as_coordinator.post(reverse("message-call-off", args=[message.pk]))
    assert Message.objects.get().status == "ready"


def test_more_people_than_the_house_allows_are_for_a_manager(
    as_coordinator: Client, as_owner: Client, written: Write, three: list[Influencer]
) -> None:
    Organisation.objects.update(messages_by_anybody=2)
    message = written(three)
    said = "More than 2 people: a manager sends it."
    assert said in as_coordinator.get(reverse("message", args=[message.pk])).content.decode()
    as_coordinator.post(reverse("message-send", args=[message.pk]))
    assert (Message.objects.get().status, Email.objects.count()) == ("ready", 0)
    as_owner.post(reverse("message-send", args=[message.pk]))
    assert (Message.objects.get().status, Email.objects.count()) == ("done", 3)


@pytest.mark.parametrize("with_page", [False, True])
def test_by_hand_the_text_is_taken_opens_in_whatsapp_and_settles_the_task(
    as_coordinator: Client, written: Write, three: list[Influencer], coordinator: User, with_page: bool
) -> None:
    Contact.objects.filter(pk=contact_of(three[0]).pk).update(prefers="whatsapp", whatsapp="+628123456789")
    message = written(three[:1], with_page=with_page, text_en="Hi {{ greeting }}, the **shoot** moves.")
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    todo = Todo.objects.get()
    assert "Hi Ayu, the *shoot* moves." in as_coordinator.get(todo.url).content.decode()
    taken = as_coordinator.post(todo.url)
    assert "https://wa.me/628123456789?text=Hi%20Ayu%2C%20the%20%2Ashoot%2A%20moves." in taken.content.decode()
    assert ("%2Fp%2F" in taken.content.decode() or "/p/" in taken.content.decode()) is with_page
    row = Email.objects.get()
    assert (row.channel, row.state, row.influencer_ref) == ("whatsapp", "sent", three[0].pk)
    assert Todo.objects.open().count() == 0
    shown = as_coordinator.get(reverse("message", args=[message.pk])).content.decode()
    assert "Passed on by hand" in shown
    as_coordinator.post(todo.url)
    assert Email.objects.count() == 1


def test_what_was_not_passed_on_after_all_is_a_task_again(
    written: Write, three: list[Influencer], coordinator: User, as_coordinator: Client
) -> None:
    Contact.objects.filter(pk=contact_of(three[0]).pk).update(prefers="whatsapp", whatsapp="+628123456789")
    message = written(three[:1])
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    as_coordinator.post(Todo.objects.get().url)
    row = Email.objects.get()
    not_passed_on(row, by=Actor.user(coordinator), at=NOW)
    line = message.lines.get()
    assert (Todo.objects.open().count(), line.todo_id, line.email_id) == (1, Todo.objects.open().get().pk, None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    as_coordinator: Client, written: Write, three: list[Influencer], number: int, django_assert_num_queries: Callable
) -> None:
    message = written(three[:number])
    as_coordinator.get(reverse("message", args=[message.pk]))
    with django_assert_num_queries(11):
        as_coordinator.get(reverse("message", args=[message.pk]))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    as_coordinator: Client, written: Write, three: list[Influencer], number: int, django_assert_num_queries: Callable
) -> None:
    for _ in range(number):
        written(three)
    as_coordinator.get(reverse("messages"))
    with django_assert_num_queries(9):
        page = as_coordinator.get(reverse("messages"))
    assert page.content.decode().count("Gets it by e-mail: 3") == number


def test_a_template_is_kept_as_the_next_version(as_coordinator: Client) -> None:
    template = MessageTemplate.objects.get(code="thank-you")
    url = reverse("message-template", args=[template.pk])
    data = {"name": "Thank you", "mail_class": "service", "topic": "work", "is_active": "on", **WORDS}
    as_coordinator.post(url, {**data, "text_en": "Hi {{ nobody }}"})
    assert MessageTemplate.objects.get(pk=template.pk).version == 1
    as_coordinator.post(url, data)
    template.refresh_from_db()
    assert (template.version, template.subject_en, bool(template.edited_at)) == (2, "The shoot moves", True)
    as_coordinator.post(url, data)
    assert MessageTemplate.objects.get(pk=template.pk).version == 2


def test_a_new_template_gets_a_code_of_its_own(as_coordinator: Client) -> None:
    data = {"name": "Thank you", "mail_class": "service", "topic": "work", "is_active": "on", **WORDS}
    for _ in range(2):
        assert as_coordinator.post(reverse("message-template-new"), data).status_code == 302
    assert list(MessageTemplate.objects.filter(name="Thank you").order_by("pk").values_list("code", flat=True)) == [
        "thank-you", "thank-you-2", "thank-you-3",
    ]  # fmt: skip


def test_a_service_message_that_promotes_is_refused_and_goes_as_marketing(
    as_coordinator: Client, three: list[Influencer]
) -> None:
    PromotionWord.objects.get_or_create(language="en", words="discount")
    PromotionWord.objects.get_or_create(language="id", words="diskon")
    selling = {"text_en": "A Discount for you", "text_id": "Ada diskonan"}
    page = as_coordinator.post(reverse("message-new"), typed(three, **selling))
    assert page.context["form"].errors["mail_class"] == [
        "This promotes something: “discount”. Leave it out, or send it as marketing."
    ]
    assert Message.objects.count() == 0
    as_coordinator.post(reverse("message-new"), typed(three, **selling, mail_class="marketing"))
    assert Message.objects.get().mail_class == "marketing"


def test_no_shipped_service_template_promotes(db: None) -> None:
    for template in MessageTemplate.objects.filter(mail_class="service"):
        for language in ("id", "en"):
            assert words_that_sell("\n".join(template.in_language(language)), language, NOW.date()) == []


def test_the_mail_leads_back_to_its_message(
    as_coordinator: Client, written: Write, three: list[Influencer], coordinator: User
) -> None:
    message = written(three[:1])
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    page = as_coordinator.get(reverse("outbox-email", args=[Email.objects.get().pk]))
    assert reverse("message", args=[message.pk]) in page.content.decode()


def test_the_list_looks_again_while_mail_is_about_to_leave_and_then_stops(
    as_coordinator: Client, written: Write, three: list[Influencer], coordinator: User
) -> None:
    message = written(three)
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    Email.objects.update(send_at=timezone.now())
    url = reverse("message-lines", args=[message.pk])
    assert (
        f'hx-get="{url}?part=&amp;page=1"' in as_coordinator.get(reverse("message", args=[message.pk])).content.decode()
    )
    Email.objects.update(state="sent", sent_at=NOW)
    again = as_coordinator.get(url, headers={"HX-Request": "true"}).content.decode()
    assert ("hx-get" in again, again.count("Sent</span>"), "<html" in again) == (False, 3, False)
    assert as_coordinator.get(url).headers["Location"] == reverse("message", args=[message.pk])
