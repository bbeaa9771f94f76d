"""Reminder rules in the administration are data that only name what exists."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.base.models import Holiday
from crm.base.seeding import lay_all
from crm.reminders.models import Rule, RuleStep
from crm.team.models import User
from crm.timeline.models import Entry


@pytest.fixture
def draft(owner: User) -> Rule:
    return Rule.objects.get(code="DRAFT")


def post(client: Client, rule: Rule, **changes: Any) -> Any:
    steps = list(rule.steps.all())
    fields: dict[str, Any] = {
        "code": rule.code, "kind": rule.kind, "name": rule.name, "stop_when": rule.stop_when, "series": rule.series,
        "mail_class": rule.mail_class, "is_active": "on", "grade": rule.grade,
        "steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": len(steps),
    }  # fmt: skip
    for number, step in enumerate(steps):
        fields |= {
            f"steps-{number}-id": step.pk,
            f"steps-{number}-rule": rule.pk,
            f"steps-{number}-offset": step.offset,
            f"steps-{number}-unit": step.unit,
            f"steps-{number}-recipient": step.recipient,
            f"steps-{number}-email_name": step.email_name,
            f"steps-{number}-moves_for_days_off": "on",
        }
    return client.post(reverse("admin:crm_rule_change", args=[rule.pk]), {**fields, **changes})


def test_a_step_taken_out_stays_out_after_the_next_release(as_owner: Client, draft: Rule) -> None:
    answer = post(as_owner, draft, **{"steps-0-DELETE": "on"})
    assert answer.status_code == 302
    lay_all()
    assert sorted(draft.steps.values_list("offset", flat=True)) == [-1, 0, 1, 2, 5]


def test_a_step_names_only_messages_and_a_rule_only_things_that_exist(as_owner: Client, draft: Rule) -> None:
    for field, value in (("steps-0-email_name", "no_such_message"), ("kind", "no.such.thing")):
        page = post(as_owner, draft, **{field: value})
        assert page.status_code == 200
        assert "is not one of the available choices" in page.content.decode()
    assert RuleStep.objects.filter(email_name="no_such_message").count() == 0


def switch(client: Client, rule: Rule, action: str) -> str:
    data = {"action": action, "_selected_action": [rule.pk]}
    return client.post(reverse("admin:crm_rule_changelist"), data, follow=True).content.decode()


def test_switching_a_rule_off_keeps_it_off_and_is_told(as_owner: Client, draft: Rule) -> None:
    assert "Nothing was changed." in switch(as_owner, draft, "switch_on")
    assert "Done for 1 row." in switch(as_owner, draft, "switch_off")
    assert "Nothing was changed." in switch(as_owner, draft, "switch_off")
    lay_all()
    draft.refresh_from_db()
    assert draft.is_active is False
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_label, entry.sentence_en) == (
        "rule.switched_off",
        "Owner",
        f"The rule {draft} was switched off",
    )
    switch(as_owner, draft, "switch_on")
    assert Entry.objects.newest_first()[0].verb == "rule.switched_on"


@pytest.mark.parametrize("name", ["rule", "reminder", "todo", "beat"])
def test_the_lists_open(name: str, as_owner: Client) -> None:
    assert as_owner.get(reverse(f"admin:crm_{name}_changelist")).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("steps-0-email_name", "escalation", "This message is written to colleagues. Choose one to the influencer."),
        ("steps-5-email_name", "draft_due", "This message is written to influencers. Choose the one to a colleague."),
        ("steps-0-offset", "-91", "Choose a number between -90 and 90."),
        ("steps-1-offset", "-3", "Please correct the duplicate data"),
        ("mail_class", "code", "is not one of the available choices"),
        ("valid_to", "2026-11-01", "The rule ends before it begins."),
        ("code", "POST", "Reminder rule with this Code already exists."),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_and_says_what_to_do(
    as_owner: Client, draft: Rule, field: str, value: str, said: str
) -> None:
    page = post(as_owner, draft, **{"valid_from": "2026-12-01", field: value})
    assert (page.status_code, said in page.content.decode()) == (200, True)
    assert list(draft.steps.values_list("offset", "email_name")) == [
        (-3, "draft_due"), (-1, "draft_due"), (0, "draft_due"), (1, "draft_late"), (2, "escalation"), (5, "escalation"),
    ]  # fmt: skip
    assert Rule.objects.get(pk=draft.pk).valid_from is None


def test_a_rule_without_steps_must_be_switched_off(as_owner: Client, draft: Rule) -> None:
    gone = {f"steps-{number}-DELETE": "on" for number in range(6)}
    page = post(as_owner, draft, **gone)
    assert "Without a step this rule does nothing. Add one, or switch the rule off." in page.content.decode()
    assert draft.steps.count() == 6
    assert post(as_owner, draft, is_active="", **gone).status_code == 302
    assert (Rule.objects.get(pk=draft.pk).is_active, draft.steps.count()) == (False, 0)


@time_machine.travel(dt.datetime(2026, 10, 26, 3, 0, tzinfo=dt.UTC), tick=False)
def test_a_rules_page_shows_what_it_would_do(as_owner: Client, draft: Rule) -> None:
    Holiday.objects.all().delete()
    page = as_owner.get(reverse("admin:crm_rule_change", args=[draft.pk])).content.decode()
    example = page[page.index("Due on Wednesday, 25 November 2026:") :]
    said = [" ".join(line.split()) for line in re.findall(r"<li>(.*?)</li>", example)]
    assert said[:6] == [
        "Mon, 23 Nov 2026 09:00 WIB: Draft: before the day, Influencer",
        "Tue, 24 Nov 2026 09:00 WIB: Draft: before the day, Influencer",
        "Wed, 25 Nov 2026 09:00 WIB: Draft: before the day, Influencer",
        "Thu, 26 Nov 2026 09:00 WIB: Draft: after the day, Influencer",
        "Fri, 27 Nov 2026 09:00 WIB: To a colleague: still open, Coordinator",
        "Mon, 30 Nov 2026 09:00 WIB: To a colleague: still open, Manager",
    ]
    assert "Due on Sunday, 29 November 2026:" in example


def test_a_new_rule_opens_without_an_example(as_owner: Client) -> None:
    assert "Save the rule once" in as_owner.get(reverse("admin:crm_rule_add")).content.decode()
