"""Due things made up for the test, rules over them, and people to tell."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from crm.base.models import Organisation
from crm.base.zones import end_of_day
from crm.outbox import late
from crm.outbox.models import Contact
from crm.reminders import registry
from crm.reminders.models import Rule, RuleStep
from crm.reminders.registry import Asked, Due
from crm.team.models import User
from tests.factories import ContactFactory

FRIDAY = dt.date(2026, 11, 27)
ZONE = "Asia/Jakarta"


@dataclass
class Source:
    """A feature with due things that a test may move, settle, pause and drop."""

    things: dict[int, Due] = field(default_factory=dict)

    def add(self, pk: int, due_on: dt.date = FRIDAY, **words: Any) -> Due:
        details: dict[str, Any] = {
            "kind": "test.thing",
            "subject": f"test.thing:{pk}",
            "due_on": due_on,
            "due_at": end_of_day(due_on, ZONE),
            "zone": ZONE,
            "title": "Draft of Reel",
            "influencer_id": 1,
            "influencer_label": "Kirana Larasati",
            "brand_label": "Lumi Skincare",
            "url": "/things/",
            "facts": {
                "owner": "Dinda Ayuningrum",
                "owner_email": "dinda@mitra.example",
                "what": "Reel",
                "format": "Reel",
            },
            **words,
        }
        self.things[pk] = Due(**details)
        return self.things[pk]

    def change(self, pk: int, **words: Any) -> None:
        if "due_on" in words:
            words["due_at"] = end_of_day(words["due_on"], ZONE)
        self.things[pk] = dataclasses.replace(self.things[pk], **words)

    def __call__(self, asked: Asked) -> Iterator[Due]:
        for pk, due in self.things.items():
            if asked.subjects is not None:
                if pk in asked.subjects:
                    yield due
            elif not due.stopped_why and due.due_at <= (asked.to_at or due.due_at):
                yield due


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch, db: None) -> Source:
    """The only due things there are."""
    Rule.objects.all().delete()
    source = Source()
    monkeypatch.setattr(registry.due, "_placed", {})
    monkeypatch.setattr(registry.quiet_days, "_placed", {})
    registry.due("test.thing")(source)
    return source


@pytest.fixture
def rule(source: Source) -> Callable[..., Rule]:
    """Lay a rule: `rule((-3, "draft_due"), (1, "escalation", "coordinator"))`."""

    def lay(*steps: tuple[Any, ...], code: str = "TEST", unit: str = "days", moves: bool = True, **words: Any) -> Rule:
        made = Rule.objects.create(code=code, kind="test.thing", name=code, **words)
        for offset, email_name, *rest in steps:
            RuleStep.objects.create(
                rule=made,
                offset=offset,
                email_name=email_name,
                unit=unit,
                recipient=rest[0] if rest else "influencer",
                moves_for_days_off=moves,
            )
        return made

    return lay


@pytest.fixture
def kirana(organisation: Organisation) -> Contact:
    return ContactFactory(name="Kirana Larasati", email="kirana@contoh.example", zone=ZONE)


@pytest.fixture
def dinda(coordinator: User) -> User:
    return coordinator


@pytest.fixture(autouse=True)
def _page_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late.late_field, "_placed", {})
    late.late_field("page")(lambda email, params: f"https://mitra.example/p/secret-{email.pk}")
