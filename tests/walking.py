"""Walks through a house of its own: pages as every role, what is planned next, one tick; writes down what it saw.

python -m tests.walking found.json                  on the database of DATABASE_URL
python -m tests.walking found.json --migrate        first bring the tables to this release
python -m tests.walking found.json --export FILE    write everything into a file before anything is touched
"""

import argparse
import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import Any

import django

MORNING = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
PASSWORD = "mitra-demo-2026"
LISTS = (
    "today", "people", "campaigns", "contracts", "brands", "ambassadors", "samples", "reviews", "outbox", "clock",
    "finance", "audit", "team", "settings",
)  # fmt: skip
OF_THE_OWNER = 60
"""Pages behind the lists, one of each kind of address."""

CHANGING = re.compile(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken&quot;: &quot;\w+|"X-CSRFToken": "\w+"')
LINK = re.compile(r'href="(/[a-z][^"#?]*/\d+/[^"#?]*)"')


class Visitor:
    """Somebody of the house, signed in by the form with the password she always had."""

    def __init__(self, email: str) -> None:
        from django.test import Client

        self.browser: Any = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        answer = self.browser.post("/accounts/login/", {"login": email, "password": PASSWORD})
        assert answer.status_code == 302, email
        self.seen: dict[str, int] = {}

    def read(self, path: str) -> str:
        """A page's words, without what differs from one visit to the next."""
        answer = self.browser.get(path)
        self.seen[path] = answer.status_code
        return "" if answer.streaming else CHANGING.sub("", answer.content.decode())


def walk(email: str, *, deeper: int) -> tuple[dict[str, int], dict[str, str]]:
    """What each page answered, and the words of the lists; then the first page of each kind they lead to."""
    from django.urls import reverse

    one = Visitor(email)
    lists = {name: one.read(reverse(name)) for name in LISTS}
    kinds: dict[str, str] = {}
    for path in [path for words in lists.values() for path in LINK.findall(words)]:
        kinds.setdefault(re.sub(r"\d+", "#", path), path)
    for path in list(kinds.values())[:deeper]:
        one.read(path)
    return one.seen, {name: words for name, words in lists.items() if one.seen[reverse(name)] == 200}


def planned() -> list[list[str]]:
    """The reminders as they stand once what is due was planned."""
    from crm.reminders.models import Reminder
    from crm.reminders.plan import plan

    plan(MORNING)
    rows = Reminder.objects.order_by("pk").values_list("pk", "contact_id", "rule_id", "subject", "due_key", "send_at")
    return [[str(cell) for cell in row] for row in rows]


def look(options: argparse.Namespace) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from crm.archive.everything.actions import export_all
    from crm.exclusivity import guard
    from crm.reminders.tick import tick
    from crm.team.models import Role, User
    from crm.timeline import guards

    found: dict[str, Any] = {"pages": {}}
    if options.migrate:
        call_command("migrate", verbosity=0, skip_checks=True)
    call_command("check", databases=["default"], fail_level="ERROR")
    found["unguarded"], found["guard"] = guards.missing(connection), guard.present(connection)
    if options.export:
        export_all(Path(options.export), now=MORNING)
    for user in User.objects.filter(role__in=options.roles.split()).order_by("pk"):
        is_owner = user.role == Role.OWNER
        found["pages"][str(user.role)], words = walk(user.email, deeper=OF_THE_OWNER if is_owner else 0)
        if is_owner:
            found["words"] = words
    found["planned"], found["tick"] = planned(), tick(lambda: MORNING)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("found")
    parser.add_argument("--migrate", action="store_true")
    parser.add_argument("--export", default="")
    parser.add_argument("--roles", default="owner admin manager coordinator finance viewer")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()
    import time_machine  # brings pytest along, with which the settings would take this for a test

    with time_machine.travel(MORNING, tick=False):
        Path(options.found).write_text(json.dumps(look(options), default=str))


if __name__ == "__main__":
    main()
