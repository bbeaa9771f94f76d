"""Walks through a house of its own: the main pages as every role, one tick, what is planned next; writes down what it saw.

python -m tests.walking found.json                  on the database of DATABASE_URL
python -m tests.walking found.json --migrate        first bring the tables to this release
python -m tests.walking found.json --export FILE    and at the end write everything into a file
"""

import argparse
import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

MORNING = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
PASSWORD = "mitra-demo-2026"
LISTS = (
    "today", "people", "campaigns", "contracts", "brands", "ambassadors", "samples", "outbox", "clock", "finance", "team", "settings",
)  # fmt: skip
CHANGING = re.compile(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|csrf[^"]*":\s*"\w+"')


def no_argument_pages() -> Iterator[str]:
    """Every address that needs no id and may be looked at."""
    from django.urls import NoReverseMatch, reverse

    from tests.test_permissions import TABLE, names

    for name in sorted(set(names()) & set(TABLE)):
        if name.startswith(("admin:", "demo", "account_", "mfa_", "usersessions")):
            continue
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def detail_pages() -> Iterator[str]:
    """The first of each kind of thing that has a page."""
    from django.apps import apps

    for app in ("crm", "campaigns"):
        for model in apps.get_app_config(app).get_models():
            if hasattr(model, "get_absolute_url"):
                for row in model._default_manager.order_by("pk")[:2]:
                    yield row.get_absolute_url()


def browser() -> Any:
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


def signed_in(email: str) -> Any:
    """By the form, with the password she always had."""
    one = browser()
    answer = one.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, email
    return one


def walk() -> dict[str, dict[str, int]]:
    """What each page answered to each role: all pages to the owner, the lists to everybody else."""
    from django.urls import reverse

    from crm.team.models import Role, User

    lists = [reverse(name) for name in LISTS]
    seen = {}
    for user in User.objects.order_by("pk"):
        everything = user.role == Role.OWNER
        one = signed_in(user.email)
        paths = [*no_argument_pages(), *detail_pages()] if everything else [*lists, *detail_pages()]
        seen[str(user.role)] = {path: one.get(path).status_code for path in dict.fromkeys(paths)}
    return seen


def words() -> dict[str, str]:
    """What the owner reads on the main lists, without what differs from one visit to the next."""
    from django.urls import reverse

    from crm.team.models import Role, User

    one = signed_in(User.objects.filter(role=Role.OWNER).order_by("pk")[0].email)
    return {name: CHANGING.sub("", one.get(reverse(name)).content.decode()) for name in LISTS if name != "outbox"}


def planned() -> list[list[str]]:
    """The reminders as they stand once what is due was planned."""
    from crm.reminders.models import Reminder
    from crm.reminders.plan import plan

    plan(MORNING)
    rows = Reminder.objects.order_by("pk").values_list(
        "pk", "contact_id", "rule_id", "subject", "due_key", "state", "send_at"
    )
    return [[str(cell) for cell in row] for row in rows]


def counts() -> dict[str, int]:
    from crm.archive.everything.tables import carried

    return {table.label: table.model._base_manager.count() for table in carried()}


def look(options: argparse.Namespace) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from crm.archive.returning import pause_after_return
    from crm.archive.everything.actions import export_all
    from crm.exclusivity import guard
    from crm.reminders.tick import tick
    from crm.timeline import guards

    found: dict[str, Any] = {}
    if options.migrate:
        call_command("migrate", verbosity=0, skip_checks=True)
    found["counts"] = counts()
    found["unguarded"], found["guard"] = guards.missing(connection), guard.present(connection)
    if options.export:
        pause_after_return("to compare", MORNING)
        export_all(Path(options.export), now=timezone.now())
    found["words"], found["pages"] = words(), walk()
    found["planned"] = planned()
    found["tick"] = {stage: said for stage, said in tick(lambda: MORNING).items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("found")
    parser.add_argument("--migrate", action="store_true")
    parser.add_argument("--export", default="")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()
    Path(options.found).write_text(json.dumps(look(options), default=str))


if __name__ == "__main__":
    main()
