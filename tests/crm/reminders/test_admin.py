"""Reminder rules in the administration are data that only name what exists."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.seeding import lay_all
from crm.reminders.models import Rule, RuleStep
from crm.team.models import User


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
    assert sorted(draft.steps.values_list("offset", flat=True)) == [-1, 1, 2, 5]


def test_a_step_names_only_messages_and_a_rule_only_things_that_exist(as_owner: Client, draft: Rule) -> None:
    for field, value in (("steps-0-email_name", "no_such_message"), ("kind", "no.such.thing")):
        page = post(as_owner, draft, **{field: value})
        assert page.status_code == 200
        assert "is not one of the available choices" in page.content.decode()
    assert RuleStep.objects.filter(email_name="no_such_message").count() == 0


def test_switching_a_rule_off_keeps_it_off(as_owner: Client, draft: Rule) -> None:
    as_owner.post(
        reverse("admin:crm_rule_changelist"), {"action": "switch_off", "_selected_action": [draft.pk]}, follow=True
    )
    lay_all()
    draft.refresh_from_db()
    assert draft.is_active is False


@pytest.mark.parametrize("name", ["rule", "reminder", "todo", "beat"])
def test_the_lists_open(name: str, as_owner: Client) -> None:
    assert as_owner.get(reverse(f"admin:crm_{name}_changelist")).status_code == 200
