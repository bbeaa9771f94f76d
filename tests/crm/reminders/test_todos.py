"""Tasks people write down: what, about whom, until when, for whom; and who may settle them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.zones import local_date
from crm.brands.models import BrandAccess
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.reminders.today import when_words
from crm.team.models import Role, User
from crm.timeline.models import Entry
from tests.factories import BrandFactory, InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana_sari(organisation: object) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Sari", main_handle="kirana.sari", followers=34_000)


@pytest.fixture
def task(coordinator: User, kirana_sari: Influencer) -> Todo:
    return Todo.objects.create(
        text="Call her", owner=coordinator, influencer_ref=kirana_sari.pk, influencer_label="Kirana Sari"
    )


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role))
    return client


def typed(todo: Todo, **changes: Any) -> dict[str, Any]:
    person = todo.influencer_ref or ""
    return {"text": todo.text, "owner": todo.owner_id or "", "person": person, "due_on": ""} | {
        "seen": todo.updated_at.isoformat(),
        **changes,
    }


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_anyone_writes_a_task_about_a_person_for_a_colleague_until_a_day(
    role: Role, coordinator: User, kirana_sari: Influencer
) -> None:
    client = signed_in(role)
    said = {"text": "Ask for her size", "person": kirana_sari.pk, "owner": coordinator.pk, "due_on": "2026-11-27"}
    assert client.post(reverse("todo-new"), said).status_code == 302
    todo = Todo.objects.get()
    assert (todo.text, todo.influencer_ref, todo.influencer_label, todo.owner) == (
        "Ask for her size",
        kirana_sari.pk,
        "Kirana Sari",
        coordinator,
    )
    assert todo.due_at == dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)  # the end of that day in Jakarta
    entry = Entry.objects.get()
    assert (entry.verb, entry.influencer_id, entry.sentence_en) == (
        "todo.written",
        kirana_sari.pk,
        "Wrote down the task “Ask for her size”",
    )


def test_a_task_needs_words_and_keeps_the_rest_of_what_was_typed(
    as_coordinator: Client, kirana_sari: Influencer
) -> None:
    answer = as_coordinator.post(reverse("todo-new"), {"text": " ", "person": kirana_sari.pk, "due_on": "2026-11-27"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'<option value="{kirana_sari.pk}" selected>Kirana Sari</option>' in page
    assert 'value="2026-11-27"' in page
    assert (Todo.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("person", ["999999", "kirana", "9" * 30, "-1"])
def test_somebody_who_is_not_here_is_refused_beside_the_field(as_coordinator: Client, person: str) -> None:
    answer = as_coordinator.post(reverse("todo-new"), {"text": "Call", "person": person})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["person"])
    assert Todo.objects.count() == 0


def test_the_link_on_a_persons_page_fills_her_in(as_coordinator: Client, kirana_sari: Influencer) -> None:
    page = as_coordinator.get(reverse("person-panels", args=[kirana_sari.pk])).content.decode()
    link = f"{reverse('todo-new')}?person={kirana_sari.pk}"
    assert f'href="{link}"' in page
    filled = as_coordinator.get(link).content.decode()
    assert f'<option value="{kirana_sari.pk}" selected>Kirana Sari</option>' in filled


def test_the_form_opens_with_nonsense_in_its_address(as_coordinator: Client) -> None:
    for nonsense in ("x", "%00", "9" * 30, "0"):
        assert as_coordinator.get(f"{reverse('todo-new')}?person={nonsense}").status_code == 200


def test_the_tasks_about_a_person_stand_on_her_page(
    as_coordinator: Client, coordinator: User, task: Todo, now: dt.datetime
) -> None:
    Todo.objects.create(text="Closed", influencer_ref=task.influencer_ref, done_at=now)
    Todo.objects.create(text="Of somebody else", influencer_ref=task.influencer_ref + 1)  # type: ignore[operator]
    page = as_coordinator.get(reverse("person-panels", args=[task.influencer_ref]))
    (panel,) = [context for template, context in page.context["aside"] if template.endswith("tasks_panel.html")]
    assert [line.what for line in panel["lines"]] == ["Call her"]


def test_the_field_that_asks_for_somebody_finds_names_and_handles(
    as_viewer: Client, kirana_sari: Influencer, now: dt.datetime
) -> None:
    InfluencerFactory(stage_name="Kirana Lama", archived_at=now)
    known = InfluencerFactory(stage_name="Bima", main_handle="", followers=None)
    her = {"value": str(kirana_sari.pk), "text": "Kirana Sari", "detail": "@kirana.sari"}
    assert as_viewer.get(reverse("people-choices"), {"q": "kirana"}).json() == [her]
    him = {"value": str(known.pk), "text": "Bima", "detail": ""}
    assert as_viewer.get(reverse("people-choices"), {"q": " \x00 "}).json() == [her, him]


def test_a_change_is_told_with_old_and_new(as_coordinator: Client, task: Todo) -> None:
    bima = InfluencerFactory(stage_name="Bima")
    as_coordinator.post(reverse("todo", args=[task.pk]), typed(task, text="Write to him", person=bima.pk))
    task.refresh_from_db()
    assert (task.text, task.influencer_ref, task.influencer_label) == ("Write to him", bima.pk, "Bima")
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes) == (
        "todo.changed",
        {"text": ["Call her", "Write to him"], "influencer_label": ["Kirana Sari", "Bima"]},
    )


def test_saving_without_a_change_tells_nothing(as_coordinator: Client, task: Todo) -> None:
    assert as_coordinator.post(reverse("todo", args=[task.pk]), typed(task)).status_code == 302
    assert Entry.objects.count() == 0


def test_somebody_elses_change_in_between_is_not_overwritten(as_coordinator: Client, task: Todo) -> None:
    old = typed(task, text="Mine")
    task.text = "Theirs"
    task.save()
    answer = as_coordinator.post(reverse("todo", args=[task.pk]), old)
    assert answer.status_code == 422
    assert 'value="Mine"' in answer.content.decode()
    assert Todo.objects.get().text == "Theirs"


def test_a_closed_task_is_opened_again_before_it_changes(
    as_coordinator: Client, coordinator: User, task: Todo, now: dt.datetime
) -> None:
    as_coordinator.post(reverse("todo-done", args=[task.pk]))
    task.refresh_from_db()
    assert task.done_by == coordinator
    answer = as_coordinator.post(reverse("todo", args=[task.pk]), typed(task, text="Late idea"), follow=True)
    assert "This task is closed. Open it again to change it." in answer.content.decode()
    assert Todo.objects.get().text == "Call her"
    as_coordinator.post(reverse("todo-reopen", args=[task.pk]))
    task.refresh_from_db()
    as_coordinator.post(reverse("todo", args=[task.pk]), typed(task, text="Late idea"))
    assert Todo.objects.get().text == "Late idea"
    assert verbs() == ["todo.done", "todo.reopened", "todo.changed"]


def test_done_twice_is_told_once(as_coordinator: Client, task: Todo) -> None:
    as_coordinator.post(reverse("todo-done", args=[task.pk]))
    page = as_coordinator.post(reverse("todo-done", args=[task.pk]), follow=True).content.decode()
    assert "Somebody had closed it already." in page
    assert verbs() == ["todo.done"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FINANCE])
def test_who_only_looks_reads_somebody_elses_task_and_leaves_it_alone(role: Role, task: Todo) -> None:
    client = signed_in(role)
    page = client.get(reverse("todo", args=[task.pk]))
    assert page.status_code == 200
    assert "Done</button>" not in page.content.decode()
    assert [line.closes_here for group in client.get("/").context["page"].groups for line in group.lines] == [False]
    for name in ("todo", "todo-done", "todo-reopen"):
        assert client.post(reverse(name, args=[task.pk]), typed(task, text="Mine now")).status_code == 403
    task.refresh_from_db()
    assert (task.text, task.done_at, Entry.objects.count()) == ("Call her", None, 0)


def test_who_only_looks_closes_her_own_and_everybodys(as_viewer: Client, viewer: User) -> None:
    Todo.objects.create(text="Mine", owner=viewer)
    Todo.objects.create(text="Everybody's")
    for todo in Todo.objects.all():
        as_viewer.post(reverse("todo-done", args=[todo.pk]))
    assert list(Todo.objects.values_list("done_by", flat=True)) == [viewer.pk, viewer.pk]


def test_a_task_behind_the_wall_is_not_found(
    organisation: Any, as_coordinator: Client, coordinator: User, kirana_sari: Influencer
) -> None:
    ours, theirs = BrandFactory(), BrandFactory()
    BrandAccess.objects.create(user=coordinator, brand=ours)
    organisation.brand_walls = True
    organisation.save()
    hidden = Todo.objects.create(text="Secret", brand_ref=theirs.pk, influencer_ref=kirana_sari.pk)
    assert as_coordinator.get(reverse("todo", args=[hidden.pk])).status_code == 404
    assert as_coordinator.post(reverse("todo-done", args=[hidden.pk])).status_code == 404
    assert "Secret" not in as_coordinator.get("/").content.decode()
    assert "Secret" not in as_coordinator.get(reverse("person-panels", args=[kirana_sari.pk])).content.decode()
    assert Todo.objects.get().done_at is None


@pytest.mark.parametrize(
    ("hours", "said"), [(-1, "today"), (1, "today"), (-24, "1 day late"), (-35, "2 days late"), (24, "Wed 25 Nov")]
)
def test_a_task_of_earlier_today_is_not_late_by_a_day(now: dt.datetime, hours: int, said: str) -> None:
    due = now + dt.timedelta(hours=hours)
    assert when_words(local_date(due, "Asia/Jakarta"), due, now, "Asia/Jakarta") == said
